drop table receipt_line, receipt, purchase_order_line, purchase_order, budget, vendor cascade;
drop function rules.lines_of_a_draft(), rules.receipt_counts(), rules.received_by_receipts_only();
delete from transition where lifecycle = 'purchase_order';
delete from ledger.tracked where table_name in ('receipt_line', 'receipt', 'purchase_order_line', 'purchase_order', 'budget', 'vendor');
drop table history.receipt_line, history.receipt, history.purchase_order_line, history.purchase_order, history.budget, history.vendor cascade;
drop function history.keep_receipt_line(), history.keep_receipt(), history.keep_purchase_order_line(), history.keep_purchase_order(), history.keep_budget(), history.keep_vendor();
