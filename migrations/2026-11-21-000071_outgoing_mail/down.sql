drop view asof.purchase_order;
alter table purchase_order drop column sent_at;
alter table history.purchase_order drop column sent_at;
select ledger.track('purchase_order');
drop table mail, history.mail cascade;
drop function rules.mail_stays(), history.keep_mail();
drop function rules.mail_addresses(text[]);
delete from transition where lifecycle = 'mail';
delete from ledger.tracked where table_name = 'mail';
