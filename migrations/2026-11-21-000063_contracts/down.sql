drop function rules.contract_days(), rules.contract_price(uuid, uuid, numeric, text, date), rules.contract_term_end(date, text, integer, text, date);
drop table contract_price, contract_cover, contract, history.contract_price, history.contract_cover, history.contract cascade;
drop function rules.contract_terms(), rules.contract_open(), history.keep_contract_price(), history.keep_contract_cover(), history.keep_contract();
delete from transition where lifecycle = 'contract';
delete from ledger.tracked where table_name in ('contract_price', 'contract_cover', 'contract');
