drop trigger shared_out on budget;
drop trigger by_entries_only on budget;
drop function rules.budget_shared_out(), rules.budget_by_entries_only();
drop table budget_entry, history.budget_entry cascade;
drop function rules.budget_counts(), rules.board_granted(uuid, uuid, uuid), history.keep_budget_entry();
drop view asof.budget;
alter table budget drop constraint board_named, drop constraint shared_of_amount, drop constraint budget_not_overspent,
  drop column parent_id, drop column shared, drop column over_request, drop column over_order, drop column over_invoice, drop column board_id;
alter table history.budget drop column parent_id, drop column shared, drop column over_request, drop column over_order, drop column over_invoice, drop column board_id;
do $$ begin
  if exists (select 1 from budget where over_budget is null) then
    perform ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'budget_entries.migrate', 'budget', null, null, null, null, 'migration', '{}');
    alter table budget disable trigger zz_keep;
    update budget set over_budget = 'stop' where over_budget is null;
    alter table budget enable trigger zz_keep;
  end if;
end $$;
alter table budget alter column over_budget set default 'stop', alter column over_budget set not null,
  add constraint budget_not_overspent check (over_budget = 'warn' or reserved + committed + spent <= amount);
select ledger.track('budget');
drop table approver_group_member, approver_group, history.approver_group_member, history.approver_group cascade;
drop function history.keep_approver_group_member(), history.keep_approver_group();
delete from ledger.tracked where table_name in ('budget_entry', 'approver_group', 'approver_group_member');
