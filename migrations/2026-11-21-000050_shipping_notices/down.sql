drop table announced_serial, notice_arrival, shipping_notice_line, shipping_notice cascade;
drop table history.announced_serial, history.notice_arrival, history.shipping_notice_line, history.shipping_notice cascade;
drop function rules.notice_line_fits(), rules.notice_arrives(), rules.count_announced();
drop function history.keep_announced_serial(), history.keep_notice_arrival(), history.keep_shipping_notice_line(), history.keep_shipping_notice();
delete from transition where lifecycle = 'shipping_notice';
delete from ledger.tracked where table_name in ('announced_serial', 'notice_arrival', 'shipping_notice_line', 'shipping_notice');
