drop function rules.vendor_scores(uuid, date, date), rules.vendor_lines(uuid);
drop index asset_receipt_line, history.asset_receipt_line;
