-- The ledger: events, row history, reads as of a moment, lifecycles. Everything else stands on this file.
create extension if not exists btree_gist;
create extension if not exists pg_trgm;

create schema ledger;   -- functions and tables of the ledger itself
create schema history;  -- the closed versions of every tracked table
create schema asof;     -- every tracked table as it was at quartermaster.as_of
create schema rules;    -- functions that hold business rules for triggers and checks

-- The role under which the server works: it may change business tables, but neither events nor history.
do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'quartermaster_app') then
    create role quartermaster_app nologin;
  end if;
exception when duplicate_object or unique_violation then null; -- another database of this cluster was faster
end $$;
do $$ begin execute format('grant quartermaster_app to %I', current_user); end $$;

-- UUIDv7 (RFC 9562, section 5.7): 48 bits of milliseconds since 1970, then random bits. The server makes its own;
-- this is for rows that SQL makes many at a time (the ports of an asset).
create function ledger.uuid_v7() returns uuid language sql volatile parallel safe as $$
  select encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid()) placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
    52, 1), 53, 1), 'hex')::uuid
$$;

-- One business operation. xid is the transaction that wrote it: a change is covered only by an event of its own transaction,
-- and the sealing job takes an event once every transaction as old as that one has ended.
create table event (
  id uuid primary key,
  at timestamptz not null,
  xid xid8 not null default pg_current_xact_id(),
  actor_kind text not null check (actor_kind in ('person', 'token', 'system')),
  actor_id uuid,
  on_behalf_of uuid,
  action text not null check (action <> ''),
  subject_kind text not null,
  subject_id uuid,
  team_id uuid,
  reason text,
  request_id text,
  device text,
  details jsonb not null default '{}',
  check (actor_kind = 'system' or actor_id is not null)
);
create index event_at on event (at desc, id desc);
create index event_subject_time on event (subject_id, at desc);
create index event_actor on event (actor_id, at desc);
create index event_team on event (team_id, at desc);
create index event_xid on event (xid);

-- The other things that an event is about: the order and every server of a receipt.
create table event_subject (
  event_id uuid not null references event,
  kind text not null,
  subject_id uuid not null,
  primary key (event_id, subject_id)
);
create index event_subject_story on event_subject (subject_id, event_id);

create function ledger.refuse() returns trigger language plpgsql as $$
begin
  raise exception 'The ledger is append-only: % of % is refused.', tg_op, tg_table_name
    using errcode = 'QM001', constraint = 'qm-ledger-append-only', hint = 'Correct a mistake with a new event.';
end $$;
create trigger append_only before update or delete on event for each row execute function ledger.refuse();
create trigger no_truncate before truncate on event for each statement execute function ledger.refuse();
create trigger append_only before update or delete on event_subject for each row execute function ledger.refuse();
create trigger no_truncate before truncate on event_subject for each statement execute function ledger.refuse();

-- Begins an operation: writes its event and makes it the one that covers this transaction. Returns its moment.
-- The transaction takes its id before it reads the clock, so that ledger.settled_until can see it while it is open.
create function ledger.open_event(
  p_id uuid, p_actor_kind text, p_actor_id uuid, p_on_behalf_of uuid, p_action text, p_subject_kind text, p_subject_id uuid,
  p_team_id uuid, p_reason text, p_request_id text, p_device text, p_details jsonb)
returns timestamptz language plpgsql security definer as $$
declare
  me xid8 := pg_current_xact_id();
  moment timestamptz := clock_timestamp();
  open_already text := current_setting('quartermaster.event', true);
begin
  if coalesce(open_already, '') <> '' and exists (select 1 from public.event where id = open_already::uuid and xid = me) then
    raise exception 'This transaction has opened event % already.', open_already
      using errcode = 'QM004', constraint = 'qm-one-event', hint = 'One operation is one transaction and one event.';
  end if;
  insert into public.event (id, at, xid, actor_kind, actor_id, on_behalf_of, action, subject_kind, subject_id, team_id, reason, request_id, device, details)
    values (p_id, moment, me, p_actor_kind, p_actor_id, p_on_behalf_of, p_action, p_subject_kind, p_subject_id, p_team_id, p_reason, p_request_id, p_device, coalesce(p_details, '{}'));
  perform set_config('quartermaster.event', p_id::text, true);
  return moment;
end $$;

-- The event that covers this transaction and its moment, or an error.
create function ledger.covering_event(out id uuid, out at timestamptz) language plpgsql security definer as $$
declare e text := current_setting('quartermaster.event', true);
begin
  if coalesce(e, '') = '' then
    raise exception 'No event covers this change.'
      using errcode = 'QM002', constraint = 'qm-no-event', hint = 'Begin with: select ledger.open_event(...).';
  end if;
  select v.id, v.at into id, at from public.event v where v.id = e::uuid and v.xid = pg_current_xact_id();
  if not found then
    raise exception 'Event % was not opened by this transaction.', e
      using errcode = 'QM003', constraint = 'qm-foreign-event', hint = 'Every transaction opens an event of its own.';
  end if;
end $$;

-- Names another thing that the current event is about.
create function ledger.also_about(p_kind text, p_id uuid) returns void language plpgsql security definer as $$
begin
  insert into public.event_subject (event_id, kind, subject_id) values ((select id from ledger.covering_event()), p_kind, p_id)
    on conflict do nothing;
end $$;

-- The moment before which no open transaction can still write an event: an answer as of then can never change.
-- Rests on pg_locks and pg_stat_activity; a writer whose start this role may not see makes nothing settled.
create function ledger.settled_until() returns timestamptz language sql volatile security definer as $$
  select least(clock_timestamp(), min(case when p.prepared is not null then p.prepared
                                           when a.pid is null then '-infinity'::timestamptz
                                           else coalesce(a.xact_start, '-infinity'::timestamptz) end))
  from pg_locks l
  left join pg_stat_activity a on a.pid = l.pid
  left join pg_prepared_xacts p on l.pid is null and p.transaction = l.transactionid
  where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
    and coalesce(a.datname, p.database, current_database()) = current_database()
    and l.pid is distinct from pg_backend_pid()
$$;

create function ledger.as_of() returns timestamptz language sql stable parallel safe as
$$ select current_setting('quartermaster.as_of')::timestamptz $$;

-- What is tracked. personal names the columns that identify a person: their digests can be given up on erasure.
create table ledger.tracked (
  table_name text primary key,
  personal text[] not null default '{}'
);

-- Gives a table its history, its triggers and its view as of a moment. The table needs a column id uuid.
-- Call it after the table's indexes are made, and again after altering the table.
create function ledger.track(t text, p_personal text[] default '{}') returns void language plpgsql as $$
declare
  cols text;
  olds text;
  c record;
begin
  insert into ledger.tracked values (t, p_personal) on conflict (table_name) do update set personal = excluded.personal;
  execute format('alter table public.%I add column if not exists opened_by uuid not null, add column if not exists valid_from timestamptz not null', t);
  execute format('create table if not exists history.%1$I (like public.%1$I, closed_by uuid not null, valid_to timestamptz not null)', t);
  for c in select a.attname, format_type(a.atttypid, a.atttypmod) as type from pg_attribute a
           where a.attrelid = format('public.%I', t)::regclass and a.attnum > 0 and not a.attisdropped
             and not exists (select 1 from pg_attribute h where h.attrelid = format('history.%I', t)::regclass and h.attname = a.attname and not h.attisdropped)
  loop
    execute format('alter table history.%I add column %I %s', t, c.attname, c.type);
  end loop;
  select string_agg(quote_ident(attname), ', ' order by attnum), string_agg('old.' || quote_ident(attname), ', ' order by attnum) into cols, olds
    from pg_attribute where attrelid = format('public.%I', t)::regclass and attnum > 0 and not attisdropped;

  execute format('create index if not exists %I on history.%I (id, valid_from, valid_to)', t || '_id_time', t);
  execute format('create index if not exists %I on history.%I using brin (valid_to)', t || '_time', t);
  execute format('create index if not exists %I on history.%I (closed_by)', t || '_closed_by', t);
  execute format('create index if not exists %I on public.%I (opened_by)', t || '_opened_by', t);
  -- The live table's other indexes, without their uniqueness, so that a filter costs as of a moment what it costs now.
  for c in select ic.relname as name, pg_get_indexdef(i.indexrelid) as def from pg_index i join pg_class ic on ic.oid = i.indexrelid
           where i.indrelid = format('public.%I', t)::regclass and not i.indisprimary and not i.indisexclusion
  loop
    execute regexp_replace(regexp_replace(c.def, '^CREATE (UNIQUE )?INDEX ', 'CREATE INDEX IF NOT EXISTS '),
                           ' ON public\.', ' ON history.');
  end loop;

  execute format($f$
    create or replace function history.%1$I() returns trigger language plpgsql security definer as $b$
    declare e record; moment timestamptz;
    begin
      e := ledger.covering_event();
      if tg_op = 'INSERT' then
        new.opened_by := e.id; new.valid_from := e.at; return new;
      end if;
      moment := greatest(e.at, old.valid_from + interval '1 microsecond');
      if old.opened_by <> e.id then
        insert into history.%2$I (%3$s, closed_by, valid_to) values (%4$s, e.id, moment);
      end if;
      if tg_op = 'DELETE' then return old; end if;
      new.opened_by := e.id;
      new.valid_from := case when old.opened_by = e.id then old.valid_from else moment end;
      return new;
    end $b$ $f$, 'keep_' || t, t, cols, olds);
  -- zz: after every other BEFORE trigger, so that the version kept is the row as it is stored.
  execute format('drop trigger if exists zz_keep on public.%I', t);
  execute format('create trigger zz_keep before insert or update or delete on public.%I for each row execute function history.%I()', t, 'keep_' || t);
  execute format('drop trigger if exists no_truncate on public.%I', t);
  execute format('create trigger no_truncate before truncate on public.%I for each statement execute function ledger.refuse()', t);
  execute format('drop trigger if exists append_only on history.%I', t);
  execute format('create trigger append_only before update or delete on history.%I for each row execute function ledger.refuse_history()', t);
  execute format('drop trigger if exists no_truncate on history.%I', t);
  execute format('create trigger no_truncate before truncate on history.%I for each statement execute function ledger.refuse()', t);
  execute format('drop view if exists asof.%I', t);
  execute format($f$
    create view asof.%1$I as
      select %2$s from public.%1$I where valid_from <= (select ledger.as_of())
      union all
      select %2$s from history.%1$I where valid_from <= (select ledger.as_of()) and valid_to > (select ledger.as_of()) $f$, t, cols);
end $$;

-- History changes only when a person is erased, under an event whose action says so.
create function ledger.refuse_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and exists (select 1 from ledger.covering_event() e join public.event v on v.id = e.id where v.action = 'person.erase') then
    return new;
  end if;
  raise exception 'The ledger is append-only: % of a closed version of % is refused.', tg_op, tg_table_name
    using errcode = 'QM001', constraint = 'qm-ledger-append-only', hint = 'Correct a mistake with a new event.';
end $$;

-- An insert-only table: a row once written stays as it is.
create function ledger.insert_only(t text) returns void language plpgsql as $$
begin
  execute format('create trigger aa_insert_only before update or delete on public.%I for each row execute function ledger.refuse()', t);
end $$;

-- The legal changes of state, for the triggers that hold them and for the actions that a record offers.
-- from_state '' is the birth of a record. roles: any one of them, on the owning team, may do it; empty: nobody by hand.
create table transition (
  lifecycle text not null,
  from_state text not null,
  action text not null,
  to_state text not null,
  label text not null,
  roles text[] not null default '{}',
  position integer not null default 0,
  primary key (lifecycle, from_state, action)
);
create index transition_to on transition (lifecycle, from_state, to_state);

-- Trigger with the lifecycle's name as its argument, on a table with a column status.
create function rules.check_transition() returns trigger language plpgsql as $$
declare before text := case when tg_op = 'INSERT' then '' else old.status end;
begin
  if before is distinct from new.status
     and not exists (select 1 from public.transition where lifecycle = tg_argv[0] and from_state = before and to_state = new.status) then
    raise exception 'A % that is % cannot become %.', replace(tg_argv[0], '_', ' '), case before when '' then 'new' else replace(before, '_', ' ') end, replace(new.status, '_', ' ')
      using errcode = 'QM010', constraint = 'qm-wrong-state',
            hint = coalesce('From ' || replace(before, '_', ' ') || ' it can become ' ||
              (select string_agg(distinct replace(to_state, '_', ' '), ', ') from public.transition where lifecycle = tg_argv[0] and from_state = before) || '.',
              'This state is final.');
  end if;
  return new;
end $$;

-- Numbers without gaps (purchase orders, receipts): the row is locked until the transaction ends.
create table counter (
  name text not null,
  year integer not null,
  value bigint not null,
  primary key (name, year)
);
create function rules.next_number(p_name text, p_year integer) returns bigint language sql volatile as $$
  insert into public.counter as c values (p_name, p_year, 1) on conflict (name, year) do update set value = c.value + 1 returning value
$$;

-- Sealing: the leaves of the Merkle tree (RFC 6962) and the signed heads over them.
create table ledger.leaf (
  position bigint primary key check (position >= 0),
  event_id uuid not null unique references event,
  digest bytea not null check (length(digest) = 32)
);
create table ledger.checkpoint (
  tree_size bigint primary key,
  root bytea not null check (length(root) = 32),
  note text not null,
  at timestamptz not null default clock_timestamp()
);
create trigger append_only before update or delete on ledger.leaf for each row execute function ledger.refuse();
create trigger append_only before update or delete on ledger.checkpoint for each row execute function ledger.refuse();
create trigger no_truncate before truncate on ledger.leaf for each statement execute function ledger.refuse();
create trigger no_truncate before truncate on ledger.checkpoint for each statement execute function ledger.refuse();

-- Keys that the server signs with, made at first start.
create table signing_key (
  purpose text primary key check (purpose in ('session', 'checkpoint')),
  secret bytea not null,
  created_at timestamptz not null default clock_timestamp()
);

grant usage on schema public, ledger, history, asof, rules to quartermaster_app;
alter default privileges in schema public grant select, insert, update, delete on tables to quartermaster_app;
alter default privileges in schema public grant usage on sequences to quartermaster_app;
alter default privileges in schema history grant select on tables to quartermaster_app;
alter default privileges in schema asof grant select on tables to quartermaster_app;
grant select on event, event_subject, transition, ledger.tracked, ledger.leaf, ledger.checkpoint to quartermaster_app;
grant insert on ledger.leaf, ledger.checkpoint to quartermaster_app;
grant select, insert, update on counter to quartermaster_app;
grant select, insert on signing_key to quartermaster_app;

-- These are the same now and then; a read as of a moment finds them here.
create view asof.event as select * from public.event where at <= (select ledger.as_of());
