drop trigger amendment_matches on order_amendment;
drop trigger match on receipt_line;
drop trigger match on vendor_return_line;
drop trigger match on vendor_return;
drop trigger match on credit_note;
drop trigger match on credit_note_line;
drop trigger match on invoice;
drop trigger match on invoice_line;
drop trigger match on invoice_release;
drop trigger facts on invoice_release;
drop trigger amounts on invoice_line;
drop trigger by_match_only on match_difference;
drop function rules.amendment_applied(), rules.receipt_matches(), rules.return_line_matches(), rules.return_matches(), rules.credit_cancelled(), rules.credit_lines_came(), rules.invoice_moved(), rules.invoice_lines_came(),
  rules.released(), rules.release_facts(), rules.may_release(uuid, uuid), rules.invoice_line_amounts(), rules.differences_by_match_only(), rules.difference_text(text, numeric, numeric, text, text);
drop function rules.goods_moved(uuid, uuid), rules.match_order(uuid, uuid, text), rules.tell_invoiced(uuid), rules.write_budget_difference(uuid, uuid), rules.write_differences(uuid, uuid), rules.differences(uuid, uuid),
  rules.settle_budget(uuid, text, uuid), rules.budget_move(uuid, uuid), rules.invoiced_of(uuid, uuid), rules.in_budget(numeric, numeric, char, char, numeric), rules.kept(uuid), rules.net_lines(uuid, uuid), rules.tolerance_of(uuid);
create or replace function rules.budget_counts() returns trigger language plpgsql as $$
declare
  b public.budget%rowtype;
  more numeric := new.reserved + new.committed + new.spent;
  setting text;
begin
  select * into b from public.budget where id = new.budget_id for update;
  new.went_over := more > 0 and b.reserved + b.committed + b.spent + b.shared + more > b.amount;
  if new.went_over and new.reason <> 'opening' then
    setting := case new.stage when 'request' then b.over_request when 'order' then b.over_order else b.over_invoice end;
    if setting = 'stop' then
      raise exception '% has % % left; % more is asked for.', b.code, b.amount - b.reserved - b.committed - b.spent - b.shared, b.currency, more
        using errcode = 'QM050', constraint = 'qm-over-budget', hint = 'Lower the order, or ask for more budget.';
    elsif setting = 'board' and not rules.board_granted(new.approval_id, new.purchase_order_id, b.board_id) then
      raise exception '% has % % left; % more is asked for, and its board has not agreed.', b.code, b.amount - b.reserved - b.committed - b.spent - b.shared, b.currency, more
        using errcode = 'QM051', constraint = 'qm-board-needed', hint = 'The board decides first.';
    end if;
  end if;
  update public.budget set reserved = reserved + new.reserved, committed = committed + new.committed, spent = spent + new.spent where id = new.budget_id;
  return new;
end $$;
drop function rules.board_released(uuid, uuid);
drop view asof.budget_entry;
alter table budget_entry drop column invoice_id;
alter table history.budget_entry drop column invoice_id;
select ledger.track('budget_entry');
