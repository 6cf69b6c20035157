drop trigger returned_stays on receipt_line;
drop table vendor_return_asset, vendor_return_line, vendor_return, history.vendor_return_asset, history.vendor_return_line, history.vendor_return cascade;
drop function rules.returned_stays(), rules.return_taken_back(), rules.return_counts(), rules.return_line_fits(), rules.return_facts(), rules.settle_return(uuid, text),
  history.keep_vendor_return_asset(), history.keep_vendor_return_line(), history.keep_vendor_return();
alter table asset drop constraint returned_is_with_vendor;
delete from transition where lifecycle = 'vendor_return' or lifecycle = 'asset' and action in ('return_to_vendor', 'take_back', 'settle_return');
delete from ledger.tracked where table_name in ('vendor_return', 'vendor_return_line', 'vendor_return_asset');
