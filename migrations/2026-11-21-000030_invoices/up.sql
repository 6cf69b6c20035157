-- What vendors charge for: an invoice of one order, its lines as they were charged, what does not match, and who let it pass all the same.

-- How far an invoice may be off before it is held: for all vendors (vendor_id null), or for one. Where nothing is set, nothing may be off.
create table match_tolerance (
  id uuid primary key,
  vendor_id uuid references vendor,
  quantity_percent numeric(7, 4) not null default 0 check (quantity_percent between 0 and 100),   -- beyond what was received
  price_percent numeric(7, 4) not null default 0 check (price_percent between 0 and 100),         -- above the order's price
  freight_percent numeric(7, 4) not null default 0 check (freight_percent between 0 and 100),     -- above the order's freight
  tax_amount numeric(18, 4) not null default 0 check (tax_amount >= 0)                            -- more or less, for each line
);
create unique index match_tolerance_vendor on match_tolerance ((coalesce(vendor_id, '00000000-0000-0000-0000-000000000000'::uuid)));
select ledger.track('match_tolerance');

-- A vendor's own number as it is compared: upper case, without blanks and what stands between its parts.
create function rules.number_key(number text) returns text language sql immutable parallel safe as $$
  select nullif(upper(regexp_replace(number, '[[:space:]./_-]', '', 'g')), '')
$$;

create table invoice (
  id uuid primary key,
  code text not null,
  purchase_order_id uuid not null references purchase_order,
  vendor_id uuid not null references vendor,               -- the order's
  number text not null check (number = btrim(number) and length(number) between 1 and 60),   -- the vendor's own
  number_key text not null generated always as (rules.number_key(number)) stored,
  status text not null default 'entered',
  invoiced_on date not null,
  due_on date check (due_on >= invoiced_on),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  exchange_rate numeric(18, 8) not null default 1 check (exchange_rate > 0),   -- the order's, where the currency is the order's
  net numeric(18, 4) not null default 0,
  tax numeric(18, 4) not null default 0,
  total numeric(18, 4) not null default 0,                 -- the sum of its lines, each rounded to the currency's minor unit
  base_total numeric(18, 4) not null default 0,
  notes text not null default '',
  entered_by_id uuid not null references person,
  entered_at timestamptz not null default clock_timestamp(),
  matched_at timestamptz not null default clock_timestamp(),   -- when its match was last asked for
  approved_at timestamptz,                                 -- since when it is approved for payment; what was once approved counts as spent
  paid_on date,
  payment_reference text not null default '',
  constraint paid_on_a_day check ((status = 'paid') = (paid_on is not null)),
  constraint paid_was_approved check (status not in ('approved', 'paid') or approved_at is not null)
);
create unique index invoice_code on invoice (code);
create unique index invoice_number_once on invoice (vendor_id, number_key) where status <> 'cancelled';
create index invoice_order on invoice (purchase_order_id);
create index invoice_status on invoice (status, code);
insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('invoice', '', 'enter', 'entered', 'Enter', '{procurement}', 0),
  ('invoice', 'entered', 'match', 'approved', 'Approved by its match', '{}', 1),
  ('invoice', 'entered', 'hold', 'held', 'Held', '{}', 2),
  ('invoice', 'held', 'release', 'approved', 'Release', '{approver}', 3),
  ('invoice', 'approved', 'hold', 'held', 'Held', '{}', 4),
  ('invoice', 'approved', 'pay', 'paid', 'Mark as paid', '{procurement}', 5),
  ('invoice', 'paid', 'undo_payment', 'approved', 'Undo the payment', '{procurement}', 6),
  ('invoice', 'held', 'cancel', 'cancelled', 'Cancel', '{procurement}', 7),
  ('invoice', 'approved', 'cancel', 'cancelled', 'Cancel', '{procurement}', 8);

create table invoice_line (
  id uuid primary key,
  invoice_id uuid not null references invoice,
  number integer not null check (number > 0),
  kind text not null check (kind in ('order', 'freight', 'other')),
  order_line_id uuid references purchase_order_line,
  description text not null default '',
  quantity numeric(14, 3) not null check (quantity > 0),
  unit_price numeric(18, 4) not null check (unit_price >= 0),
  discount_percent numeric(7, 4) not null default 0 check (discount_percent between 0 and 100),
  tax_percent numeric(7, 4) not null default 0 check (tax_percent between 0 and 100),
  net numeric(18, 4) not null check (net >= 0),
  tax numeric(18, 4) not null check (tax >= 0),
  constraint line_of_the_order check ((kind = 'order') = (order_line_id is not null)),
  constraint line_says_what check (kind = 'order' or btrim(description) <> '')
);
create unique index invoice_line_number on invoice_line (invoice_id, number);
create unique index invoice_line_once on invoice_line (invoice_id, order_line_id) where order_line_id is not null;
create index invoice_line_order_line on invoice_line (order_line_id) where order_line_id is not null;

-- What was let pass although it does not match: by an approver who did not enter it.
create table invoice_release (
  id uuid primary key,
  invoice_id uuid not null references invoice,
  person_id uuid not null references person,
  reason text not null check (btrim(reason) <> ''),
  at timestamptz not null default clock_timestamp()
);
create index invoice_release_invoice on invoice_release (invoice_id);

-- What does not match, as the books stand: kept by the match alone, released by releases.
create table match_difference (
  id uuid primary key,
  invoice_id uuid not null references invoice,
  invoice_line_id uuid references invoice_line,
  kind text not null check (kind in ('quantity', 'price', 'tax', 'freight', 'unknown_line', 'currency', 'budget')),
  expected numeric(18, 4) not null,
  found numeric(18, 4) not null,
  excess numeric(18, 4) not null,
  release_id uuid references invoice_release,
  released_excess numeric(18, 4),
  check ((release_id is null) = (released_excess is null))
);
create unique index match_difference_once on match_difference (invoice_id, (coalesce(invoice_line_id, invoice_id)), kind);
create index match_difference_line on match_difference (invoice_line_id) where invoice_line_id is not null;

-- An invoice is of an order that went out, and stays as it was entered; approved and held only by its match.
create function rules.invoice_facts() returns trigger language plpgsql as $$
declare o public.purchase_order%rowtype;
begin
  if tg_op = 'INSERT' then
    -- Whatever is matched is matched under the order's row lock.
    select * into o from public.purchase_order where id = new.purchase_order_id for update;
    if o.status not in ('ordered', 'partly_received', 'received', 'closed') then
      raise exception '% is %; only what was ordered is invoiced.', o.code, replace(o.status, '_', ' ')
        using errcode = 'QM080', constraint = 'qm-not-ordered', hint = 'Mark the order as ordered first.';
    end if;
    new.vendor_id := o.vendor_id;
    if new.currency = o.currency then new.exchange_rate := o.exchange_rate; end if;
    new.net := 0;
    new.tax := 0;
  elsif (new.purchase_order_id, new.vendor_id, new.code, new.number, new.currency, new.exchange_rate, new.invoiced_on, new.entered_by_id)
        is distinct from (old.purchase_order_id, old.vendor_id, old.code, old.number, old.currency, old.exchange_rate, old.invoiced_on, old.entered_by_id)
     or pg_trigger_depth() < 2 and (new.net, new.tax) is distinct from (old.net, old.tax) then
    raise exception 'An invoice stays as it was entered.' using errcode = 'QM081', constraint = 'qm-invoice-fixed', hint = 'Cancel it and enter it again, or enter a credit note.';
  elsif pg_trigger_depth() < 2 and ((new.status in ('approved', 'held') and new.status <> old.status and old.status <> 'paid') or new.approved_at is distinct from old.approved_at) then
    raise exception 'An invoice is approved or held by its match only.' using errcode = 'QM082', constraint = 'qm-approved-by-match', hint = 'Release what does not match.';
  end if;
  new.total := new.net + new.tax;
  new.base_total := rules.round_half_even(new.total * new.exchange_rate, rules.minor_unit(rules.base_currency()));
  return new;
end $$;
create trigger facts before insert or update on invoice for each row execute function rules.invoice_facts();
create trigger lifecycle before insert or update of status on invoice for each row execute function rules.check_transition('invoice');
create trigger no_delete before delete on invoice for each row execute function rules.no_delete();

create function rules.invoice_has_lines() returns trigger language plpgsql as $$
begin
  if exists (select 1 from public.invoice where id = new.id and status = 'entered') then
    raise exception 'An invoice has at least one line.' using errcode = 'QM083', constraint = 'qm-invoice-empty', hint = 'Enter what it charges for.';
  end if;
  return null;
end $$;
create constraint trigger has_lines after insert on invoice deferrable initially deferred for each row execute function rules.invoice_has_lines();

-- An order with invoices is not cancelled: somebody has charged for it.
create function rules.invoiced_stays() returns trigger language plpgsql as $$
begin
  if exists (select 1 from public.invoice where purchase_order_id = new.id and status <> 'cancelled') then
    raise exception '% has invoices.', new.code using errcode = 'QM084', constraint = 'qm-invoiced-already', hint = 'Cancel its invoices first, or close it short.';
  end if;
  return new;
end $$;
create trigger invoiced_stays before update of status on purchase_order for each row when (new.status = 'cancelled' and old.status <> 'cancelled') execute function rules.invoiced_stays();

select ledger.track('invoice');
select ledger.insert_only('invoice_line');
select ledger.track('invoice_line');
select ledger.insert_only('invoice_release');
select ledger.track('invoice_release');
select ledger.track('match_difference');

-- Whether all of what is received and kept was invoiced; kept by what is received, returned, invoiced and credited.
alter table purchase_order add column not_invoiced boolean default false;
create index purchase_order_not_invoiced on purchase_order (code) where not_invoiced;
select ledger.track('purchase_order');
do $$ begin
  if exists (select 1 from purchase_order) then
    perform ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'invoices.migrate', 'purchase_order', null, null, null, null, 'migration', '{}');
    update purchase_order o set not_invoiced = exists (select 1 from purchase_order_line l where l.purchase_order_id = o.id and l.received > 0);
  end if;
end $$;
alter table purchase_order alter column not_invoiced set not null;
