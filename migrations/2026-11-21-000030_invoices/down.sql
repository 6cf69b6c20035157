drop trigger invoiced_stays on purchase_order;
drop view asof.purchase_order;
alter table purchase_order drop column not_invoiced;
alter table history.purchase_order drop column not_invoiced;
select ledger.track('purchase_order');
drop table match_difference, invoice_release, invoice_line, invoice, match_tolerance, history.match_difference, history.invoice_release, history.invoice_line, history.invoice, history.match_tolerance cascade;
drop function rules.invoice_facts(), rules.invoice_has_lines(), rules.invoiced_stays(), rules.number_key(text),
  history.keep_match_difference(), history.keep_invoice_release(), history.keep_invoice_line(), history.keep_invoice(), history.keep_match_tolerance();
delete from transition where lifecycle = 'invoice';
delete from ledger.tracked where table_name in ('match_tolerance', 'invoice', 'invoice_line', 'invoice_release', 'match_difference');
