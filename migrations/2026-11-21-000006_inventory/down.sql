drop view asof.stock_level;
drop table unknown_scan, stock_movement, stock_level, asset_alias, asset cascade;
drop sequence asset_number;
drop function rules.serial_key(text), rules.is_placeholder(text), rules.asset_facts(), rules.move_stock(), rules.levels_by_movements_only();
delete from transition where lifecycle = 'asset';
delete from ledger.tracked where table_name in ('unknown_scan', 'stock_movement', 'asset_alias', 'asset');
drop table history.unknown_scan, history.stock_movement, history.asset_alias, history.asset cascade;
drop function history.keep_unknown_scan(), history.keep_stock_movement(), history.keep_asset_alias(), history.keep_asset();
