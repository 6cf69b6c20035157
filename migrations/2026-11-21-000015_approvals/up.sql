-- Who has to agree to an order: policies as data, the approval that an order asks for, the decisions on it, and the amendments of orders
-- that were agreed upon.

-- Consulted in order of position: the first that fits an order says who approves it. What a policy leaves null does not matter to it.
create table approval_policy (
  id uuid primary key,
  code text not null check (code = upper(btrim(code)) and code <> ''),
  name text not null check (btrim(name) <> ''),
  position integer not null default 100,
  min_total numeric(18, 4) check (min_total >= 0),    -- in the base currency
  category text,                                      -- a category of models, on any line
  budget_kind text check (budget_kind in ('capex', 'opex')),
  team_id uuid references team,                       -- that team and all below it
  retired_at timestamptz
);
create unique index approval_policy_code on approval_policy (code);
select ledger.track('approval_policy');
create table approval_policy_step (
  id uuid primary key,
  policy_id uuid not null references approval_policy,
  number integer not null check (number > 0),
  name text not null check (btrim(name) <> ''),
  group_id uuid references approver_group,            -- null: whoever has the role approver on the order's team
  mode text not null default 'one' check (mode in ('one', 'some', 'all')),
  needed integer check (needed > 1),
  check ((mode = 'some') = (needed is not null))
);
create unique index approval_policy_step_number on approval_policy_step (policy_id, number);
select ledger.track('approval_policy_step');

-- While somebody is away, another decides for them.
create table approval_delegate (
  id uuid primary key,
  person_id uuid not null references person,
  delegate_id uuid not null references person,
  starts_on date not null,
  ends_on date not null,
  check (person_id <> delegate_id),
  check (ends_on >= starts_on)
);
create index approval_delegate_person on approval_delegate (person_id);
create index approval_delegate_delegate on approval_delegate (delegate_id);
select ledger.track('approval_delegate');

-- One asking: of an order as a whole, or of an amendment that raises its total.
create table approval (
  id uuid primary key,
  purchase_order_id uuid not null references purchase_order,
  amendment_id uuid,
  policy_id uuid references approval_policy,
  requester_id uuid not null references person,
  team_id uuid not null references team,
  total numeric(18, 4) not null,
  currency char(3) not null,
  status text not null default 'pending' check (status in ('pending', 'approved', 'refused', 'void')),
  asked_at timestamptz not null default clock_timestamp(),
  decided_at timestamptz
);
create unique index approval_pending on approval (purchase_order_id) where status = 'pending';
create index approval_order on approval (purchase_order_id);
select ledger.track('approval');
create table approval_step (
  id uuid primary key,
  approval_id uuid not null references approval,
  number integer not null check (number > 0),
  name text not null,
  group_id uuid references approver_group,
  mode text not null check (mode in ('one', 'some', 'all')),
  needed integer,
  over_budget boolean not null default false,         -- the board's: it agrees to more than the budget has
  status text not null default 'pending' check (status in ('pending', 'passed', 'refused'))
);
create unique index approval_step_number on approval_step (approval_id, number);
select ledger.track('approval_step');
create table approval_decision (
  id uuid primary key,
  approval_id uuid not null references approval,
  step_id uuid not null references approval_step,
  person_id uuid not null references person,          -- who decided
  for_person_id uuid not null references person,      -- for whom: themselves, or the one who is away
  agreed boolean not null,
  reason text not null default '',
  budget_code text,                                   -- what the budget had left at that moment
  budget_left numeric(18, 4),
  at timestamptz not null default clock_timestamp(),
  check (agreed or btrim(reason) <> '')
);
-- Nobody approves twice, for themselves or for another.
create unique index approval_decision_once on approval_decision (approval_id, person_id);
create unique index approval_decision_once_for on approval_decision (approval_id, for_person_id);
alter table budget_entry add foreign key (approval_id) references approval;
create index approval_decision_step on approval_decision (step_id);

-- Whoever may decide in a step, absences apart: the group's members, or the approvers of the team. Never the requester.
create function rules.deciders(p_step uuid) returns setof uuid language sql stable as $$
  select m.person_id from public.approval_step s join public.approval a on a.id = s.approval_id
    join public.approver_group_member m on m.group_id = s.group_id join public.account c on c.id = m.person_id and c.status = 'active'
    where s.id = p_step and m.person_id <> a.requester_id
  union
  select g.person_id from public.approval_step s join public.approval a on a.id = s.approval_id join public.team t on t.id = a.team_id
    join public.team up on t.path like replace(replace(up.path, '\', '\\'), '_', '\_') || '%'
    join public.role_grant g on g.team_id = up.id and g.role in ('approver', 'administrator') join public.account c on c.id = g.person_id and c.status = 'active'
    where s.id = p_step and s.group_id is null and g.person_id <> a.requester_id
$$;

-- Whether a person may decide now: in which step and for whom, or what hinders them. Consulted by the trigger below and by the actions
-- that an order offers.
create function rules.may_decide(p_approval uuid, p_person uuid, out step_id uuid, out for_person_id uuid, out hindrance text) language plpgsql stable as $$
declare
  a public.approval%rowtype;
  s public.approval_step%rowtype;
begin
  select * into a from public.approval where id = p_approval;
  if a.status is distinct from 'pending' then
    hindrance := 'Nothing waits for a decision.';
    return;
  end if;
  if a.requester_id = p_person then
    hindrance := 'You raised this order; another approver has to approve it.';
    return;
  end if;
  if exists (select 1 from public.approval_decision d where d.approval_id = a.id and d.person_id = p_person) then
    hindrance := 'You have decided on it already; the next decision is another''s.';
    return;
  end if;
  select * into s from public.approval_step x where x.approval_id = a.id and x.status = 'pending' order by x.number limit 1;
  select who into for_person_id from rules.deciders(s.id) who
    where not exists (select 1 from public.approval_decision d where d.approval_id = a.id and d.for_person_id = who)
      and (who = p_person or exists (select 1 from public.approval_delegate v where v.person_id = who and v.delegate_id = p_person and current_date between v.starts_on and v.ends_on))
    order by who <> p_person, who limit 1;
  if for_person_id is null then
    hindrance := format('The step "%s" waits for %s.', s.name, coalesce((select 'the group ' || g.name from public.approver_group g where g.id = s.group_id), 'somebody with the role approver on the order''s team'));
    return;
  end if;
  step_id := s.id;
end $$;

-- A decision counts at once, under its approval's row lock: one no stops it, enough yeses pass the step, the last step approves.
create function rules.decide() returns trigger language plpgsql as $$
declare
  a public.approval%rowtype;
  s public.approval_step%rowtype;
  may record;
  yes integer;
  enough integer;
begin
  select * into a from public.approval where id = new.approval_id for update;
  may := rules.may_decide(new.approval_id, new.person_id);
  if may.hindrance is not null then
    raise exception '%', may.hindrance using errcode = 'QM060', constraint = 'qm-may-not-decide', hint = 'Ask one of those who may.';
  end if;
  new.step_id := may.step_id;
  new.for_person_id := may.for_person_id;
  select * into s from public.approval_step where id = new.step_id;
  if not new.agreed then
    update public.approval_step set status = 'refused' where id = s.id;
    update public.approval set status = 'refused', decided_at = clock_timestamp() where id = a.id;
    return new;
  end if;
  yes := 1 + (select count(*) from public.approval_decision d where d.step_id = s.id and d.agreed);
  enough := case s.mode when 'one' then 1 when 'some' then s.needed else (select count(*) from rules.deciders(s.id)) end;
  if yes >= enough then
    update public.approval_step set status = 'passed' where id = s.id;
    if not exists (select 1 from public.approval_step x where x.approval_id = a.id and x.status = 'pending') then
      update public.approval set status = 'approved', decided_at = clock_timestamp() where id = a.id;
    end if;
  end if;
  return new;
end $$;
create trigger decide before insert on approval_decision for each row execute function rules.decide();
select ledger.insert_only('approval_decision');
select ledger.track('approval_decision');

-- The outcome is made by decisions only; what was asked does not change.
create function rules.approval_by_decisions_only() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 and (tg_op = 'INSERT' and new.status <> 'pending'
     or tg_op = 'UPDATE' and not (old.status = 'pending' and new.status = 'void')) then
    raise exception 'An approval is made by decisions only.' using errcode = 'QM061', constraint = 'qm-approval-by-decisions', hint = 'Insert a decision.';
  end if;
  return new;
end $$;
create trigger by_decisions_only before insert or update on approval for each row execute function rules.approval_by_decisions_only();
create function rules.steps_by_decisions_only() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 and (tg_op = 'UPDATE' or new.status <> 'pending' or (select status from public.approval where id = new.approval_id) <> 'pending') then
    raise exception 'The steps of an approval are passed by decisions only.' using errcode = 'QM061', constraint = 'qm-approval-by-decisions', hint = 'Insert a decision.';
  end if;
  return new;
end $$;
create trigger by_decisions_only before insert or update on approval_step for each row execute function rules.steps_by_decisions_only();
create trigger no_delete before delete on approval for each row execute function rules.no_delete();
create trigger no_delete before delete on approval_step for each row execute function rules.no_delete();

-- A board has agreed where its own step of that order's approval is passed.
create or replace function rules.board_granted(p_approval uuid, p_order uuid, p_board uuid) returns boolean language sql stable as $$
  select exists (select 1 from public.approval a join public.approval_step s on s.approval_id = a.id
                 where a.id = p_approval and a.purchase_order_id = p_order and a.status = 'approved' and s.group_id = p_board and s.status = 'passed')
$$;

-- What an order was changed to after it was agreed upon. One that raises the total waits for its approval; until then the order stays as it is.
create table order_amendment (
  id uuid primary key,
  purchase_order_id uuid not null references purchase_order,
  number integer not null check (number > 0),
  status text not null default 'proposed',
  reason text not null check (btrim(reason) <> ''),
  asked_by_id uuid not null references person,
  approval_id uuid references approval,
  total_before numeric(18, 4) not null,
  total_after numeric(18, 4) not null,
  lines jsonb not null,                      -- as they are to be
  changes jsonb not null,                    -- what changed, for people
  freight numeric(18, 4) not null
);
create unique index order_amendment_number on order_amendment (purchase_order_id, number);
create unique index order_amendment_open on order_amendment (purchase_order_id) where status = 'proposed';
alter table approval add foreign key (amendment_id) references order_amendment;
insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('order_amendment', '', 'propose', 'proposed', 'Amend', '{procurement}', 0),
  ('order_amendment', 'proposed', 'apply', 'applied', 'Apply', '{}', 1),
  ('order_amendment', 'proposed', 'refuse', 'refused', 'Refuse', '{approver}', 2),
  ('order_amendment', 'proposed', 'withdraw', 'withdrawn', 'Withdraw', '{procurement}', 3);
create trigger lifecycle before insert or update of status on order_amendment for each row execute function rules.check_transition('order_amendment');
select ledger.track('order_amendment');

alter table purchase_order add column approval_id uuid references approval, add column amendments integer default 0;
select ledger.track('purchase_order');

-- An order stands approved by approvals of this very order, at no more than they agreed to. Looked at when the operation ends: in the midst of
-- it, lines and freight change one after the other.
create function rules.approved_total() returns trigger language plpgsql as $$
declare o public.purchase_order%rowtype; agreed numeric;
begin
  select * into o from public.purchase_order where id = new.id;
  select max(a.total) into agreed from public.approval a where a.purchase_order_id = o.id and a.status = 'approved' and a.currency = o.currency;
  if o.status in ('approved', 'ordered', 'partly_received', 'received', 'closed') and (agreed is null or o.total > agreed) then
    raise exception '% costs % % and is approved for %.', o.code, rules.money_text(o.total, o.currency::text), o.currency, coalesce(rules.money_text(agreed, o.currency::text), 'nothing')
      using errcode = 'QM062', constraint = 'qm-not-approved', hint = 'Its approval has to be decided first.';
  end if;
  return null;
end $$;
create constraint trigger approved_total after update on purchase_order deferrable initially deferred for each row
  when (new.status in ('approved', 'ordered', 'partly_received', 'received', 'closed') and (old.status = 'submitted' or new.total > old.total))
  execute function rules.approved_total();

-- An order that went out changes by an amendment that this very operation applies.
create or replace function rules.lines_of_a_draft() returns trigger language plpgsql as $$
declare
  asked uuid := case when tg_op = 'DELETE' then old.purchase_order_id else new.purchase_order_id end;
  state text;
begin
  select status into state from public.purchase_order where id = asked for share;
  if state <> 'draft' and (tg_op <> 'UPDATE' or rules.terms_of(new) is distinct from rules.terms_of(old))
     and (tg_op = 'DELETE' or not exists (select 1 from public.order_amendment a where a.purchase_order_id = asked and a.status = 'applied' and a.opened_by = (select id from ledger.covering_event()))) then
    raise exception 'The lines of an order that is % cannot be changed.', replace(state, '_', ' ')
      using errcode = 'QM012', constraint = 'qm-order-lines-fixed', hint = 'Take it back to draft first, amend it, or cancel it and copy it as a new order.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;

-- Orders that wait for an approver when this is built in wait for the approvers of their team.
do $$ begin
  if exists (select 1 from purchase_order where status = 'submitted') then
    perform ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'approvals.migrate', 'purchase_order', null, null, null, null, 'migration', '{}');
    insert into approval (id, purchase_order_id, requester_id, team_id, total, currency) select ledger.uuid_v7(), id, requester_id, team_id, total, currency from purchase_order where status = 'submitted';
    insert into approval_step (id, approval_id, number, name, mode) select ledger.uuid_v7(), id, 1, 'Approval', 'one' from approval;
    update purchase_order o set approval_id = a.id from approval a where a.purchase_order_id = o.id;
  end if;
end $$;
