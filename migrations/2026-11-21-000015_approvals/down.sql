drop trigger approved_total on purchase_order;
drop function rules.approved_total();
create or replace function rules.lines_of_a_draft() returns trigger language plpgsql as $$
declare state text;
begin
  select status into state from public.purchase_order
    where id = case when tg_op = 'DELETE' then old.purchase_order_id else new.purchase_order_id end for share;
  if state <> 'draft' and (tg_op <> 'UPDATE' or rules.terms_of(new) is distinct from rules.terms_of(old)) then
    raise exception 'The lines of an order that is % cannot be changed.', replace(state, '_', ' ')
      using errcode = 'QM012', constraint = 'qm-order-lines-fixed', hint = 'Take it back to draft first, amend it, or cancel it and copy it as a new order.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create or replace function rules.board_granted(p_approval uuid, p_order uuid, p_board uuid) returns boolean language sql stable as $$ select false $$;
drop view asof.purchase_order;
alter table purchase_order drop column approval_id, drop column amendments;
alter table history.purchase_order drop column approval_id, drop column amendments;
select ledger.track('purchase_order');
drop table order_amendment, approval_decision, approval_step, approval, approval_delegate, approval_policy_step, approval_policy cascade;
drop table history.order_amendment, history.approval_decision, history.approval_step, history.approval, history.approval_delegate, history.approval_policy_step, history.approval_policy cascade;
drop function rules.decide(), rules.may_decide(uuid, uuid), rules.deciders(uuid), rules.approval_by_decisions_only(), rules.steps_by_decisions_only();
drop function history.keep_order_amendment(), history.keep_approval_decision(), history.keep_approval_step(), history.keep_approval(), history.keep_approval_delegate(), history.keep_approval_policy_step(), history.keep_approval_policy();
delete from transition where lifecycle = 'order_amendment';
delete from ledger.tracked where table_name in ('order_amendment', 'approval_decision', 'approval_step', 'approval', 'approval_delegate', 'approval_policy_step', 'approval_policy');
