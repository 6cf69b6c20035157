drop view asof.purchase_order;
alter table purchase_order drop column former_number;
alter table history.purchase_order drop column former_number;
select ledger.track('purchase_order');
