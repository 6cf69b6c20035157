-- Vendors, racks and bins for the bulk: one operation with one event each, through the triggers, as everything else that is small.
-- $bins, $racks: how many.
begin;
select ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'import', 'vendor', null, null, null, null, 'bench', '{"subject": "vendors"}');
insert into vendor (id, code, name, currency)
  select ledger.uuid_v7(), 'BULK-' || n, 'Bulk vendor ' || n, 'EUR' from generate_series(1, 20) n;
commit;
begin;
select ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'import', 'location', null, null, null, null, 'bench', '{"subject": "locations"}');
insert into location (id, code, name, kind, bin_kind, parent_id, path)
  select ledger.uuid_v7(), 'WH1-Z' || n, 'Bulk bin ' || n, 'bin', 'storage', z.id, '' from location z, generate_series(1, $bins) n where z.code = 'WH1-A';
insert into location (id, code, name, kind, parent_id, path)
  select ledger.uuid_v7(), 'DC2-H1-Z' || n, 'Bulk rack ' || n, 'rack', r.id, '' from location r, generate_series(1, $racks) n where r.code = 'DC2-H1';
insert into rack (id) select id from location where kind = 'rack' and code like 'DC2-H1-Z%';
commit;
