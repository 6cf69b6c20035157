-- What a vendor gives back of an invoice: never more than it charged.
create table credit_note (
  id uuid primary key,
  code text not null,
  invoice_id uuid not null references invoice,
  vendor_id uuid not null references vendor,               -- the invoice's
  vendor_return_id uuid references vendor_return,          -- what it is for
  number text not null check (number = btrim(number) and length(number) between 1 and 60),
  number_key text not null generated always as (rules.number_key(number)) stored,
  status text not null default 'entered',
  credited_on date not null,
  reason text not null check (btrim(reason) <> ''),
  net numeric(18, 4) not null default 0,
  tax numeric(18, 4) not null default 0,
  total numeric(18, 4) not null default 0,
  base_total numeric(18, 4) not null default 0,
  entered_by_id uuid not null references person,
  entered_at timestamptz not null default clock_timestamp()
);
create unique index credit_note_code on credit_note (code);
create unique index credit_note_number_once on credit_note (vendor_id, number_key) where status <> 'cancelled';
create index credit_note_invoice on credit_note (invoice_id);
create index credit_note_return on credit_note (vendor_return_id) where vendor_return_id is not null;
insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('credit_note', '', 'enter', 'entered', 'Enter', '{procurement}', 0),
  ('credit_note', 'entered', 'cancel', 'cancelled', 'Cancel', '{procurement}', 1);

create table credit_note_line (
  id uuid primary key,
  credit_note_id uuid not null references credit_note,
  number integer not null check (number > 0),
  invoice_line_id uuid not null references invoice_line,
  quantity numeric(14, 3) not null check (quantity >= 0),   -- 0: the price was too high, all of it is kept
  net numeric(18, 4) not null check (net >= 0),
  tax numeric(18, 4) not null check (tax >= 0),
  constraint credits_something check (net + tax > 0 or quantity > 0)
);
create unique index credit_note_line_number on credit_note_line (credit_note_id, number);
create unique index credit_note_line_once on credit_note_line (credit_note_id, invoice_line_id);
create index credit_note_line_invoice_line on credit_note_line (invoice_line_id);

create function rules.credit_facts() returns trigger language plpgsql as $$
declare i public.invoice%rowtype; o uuid;
begin
  select purchase_order_id into o from public.invoice where id = new.invoice_id;
  perform 1 from public.purchase_order where id = o for update;
  select * into i from public.invoice where id = new.invoice_id;
  if tg_op = 'INSERT' then
    if i.status = 'cancelled' then
      raise exception '% is cancelled; there is nothing to credit.', i.code using errcode = 'QM091', constraint = 'qm-invoice-cancelled', hint = 'Name the invoice that was charged.';
    elsif new.vendor_return_id is not null and not exists (select 1 from public.vendor_return v where v.id = new.vendor_return_id and v.purchase_order_id = i.purchase_order_id and v.expects = 'credit' and v.status = 'sent') then
      raise exception 'That return waits for no credit of this order.' using errcode = 'QM092', constraint = 'qm-return-not-waiting', hint = 'Name a return of the order that expects a credit.';
    end if;
    new.vendor_id := i.vendor_id;
    new.net := 0;
    new.tax := 0;
  elsif (new.invoice_id, new.vendor_id, new.code, new.number, new.credited_on, new.vendor_return_id, new.reason, new.entered_by_id)
        is distinct from (old.invoice_id, old.vendor_id, old.code, old.number, old.credited_on, old.vendor_return_id, old.reason, old.entered_by_id)
     or pg_trigger_depth() < 2 and (new.net, new.tax) is distinct from (old.net, old.tax) then
    raise exception 'A credit note stays as it was entered.' using errcode = 'QM093', constraint = 'qm-credit-fixed', hint = 'Cancel it and enter it again.';
  elsif new.status = 'cancelled' and old.status <> 'cancelled' and exists (select 1 from public.vendor_return v where v.id = new.vendor_return_id and v.status = 'credited') then
    raise exception 'A return is settled by that credit note.' using errcode = 'QM094', constraint = 'qm-return-settled', hint = 'It stays; the pieces are with the vendor.';
  end if;
  new.total := new.net + new.tax;
  new.base_total := rules.round_half_even(new.total * i.exchange_rate, rules.minor_unit(rules.base_currency()));
  return new;
end $$;
create trigger facts before insert or update on credit_note for each row execute function rules.credit_facts();
create trigger lifecycle before insert or update of status on credit_note for each row execute function rules.check_transition('credit_note');
create trigger no_delete before delete on credit_note for each row execute function rules.no_delete();

-- What is left of an invoice's line after its credit notes.
create function rules.left_of_line(p_line uuid, out quantity numeric, out net numeric, out tax numeric) language sql stable as $$
  select l.quantity - coalesce(c.quantity, 0), l.net - coalesce(c.net, 0), l.tax - coalesce(c.tax, 0)
  from public.invoice_line l left join lateral (
    select sum(x.quantity) as quantity, sum(x.net) as net, sum(x.tax) as tax from public.credit_note_line x join public.credit_note n on n.id = x.credit_note_id and n.status <> 'cancelled'
    where x.invoice_line_id = l.id) c on true where l.id = p_line
$$;

-- What is not said follows from the quantity, so that any split of a credit gives back in all what was charged.
create function rules.credit_line_fits() returns trigger language plpgsql as $$
declare n public.credit_note%rowtype; l public.invoice_line%rowtype; rest record; places integer; unit text;
begin
  select * into n from public.credit_note where id = new.credit_note_id;
  select * into l from public.invoice_line where id = new.invoice_line_id;
  select rules.minor_unit(i.currency::text), coalesce(m.unit, '') into places, unit from public.invoice i left join public.purchase_order_line m on m.id = l.order_line_id where i.id = n.invoice_id;
  if l.invoice_id is distinct from n.invoice_id or n.net + n.tax > 0 then
    raise exception 'A credit note is for lines of its own invoice, all at once.' using errcode = 'QM095', constraint = 'qm-credit-of-its-invoice', hint = 'Name lines of that invoice.';
  end if;
  rest := rules.left_of_line(l.id);
  if new.net is null then
    new.net := case when new.quantity = rest.quantity then rest.net else least(rest.net, rules.round_half_even(l.net * (l.quantity - rest.quantity + new.quantity) / l.quantity, places) - (l.net - rest.net)) end;
    new.net := greatest(new.net, 0);
  end if;
  if new.tax is null then
    new.tax := case when new.net = rest.net then rest.tax when l.net = 0 then 0 else greatest(least(rest.tax, rules.round_half_even(l.tax * (l.net - rest.net + new.net) / l.net, places) - (l.tax - rest.tax)), 0) end;
  end if;
  if new.quantity > rest.quantity or new.net > rest.net or new.tax > rest.tax then
    raise exception 'Line % has % pieces, % net and % tax left to be credited; not %, % and %.', l.number, trim_scale(rest.quantity), trim_scale(rest.net), trim_scale(rest.tax), trim_scale(new.quantity), trim_scale(new.net), trim_scale(new.tax)
      using errcode = 'QM096', constraint = 'qm-over-credit', hint = 'A credit note cannot exceed its invoice.';
  elsif scale(trim_scale(new.net)) > places or scale(trim_scale(new.tax)) > places then
    raise exception 'Amounts are whole in the currency''s minor unit.' using errcode = 'QM097', constraint = 'qm-line-amount', hint = 'Round it as the vendor did.';
  elsif unit not in ('', 'm') and new.quantity <> trunc(new.quantity) then
    raise exception 'Pieces are counted whole; % is not.', new.quantity using errcode = 'QM015', constraint = 'qm-whole-pieces', hint = 'Give a whole number.';
  end if;
  return new;
end $$;
create trigger fits before insert on credit_note_line for each row execute function rules.credit_line_fits();

create function rules.credit_has_lines() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from public.credit_note_line where credit_note_id = new.id) then
    raise exception 'A credit note has at least one line.' using errcode = 'QM083', constraint = 'qm-invoice-empty', hint = 'Enter what it gives back.';
  end if;
  return null;
end $$;
create constraint trigger has_lines after insert on credit_note deferrable initially deferred for each row execute function rules.credit_has_lines();

-- An invoice with credit notes is not cancelled beside them.
create function rules.credited_stays() returns trigger language plpgsql as $$
begin
  if exists (select 1 from public.credit_note where invoice_id = new.id and status <> 'cancelled') then
    raise exception '% has credit notes.', new.code using errcode = 'QM098', constraint = 'qm-credited-already', hint = 'Cancel them first, or credit the rest.';
  end if;
  return new;
end $$;
create trigger credited_stays before update of status on invoice for each row when (new.status = 'cancelled' and old.status <> 'cancelled') execute function rules.credited_stays();

select ledger.track('credit_note');
select ledger.insert_only('credit_note_line');
select ledger.track('credit_note_line');
