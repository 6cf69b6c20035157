-- Orders that were placed before these books began keep the number that they had; the same one does not come in twice.
alter table purchase_order add column former_number text check (former_number = btrim(former_number) and length(former_number) between 1 and 60);
create unique index purchase_order_former_number on purchase_order (vendor_id, lower(former_number)) where former_number is not null and status <> 'cancelled';
select ledger.track('purchase_order');
