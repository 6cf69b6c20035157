-- Contracts: maintenance, leases, framework agreements, NDAs; what they cover, at which prices, until when, and when to speak up.

create table contract (
  id uuid primary key,
  code text not null,
  kind text not null constraint contract_kind check (kind in ('maintenance', 'lease', 'framework', 'nda', 'other')),
  title text not null constraint contract_title check (length(btrim(title)) between 1 and 200),
  vendor_id uuid not null references vendor,
  team_id uuid not null references team,
  status text not null default 'draft',
  vendor_reference text,
  starts_on date not null,
  ends_on date,                                 -- its last day; none: until somebody gives notice
  notice_days integer not null default 0 constraint contract_notice check (notice_days between 0 and 3650),
  renewal text not null default 'none' constraint contract_renewal check (renewal in ('none', 'automatic')),
  renewal_months integer constraint contract_renewal_months check (renewal_months between 1 and 240),
  remind_days integer not null default 60 constraint contract_remind check (remind_days between 0 and 1000),   -- so long before each of its days it is on the home page
  value numeric(18, 4) constraint contract_value check (value >= 0),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  notes text not null default '',
  follows_id uuid references contract,
  notice_given_on date,
  ended_on date,
  constraint contract_days_known check (starts_on between '1950-01-01' and '2200-01-01' and (ends_on is null or ends_on < '2300-01-01')),
  constraint contract_ends_after_start check (ends_on >= starts_on),
  constraint contract_renews_for check (renewal = 'none' or (renewal_months is not null and ends_on is not null)),
  constraint contract_notice_known check (status <> 'notice_given' or notice_given_on is not null),
  constraint contract_end_known check ((status = 'ended') = (ended_on is not null))
);
create unique index contract_code on contract (code);
create unique index contract_follows on contract (follows_id) where follows_id is not null;
create index contract_vendor on contract (vendor_id, status);
create index contract_team on contract (team_id, code);
create index contract_ends on contract (ends_on) where status in ('active', 'notice_given');
create index contract_search on contract using gin (lower(code || ' ' || title || ' ' || coalesce(vendor_reference, '')) gin_trgm_ops);

insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('contract', '', 'create', 'draft', 'Enter', '{procurement}', 0),
  ('contract', 'draft', 'activate', 'active', 'It is signed', '{procurement}', 1),
  ('contract', 'draft', 'discard', 'ended', 'Discard', '{procurement}', 6),
  ('contract', 'active', 'give_notice', 'notice_given', 'Notice was given', '{procurement}', 3),
  ('contract', 'notice_given', 'withdraw_notice', 'active', 'Take the notice back', '{procurement}', 4),
  ('contract', 'active', 'end', 'ended', 'End', '{procurement}', 5),
  ('contract', 'notice_given', 'end', 'ended', 'End', '{procurement}', 5);
create trigger lifecycle before insert or update of status on contract for each row execute function rules.check_transition('contract');
create trigger no_delete before delete on contract for each row execute function rules.no_delete();

-- What was signed stays: with whom, of what kind, from when, until when, at which value. Another term is another contract that follows.
create function rules.contract_terms() returns trigger language plpgsql as $$
declare before public.contract%rowtype;
begin
  if tg_op = 'UPDATE' and old.status <> 'draft'
     and (new.kind, new.vendor_id, new.team_id, new.starts_on, new.ends_on, new.notice_days, new.renewal, new.renewal_months, new.value, new.currency, new.follows_id)
         is distinct from (old.kind, old.vendor_id, old.team_id, old.starts_on, old.ends_on, old.notice_days, old.renewal, old.renewal_months, old.value, old.currency, old.follows_id) then
    raise exception 'The terms of % stay as they were signed.', old.code
      using errcode = 'QM064', constraint = 'qm-contract-terms', hint = 'Renew it, or end it and enter another.';
  end if;
  if new.follows_id is not null and (tg_op = 'INSERT' or new.follows_id is distinct from old.follows_id or new.starts_on <> old.starts_on or new.vendor_id <> old.vendor_id) then
    select * into before from public.contract where id = new.follows_id for share;
    if before.vendor_id <> new.vendor_id or before.kind <> new.kind or before.status = 'draft' or new.starts_on <= before.starts_on or new.id = before.id then
      raise exception '% cannot follow %.', new.code, before.code
        using errcode = 'QM065', constraint = 'qm-contract-follows', hint = 'One that follows is of the same kind and vendor, begins later, and follows one that was signed.';
    end if;
  end if;
  return new;
end $$;
create trigger terms before insert or update on contract for each row execute function rules.contract_terms();
select ledger.track('contract');

-- One thing that a contract covers.
create table contract_cover (
  id uuid primary key,
  contract_id uuid not null references contract,
  vendor_id uuid references vendor,              -- another vendor whose goods it covers: third-party maintenance
  asset_id uuid references asset,
  model_id uuid references model,
  entitlement_id uuid references entitlement,
  note text not null default '',
  constraint cover_one_thing check (num_nonnulls(vendor_id, asset_id, model_id, entitlement_id) = 1)
);
create unique index contract_cover_once on contract_cover (contract_id, coalesce(vendor_id, asset_id, model_id, entitlement_id));
create index contract_cover_asset on contract_cover (asset_id) where asset_id is not null;
create index contract_cover_model on contract_cover (model_id) where model_id is not null;
create index contract_cover_entitlement on contract_cover (entitlement_id) where entitlement_id is not null;

-- What a model costs under a contract, from a quantity on, in the contract's currency.
create table contract_price (
  id uuid primary key,
  contract_id uuid not null references contract,
  model_id uuid not null references model,
  from_quantity numeric(14, 3) not null default 1 constraint contract_price_quantity check (from_quantity > 0),
  unit_price numeric(18, 4) not null constraint contract_price_amount check (unit_price >= 0)
);
create unique index contract_price_once on contract_price (contract_id, model_id, from_quantity);
create index contract_price_model on contract_price (model_id);

-- What an ended contract covered, and at which prices, stays.
create function rules.contract_open() returns trigger language plpgsql as $$
declare c record;
begin
  select code, status into c from public.contract where id = case when tg_op = 'DELETE' then old.contract_id else new.contract_id end for share;
  if c.status = 'ended' or (tg_op = 'UPDATE' and new.contract_id <> old.contract_id) then
    raise exception 'What % covered stays as it was.', c.code
      using errcode = 'QM066', constraint = 'qm-contract-ended', hint = 'It has ended. Enter it in the contract that follows.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger contract_open before insert or update or delete on contract_cover for each row execute function rules.contract_open();
create trigger contract_open before insert or update or delete on contract_price for each row execute function rules.contract_open();
select ledger.track('contract_cover');
select ledger.track('contract_price');

-- The last day of the term that a contract is in: its own, or of the term into which it has renewed itself since.
create function rules.contract_term_end(p_ends_on date, p_renewal text, p_months integer, p_status text, p_today date) returns date language plpgsql immutable parallel safe as $$
declare ends date := p_ends_on; terms integer := 0;
begin
  -- Counted from the first end, so that the last day of a month does not wander.
  while p_renewal = 'automatic' and p_status = 'active' and ends < p_today loop
    terms := terms + 1;
    ends := (p_ends_on + make_interval(months => terms * p_months))::date;
  end loop;
  return ends;
end $$;

-- The price of a model under the contracts of a vendor that are in force on a day, for a quantity: the lowest there is.
create function rules.contract_price(p_vendor uuid, p_model uuid, p_quantity numeric, p_currency text, p_day date)
returns table (contract_id uuid, code text, unit_price numeric, currency text, from_quantity numeric, ends_on date) language sql stable as $$
  select c.id, c.code, p.unit_price, c.currency::text, p.from_quantity, rules.contract_term_end(c.ends_on, c.renewal, c.renewal_months, c.status, p_day)
  from contract c join contract_price p on p.contract_id = c.id
  where c.vendor_id = p_vendor and p.model_id = p_model and p.from_quantity <= p_quantity and (p_currency is null or c.currency = p_currency)
    and c.status in ('active', 'notice_given') and c.starts_on <= p_day and coalesce(rules.contract_term_end(c.ends_on, c.renewal, c.renewal_months, c.status, p_day) >= p_day, true)
    and not exists (select 1 from contract n where n.follows_id = c.id and n.status in ('active', 'notice_given') and n.starts_on <= p_day)
  order by p.unit_price, p.from_quantity desc, c.code limit 1
$$;

-- The days of contracts on which something ends or has to be said by: each with what it is.
-- notice: the last day on which notice can be given for the term's end. renew: the term ends and the contract goes on by itself.
create function rules.contract_days() returns table (contract_id uuid, day date, what text) language sql stable as $$
  select c.id, d.day, d.what
  from contract c
  cross join lateral (select rules.contract_term_end(c.ends_on, c.renewal, c.renewal_months, c.status, ledger.today()) as ends) t
  cross join lateral (values (t.ends - c.notice_days, 'notice'), (t.ends, case when c.renewal = 'automatic' and c.status = 'active' then 'renew' else 'end' end)) d(day, what)
  where c.status in ('active', 'notice_given') and d.day is not null
    and not (d.what = 'notice' and (c.status = 'notice_given' or c.notice_days = 0 and c.renewal = 'none'))
    and not exists (select 1 from contract n where n.follows_id = c.id and n.status in ('active', 'notice_given'))
$$;
