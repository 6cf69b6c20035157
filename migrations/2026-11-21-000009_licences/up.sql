-- Entitlements: what a licence purchase allows. Assignments: the seats given.
create sequence entitlement_number;
create table entitlement (
  id uuid primary key,
  code text not null,
  model_id uuid not null references model,          -- a software title
  team_id uuid not null references team,
  vendor_id uuid references vendor,
  order_line_id uuid references purchase_order_line,
  metric text not null check (metric in ('device', 'user', 'core', 'socket', 'concurrent', 'site', 'subscription')),
  seats integer not null check (seats > 0),
  assigned integer not null default 0 check (assigned >= 0),
  starts_on date not null,
  ends_on date,
  cost numeric(18, 4) check (cost >= 0),
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  notes text not null default '',
  retired_at timestamptz,
  constraint no_seat_too_many check (assigned <= seats),
  check (ends_on >= starts_on),
  check ((cost is null) = (currency is null))
);
create unique index entitlement_code on entitlement (code);
create index entitlement_model on entitlement (model_id);
create index entitlement_team on entitlement (team_id, code);
create index entitlement_order_line on entitlement (order_line_id) where order_line_id is not null;

-- Not more seats than the order line bought, over all entitlements made from it. The line is locked.
create function rules.seats_bought() returns trigger language plpgsql as $$
declare bought numeric; taken bigint;
begin
  if (select kind from public.model where id = new.model_id) <> 'software' then
    raise exception 'An entitlement is for a software title.' using errcode = 'QM040', constraint = 'qm-not-software', hint = 'Choose a model of kind software.';
  end if;
  if new.order_line_id is not null then
    select quantity into bought from public.purchase_order_line where id = new.order_line_id for update;
    if (select model_id from public.purchase_order_line where id = new.order_line_id) <> new.model_id then
      raise exception 'That order line bought something else.' using errcode = 'QM043', constraint = 'qm-other-model', hint = 'Choose the line that bought this title.';
    end if;
    select coalesce(sum(seats), 0) into taken from public.entitlement where order_line_id = new.order_line_id and id <> new.id;
    if taken + new.seats > bought then
      raise exception 'The order line bought % seats; % are recorded already.', trim_scale(bought), taken
        using errcode = 'QM041', constraint = 'qm-seats-bought', hint = 'Record fewer, or name another line.';
    end if;
  end if;
  return new;
end $$;
create trigger seats_bought before insert or update of seats, order_line_id, model_id on entitlement for each row execute function rules.seats_bought();
select ledger.track('entitlement');

create table licence_assignment (
  id uuid primary key,
  entitlement_id uuid not null references entitlement,
  asset_id uuid references asset,
  person_id uuid references person,
  team_id uuid references team,
  note text not null default '',
  assigned_at timestamptz not null default clock_timestamp(),
  released_at timestamptz,
  constraint one_holder check (num_nonnulls(asset_id, person_id, team_id) = 1)
);
create unique index licence_assignment_asset on licence_assignment (entitlement_id, asset_id) where released_at is null and asset_id is not null;
create unique index licence_assignment_person on licence_assignment (entitlement_id, person_id) where released_at is null and person_id is not null;
create unique index licence_assignment_team on licence_assignment (entitlement_id, team_id) where released_at is null and team_id is not null;
create index licence_assignment_by_asset on licence_assignment (asset_id) where asset_id is not null;
create index licence_assignment_by_person on licence_assignment (person_id) where person_id is not null;

-- The entitlement's count moves with its assignments, under its row's lock; its CHECK refuses the seat too many.
create function rules.count_seats() returns trigger language plpgsql as $$
declare
  e public.entitlement%rowtype;
  change integer := case when tg_op = 'INSERT' then (new.released_at is null)::integer
                         when old.released_at is null and new.released_at is not null then -1
                         when old.released_at is not null and new.released_at is null then 1 else 0 end;
begin
  if change = 0 then return new; end if;
  select * into e from public.entitlement where id = new.entitlement_id for update;
  if change = 1 then
    if e.retired_at is not null or e.starts_on > current_date or e.ends_on < current_date then
      raise exception '% is not in force today.', e.code
        using errcode = 'QM042', constraint = 'qm-not-in-force', hint = format('It runs from %s to %s.', e.starts_on, coalesce(e.ends_on::text, 'open end'));
    end if;
    if e.assigned >= e.seats then
      raise exception 'All % seats of % are given.', e.seats, e.code
        using errcode = 'QM044', constraint = 'qm-no-seat-left', hint = 'Release a seat, or buy more.';
    end if;
  end if;
  update public.entitlement set assigned = assigned + change where id = new.entitlement_id;
  return new;
end $$;
create trigger count_seats before insert or update on licence_assignment for each row execute function rules.count_seats();
create function rules.seats_by_assignments_only() returns trigger language plpgsql as $$
begin
  if new.assigned is distinct from (case when tg_op = 'INSERT' then 0 else old.assigned end) and pg_trigger_depth() < 2 then
    raise exception 'The count of seats given changes by assignments only.' using errcode = 'QM045', constraint = 'qm-seats-by-assignments', hint = 'Insert or release an assignment.';
  end if;
  return new;
end $$;
create trigger seats_by_assignments_only before insert or update of assigned on entitlement for each row execute function rules.seats_by_assignments_only();
-- An assignment is released, not deleted.
create function rules.no_delete() returns trigger language plpgsql as $$
begin
  raise exception 'Records are retired, not deleted.' using errcode = 'QM005', constraint = 'qm-no-delete', hint = 'Release or retire it.';
end $$;
create trigger no_delete before delete on licence_assignment for each row execute function rules.no_delete();
create trigger no_delete before delete on asset for each row execute function rules.no_delete();
create trigger no_delete before delete on entitlement for each row execute function rules.no_delete();
create trigger no_delete before delete on purchase_order for each row execute function rules.no_delete();
select ledger.track('licence_assignment');
