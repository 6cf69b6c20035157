drop table discrepancy cascade;
drop table history.discrepancy cascade;
drop function rules.discrepancy_stays(), history.keep_discrepancy();
delete from transition where lifecycle = 'discrepancy';
delete from ledger.tracked where table_name = 'discrepancy';
drop view asof.receipt_line;
alter table receipt_line drop column condition;
alter table history.receipt_line drop column condition;
select ledger.track('receipt_line');
