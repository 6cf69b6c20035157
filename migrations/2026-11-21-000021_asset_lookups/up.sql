-- What an asset carries is asked with every asset that is read; without this all assets were looked through.
create index asset_inside on asset (in_asset_id) where in_asset_id is not null;
-- The latest first, as lists sort it: assets without a date come last.
create index asset_latest on asset (received_at desc nulls last, id desc);
select ledger.track('asset');
