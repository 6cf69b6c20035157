drop table part_number, model, manufacturer cascade;
delete from ledger.tracked where table_name in ('part_number', 'model', 'manufacturer');
drop table history.part_number, history.model, history.manufacturer cascade;
drop function history.keep_part_number(), history.keep_model(), history.keep_manufacturer();
