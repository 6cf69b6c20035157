drop trigger fits_rack on asset;
drop table rack cascade;
drop function rules.fits_rack(), rules.rack_holds_its_assets();
delete from ledger.tracked where table_name = 'rack';
drop table history.rack cascade;
drop function history.keep_rack();
