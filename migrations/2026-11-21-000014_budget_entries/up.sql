-- Budgets as a ledger of entries: what an order reserves, commits and spends. The budget's sums move with its entries, under its row's
-- lock, and nowhere else; so many buyers at once never overspend it by a cent.

create table approver_group (
  id uuid primary key,
  code text not null check (code = upper(btrim(code)) and code <> ''),
  name text not null check (btrim(name) <> ''),
  retired_at timestamptz
);
create unique index approver_group_code on approver_group (code);
select ledger.track('approver_group');
create table approver_group_member (
  id uuid primary key,
  group_id uuid not null references approver_group,
  person_id uuid not null references person
);
create unique index approver_group_member_once on approver_group_member (group_id, person_id);
create index approver_group_member_person on approver_group_member (person_id);
select ledger.track('approver_group_member');

-- What happens over budget is the budget's own setting, for requests, orders and invoices each: stop, warn, or ask the board.
alter table budget
  add column parent_id uuid references budget,       -- the budget that this one was shared out of
  add column shared numeric(18, 4) check (shared >= 0),   -- shared out to the budgets below
  add column over_request text check (over_request in ('stop', 'warn', 'board')),
  add column over_order text check (over_order in ('stop', 'warn', 'board')),
  add column over_invoice text check (over_invoice in ('stop', 'warn', 'board')),
  add column board_id uuid references approver_group;
alter table budget alter column shared set default 0, alter column over_request set default 'warn', alter column over_order set default 'stop', alter column over_invoice set default 'warn';
alter table budget drop constraint budget_not_overspent;
create index budget_parent on budget (parent_id) where parent_id is not null;
select ledger.track('budget');
do $$ begin
  if exists (select 1 from budget) then
    perform ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'budget_entries.migrate', 'budget', null, null, null, null, 'migration', '{}');
    update budget set shared = 0, over_request = over_budget, over_order = over_budget, over_invoice = over_budget;
  end if;
end $$;
alter table budget
  alter column shared set not null, alter column over_request set not null, alter column over_order set not null, alter column over_invoice set not null,
  alter column over_budget drop not null, alter column over_budget drop default,   -- its three successors say more; earlier versions keep it
  add constraint board_named check (board_id is not null or 'board' not in (over_request, over_order, over_invoice)),
  add constraint shared_of_amount check (shared <= amount),
  -- What no setting lets through is impossible whoever writes it. The settings between are kept by the entries' trigger.
  add constraint budget_not_overspent check (not ('stop' = over_request and 'stop' = over_order and 'stop' = over_invoice) or reserved + committed + spent + shared <= amount);

alter table history.budget alter column over_budget drop not null;

create table budget_entry (
  id uuid primary key,
  budget_id uuid not null references budget,
  stage text not null check (stage in ('request', 'order', 'invoice')),
  reason text not null check (reason in ('opening', 'reserve', 'commit', 'spend', 'release', 'amend', 'credit')),
  purchase_order_id uuid references purchase_order,
  reserved numeric(18, 4) not null default 0,
  committed numeric(18, 4) not null default 0,
  spent numeric(18, 4) not null default 0,
  approval_id uuid,                          -- the board's, where it took the budget over its amount
  went_over boolean not null default false,
  at timestamptz not null default clock_timestamp()
);
create index budget_entry_budget on budget_entry (budget_id, at);
create index budget_entry_order on budget_entry (purchase_order_id) where purchase_order_id is not null;

create function rules.budget_counts() returns trigger language plpgsql as $$
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
-- Replaced where approvals are made: until then no board has agreed to anything.
create function rules.board_granted(p_approval uuid, p_order uuid, p_board uuid) returns boolean language sql stable as $$ select false $$;
create trigger counts before insert on budget_entry for each row execute function rules.budget_counts();
select ledger.insert_only('budget_entry');
select ledger.track('budget_entry');

-- The sums that were there become opening entries.
do $$ begin
  if exists (select 1 from budget where reserved + committed + spent > 0) then
    perform ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'budget_entries.migrate', 'budget', null, null, null, null, 'migration', '{}')
      where coalesce(current_setting('quartermaster.event', true), '') = '';
    alter table budget_entry disable trigger counts;
    insert into budget_entry (id, budget_id, stage, reason, reserved, committed, spent) select ledger.uuid_v7(), id, 'order', 'opening', reserved, committed, spent from budget where reserved + committed + spent > 0;
    alter table budget_entry enable trigger counts;
  end if;
end $$;

create function rules.budget_by_entries_only() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 and (case when tg_op = 'INSERT' then (new.reserved, new.committed, new.spent, new.shared) is distinct from (0::numeric, 0::numeric, 0::numeric, 0::numeric)
                                       else (new.reserved, new.committed, new.spent, new.shared) is distinct from (old.reserved, old.committed, old.spent, old.shared) end) then
    raise exception 'What a budget has given out changes by its entries only.' using errcode = 'QM052', constraint = 'qm-budget-by-entries', hint = 'Insert an entry.';
  end if;
  return new;
end $$;
create trigger by_entries_only before insert or update on budget for each row execute function rules.budget_by_entries_only();

-- A budget shared out of another takes from it what it is given: same year, kind and currency, and a team below.
create function rules.budget_shared_out() returns trigger language plpgsql as $$
declare up public.budget%rowtype; before numeric := case when tg_op = 'UPDATE' and old.parent_id is not distinct from new.parent_id then old.amount else 0 end;
begin
  if tg_op = 'UPDATE' and old.parent_id is distinct from new.parent_id then
    raise exception 'A budget stays with the one that it was shared out of.' using errcode = 'QM053', constraint = 'qm-budget-parent', hint = 'Set its amount to 0 and make another.';
  end if;
  if new.parent_id is null or new.amount = before then return new; end if;
  select * into up from public.budget where id = new.parent_id for update;
  if (up.fiscal_year, up.kind, up.currency) is distinct from (new.fiscal_year, new.kind, new.currency)
     or not exists (select 1 from public.team a join public.team b on b.path like replace(replace(a.path, '\', '\\'), '_', '\_') || '%' where a.id = up.team_id and b.id = new.team_id) then
    raise exception '% cannot be shared out to that.', up.code using errcode = 'QM053', constraint = 'qm-budget-parent', hint = 'A share has the year, kind and currency of its budget, and a team below its team.';
  end if;
  if up.reserved + up.committed + up.spent + up.shared + new.amount - before > up.amount then
    raise exception '% has % % left to share out.', up.code, up.amount - up.reserved - up.committed - up.spent - up.shared, up.currency
      using errcode = 'QM054', constraint = 'qm-budget-shared', hint = 'Share out less, or raise its amount first.';
  end if;
  update public.budget set shared = shared + new.amount - before where id = up.id;
  return new;
end $$;
create trigger shared_out before insert or update on budget for each row execute function rules.budget_shared_out();
