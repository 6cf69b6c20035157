drop trigger requests_follow on purchase_order;
drop trigger requests_follow on purchase_order_line;
drop table request_share, requisition_line, requisition cascade;
drop table history.request_share, history.requisition_line, history.requisition cascade;
drop function rules.order_of_requests(), rules.lines_of_requests(), rules.fit_shares(uuid[]), rules.shares_came(), rules.shares_went(), rules.recount_requests(uuid[]), rules.share_of_a_draft(), rules.steps_of_a_request(), rules.lines_of_a_request();
drop function history.keep_request_share(), history.keep_requisition_line(), history.keep_requisition();
delete from transition where lifecycle = 'requisition';
delete from ledger.tracked where table_name in ('request_share', 'requisition_line', 'requisition');
