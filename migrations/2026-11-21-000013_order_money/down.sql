-- What orders cost is no longer kept by line: their totals stay as they are.
drop trigger amounts on purchase_order;
drop trigger amounts on purchase_order_line;
drop trigger add_up_new on purchase_order_line;
drop trigger add_up_gone on purchase_order_line;
drop trigger add_up_changed on purchase_order_line;
create or replace function rules.lines_of_a_draft() returns trigger language plpgsql as $$
declare state text;
begin
  select status into state from public.purchase_order
    where id = case when tg_op = 'DELETE' then old.purchase_order_id else new.purchase_order_id end for share;
  if state <> 'draft' and (tg_op <> 'UPDATE'
     or (new.model_id, new.quantity, new.unit_price, new.tolerance_percent, new.number, new.purchase_order_id, new.description)
        is distinct from (old.model_id, old.quantity, old.unit_price, old.tolerance_percent, old.number, old.purchase_order_id, old.description)) then
    raise exception 'The lines of an order that is % cannot be changed.', replace(state, '_', ' ')
      using errcode = 'QM012', constraint = 'qm-order-lines-fixed', hint = 'Take it back to draft first, or cancel it and copy it as a new order.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
drop function rules.terms_of(purchase_order_line), rules.order_amounts(), rules.line_amounts(), rules.cost(numeric, numeric, numeric, numeric, integer), rules.lines_came(), rules.lines_went(), rules.lines_changed(), rules.add_up(uuid[]);
drop view asof.purchase_order, asof.purchase_order_line;
alter table purchase_order drop column freight, drop column exchange_rate, drop column net, drop column tax, drop column base_total;
alter table history.purchase_order drop column freight, drop column exchange_rate, drop column net, drop column tax, drop column base_total;
alter table purchase_order_line drop constraint over_receipt, drop constraint cancelled_of_ordered,
  drop column discount_percent, drop column tax_percent, drop column deliver_to_id, drop column needed_by, drop column cancelled, drop column net, drop column tax,
  add constraint over_receipt check (received <= quantity * (1 + tolerance_percent / 100));
alter table history.purchase_order_line drop column discount_percent, drop column tax_percent, drop column deliver_to_id, drop column needed_by, drop column cancelled, drop column net, drop column tax;
select ledger.track('purchase_order');
select ledger.track('purchase_order_line');
drop function rules.base_currency();
drop table company, history.company cascade;
drop function history.keep_company();
delete from ledger.tracked where table_name = 'company';
drop function rules.money_text(numeric, text), rules.round_half_even(numeric, integer), rules.minor_unit(text);
