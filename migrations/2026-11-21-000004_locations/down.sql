drop table location cascade;
drop function rules.location_parent(), rules.location_and_below(uuid);
delete from ledger.tracked where table_name = 'location';
drop table history.location cascade;
drop function history.keep_location();
