-- What an order costs. Each line is rounded once, half to even at the currency's minor unit, and so is its tax; the order's total is the
-- sum of what was rounded. It is worked out here and nowhere else.

-- Decimal places of a currency's minor unit (ISO 4217); 2 where the list says nothing else.
create function rules.minor_unit(currency text) returns integer language sql immutable strict parallel safe as $$
  select case
    when currency in ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') then 0
    when currency in ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') then 3
    when currency in ('CLF', 'UYW') then 4
    else 2 end
$$;

-- round() goes away from zero at a half; this goes to the even neighbour.
create function rules.round_half_even(x numeric, places integer) returns numeric language sql immutable strict parallel safe as $$
  select case when abs(x - trunc(x, places)) * 10::numeric ^ places = 0.5 and trunc(x, places) * 10::numeric ^ places % 2 = 0
              then trunc(x, places) else round(x, places) end
$$;

-- An amount as people read it: with the currency's own decimal places.
create function rules.money_text(amount numeric, currency text) returns text language sql immutable strict parallel safe as $$
  select round(amount, greatest(rules.minor_unit(currency), least(scale(trim_scale(amount)), 4)))::text
$$;

-- Whose books these are: one row at most. Its base currency is the one that amounts in others are compared in.
create table company (
  id uuid primary key,
  name text not null check (btrim(name) <> ''),
  address text not null default '',
  tax_id text not null default '',
  base_currency char(3) not null check (base_currency ~ '^[A-Z]{3}$'),
  order_terms text not null default ''
);
create unique index company_once on company ((true));
select ledger.track('company');
create function rules.base_currency() returns text language sql stable as $$
  select coalesce((select base_currency::text from public.company), 'EUR')
$$;

alter table purchase_order_line
  add column discount_percent numeric(7, 4) check (discount_percent between 0 and 100),
  add column tax_percent numeric(7, 4) check (tax_percent between 0 and 100),
  add column deliver_to_id uuid references location,
  add column needed_by date,
  add column cancelled numeric(14, 3),          -- given up: neither expected nor paid for
  add column net numeric(18, 4),                -- (quantity - cancelled) x unit price less discount, rounded
  add column tax numeric(18, 4);                -- of the net, rounded
alter table purchase_order_line alter column discount_percent set default 0, alter column tax_percent set default 0, alter column cancelled set default 0;
alter table purchase_order
  add column freight numeric(18, 4) check (freight >= 0),
  add column exchange_rate numeric(18, 8) check (exchange_rate > 0),   -- base currency for one of the order's own
  add column net numeric(18, 4),
  add column tax numeric(18, 4),
  add column base_total numeric(18, 4);         -- the total in the base currency, rounded at its minor unit
alter table purchase_order alter column freight set default 0, alter column exchange_rate set default 1, alter column net set default 0, alter column tax set default 0;

-- What a line costs: quantity x unit price less discount, rounded once; and the tax on that, rounded once.
create function rules.cost(quantity numeric, unit_price numeric, discount_percent numeric, tax_percent numeric, places integer, out net numeric, out tax numeric) language sql immutable parallel safe as $$
  select n.net, rules.round_half_even(n.net * tax_percent * 0.01, places) from (select rules.round_half_even(quantity * unit_price * (1 - discount_percent * 0.01), places) as net) n
$$;
create function rules.line_amounts() returns trigger language plpgsql as $$
begin
  select c.net, c.tax into new.net, new.tax from public.purchase_order o,
    rules.cost(new.quantity - new.cancelled, new.unit_price, new.discount_percent, new.tax_percent, rules.minor_unit(o.currency::text)) c where o.id = new.purchase_order_id;
  return new;
end $$;
create trigger amounts before insert or update on purchase_order_line for each row execute function rules.line_amounts();

-- The order's sums follow its lines, once for each statement, under the order's row lock.
create function rules.add_up(p_orders uuid[]) returns void language sql as $$
  update public.purchase_order o set net = s.net, tax = s.tax
  from (select w.id, coalesce(sum(l.net), 0) as net, coalesce(sum(l.tax), 0) as tax
        from unnest(p_orders) w (id) left join public.purchase_order_line l on l.purchase_order_id = w.id group by w.id) s
  where o.id = s.id and (o.net, o.tax) is distinct from (s.net, s.tax)
$$;
create function rules.lines_came() returns trigger language plpgsql as $$
begin perform rules.add_up(array(select distinct purchase_order_id from came)); return null; end $$;
create function rules.lines_went() returns trigger language plpgsql as $$
begin perform rules.add_up(array(select distinct purchase_order_id from went)); return null; end $$;
create function rules.lines_changed() returns trigger language plpgsql as $$
begin
  perform rules.add_up(array(select distinct n.purchase_order_id from came n join went w on w.id = n.id where (n.net, n.tax) is distinct from (w.net, w.tax)));
  return null;
end $$;
create trigger add_up_new after insert on purchase_order_line referencing new table as came for each statement execute function rules.lines_came();
create trigger add_up_gone after delete on purchase_order_line referencing old table as went for each statement execute function rules.lines_went();
create trigger add_up_changed after update on purchase_order_line referencing old table as went new table as came for each statement execute function rules.lines_changed();

create function rules.order_amounts() returns trigger language plpgsql as $$
begin
  -- Deeper than one trigger: not a statement of somebody's, but the lines' own.
  if pg_trigger_depth() < 2 then
    if tg_op = 'INSERT' then
      new.net := 0;
      new.tax := 0;
    elsif (new.net, new.tax) is distinct from (old.net, old.tax) then
      raise exception 'What an order costs is the sum of its lines.' using errcode = 'QM014', constraint = 'qm-total-by-lines', hint = 'Change a line.';
    end if;
  end if;
  new.total := new.net + new.tax + new.freight;
  new.base_total := rules.round_half_even(new.total * new.exchange_rate, rules.minor_unit(rules.base_currency()));
  return new;
end $$;
create trigger amounts before insert or update on purchase_order for each row execute function rules.order_amounts();

alter table purchase_order_line
  drop constraint over_receipt,
  add constraint over_receipt check (received <= (quantity - cancelled) * (1 + tolerance_percent / 100)),
  add constraint cancelled_of_ordered check (cancelled between 0 and quantity and (unit = 'm' or cancelled = trunc(cancelled)));

-- An order that went out keeps its lines as they were approved; only what was received moves.
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
select ledger.track('purchase_order');
select ledger.track('purchase_order_line');
-- All of a line that was agreed upon: everything but what arrives.
create function rules.terms_of(l purchase_order_line) returns jsonb language sql stable as $$
  select to_jsonb(l) - '{received,opened_by,valid_from,net,tax}'::text[]
$$;

-- What was there gets its amounts, as an event like any other.
do $$ begin
  if exists (select 1 from purchase_order) then
    perform ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'order_money.migrate', 'purchase_order', null, null, null, null, 'migration', '{}');
    alter table purchase_order disable trigger amounts;
    update purchase_order set freight = 0, exchange_rate = 1, net = 0, tax = 0;
    alter table purchase_order enable trigger amounts;
    alter table purchase_order_line disable trigger lines_of_a_draft;
    update purchase_order_line set discount_percent = 0, tax_percent = 0, cancelled = 0;
    alter table purchase_order_line enable trigger lines_of_a_draft;
  end if;
end $$;
alter table purchase_order alter column freight set not null, alter column exchange_rate set not null, alter column net set not null, alter column tax set not null;
alter table purchase_order_line alter column discount_percent set not null, alter column tax_percent set not null, alter column cancelled set not null;
