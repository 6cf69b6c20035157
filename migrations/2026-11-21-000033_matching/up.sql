-- The match of order, receipt and invoice by line. It follows from what is in the books, is worked out by triggers alone under the order's
-- row lock, and moves the budget: what is approved for payment is spent, and no longer committed.

-- How far this vendor's invoices may be off: its own row, or the row for all.
create function rules.tolerance_of(p_vendor uuid, out quantity numeric, out price numeric, out freight numeric, out tax numeric) language sql stable as $$
  select coalesce(t.quantity_percent, 0), coalesce(t.price_percent, 0), coalesce(t.freight_percent, 0), coalesce(t.tax_amount, 0)
  from (select 1) one left join lateral (
    select * from public.match_tolerance where vendor_id = p_vendor or vendor_id is null order by vendor_id is null limit 1) t on true
$$;

-- What a line charges. What is not said follows from the order: so many pieces more, at the order's price, cost what they add to the line's
-- cost; so any split of a line into invoices costs in all what the line costs, to the minor unit.
create function rules.invoice_line_amounts() returns trigger language plpgsql as $$
declare
  i public.invoice%rowtype;
  l public.purchase_order_line%rowtype;
  o public.purchase_order%rowtype;
  places integer;
  minor numeric;
  exact numeric;
  plain record;
  so_far record;
  whole record;
begin
  select * into i from public.invoice where id = new.invoice_id;
  select * into o from public.purchase_order where id = i.purchase_order_id;
  if i.status <> 'entered' then
    raise exception 'An invoice stays as it was entered.' using errcode = 'QM081', constraint = 'qm-invoice-fixed', hint = 'Cancel it and enter it again, or enter a credit note.';
  end if;
  if new.order_line_id is not null then
    select * into l from public.purchase_order_line where id = new.order_line_id;
    if l.purchase_order_id <> i.purchase_order_id then
      raise exception 'An invoice charges for lines of its own order.' using errcode = 'QM099', constraint = 'qm-invoice-of-its-order', hint = 'Name a line of that order, or enter it as another charge.';
    elsif l.unit <> 'm' and new.quantity <> trunc(new.quantity) then
      raise exception 'Pieces are counted whole; % is not.', new.quantity using errcode = 'QM015', constraint = 'qm-whole-pieces', hint = 'Give a whole number.';
    end if;
  end if;
  places := rules.minor_unit(i.currency::text);
  minor := 10::numeric ^ -places;
  exact := new.quantity * new.unit_price * (1 - new.discount_percent * 0.01);
  plain := rules.cost(new.quantity, new.unit_price, new.discount_percent, new.tax_percent, places);
  if new.order_line_id is not null and i.currency = o.currency and (new.unit_price, new.discount_percent) = (l.unit_price, l.discount_percent) and (new.net is null or new.tax is null) then
    select coalesce(sum(r.quantity), 0) as quantity, coalesce(sum(r.net), 0) as net, coalesce(sum(r.tax), 0) as tax into so_far
      from public.invoice_line x join public.invoice y on y.id = x.invoice_id and y.status <> 'cancelled' cross join lateral rules.left_of_line(x.id) r where x.order_line_id = l.id;
    whole := rules.cost(so_far.quantity + new.quantity, l.unit_price, l.discount_percent, new.tax_percent, places);
    if new.net is null and whole.net - so_far.net >= 0 and abs(whole.net - so_far.net - exact) <= minor then
      new.net := whole.net - so_far.net;
    end if;
    if new.tax is null and new.net is not null and new.tax_percent = l.tax_percent and whole.tax - so_far.tax >= 0 and abs(whole.tax - so_far.tax - new.net * new.tax_percent * 0.01) <= minor then
      new.tax := whole.tax - so_far.tax;
    end if;
  end if;
  new.net := coalesce(new.net, plain.net);
  new.tax := coalesce(new.tax, rules.round_half_even(new.net * new.tax_percent * 0.01, places));
  if abs(new.net - exact) > minor or scale(trim_scale(new.net)) > places or scale(trim_scale(new.tax)) > places then
    raise exception 'Line %: % x % is %, not %.', new.number, trim_scale(new.quantity), trim_scale(new.unit_price), rules.money_text(plain.net, i.currency::text), trim_scale(new.net)
      using errcode = 'QM097', constraint = 'qm-line-amount', hint = 'An amount is quantity by price, rounded to the minor unit either way.';
  end if;
  return new;
end $$;
create trigger amounts before insert on invoice_line for each row execute function rules.invoice_line_amounts();

-- The lines of an order's invoices with what is left of them after credit notes; released: let pass beyond what was received.
create function rules.net_lines(p_order uuid, p_line uuid) returns table (invoice_id uuid, status text, approved_at timestamptz, line_id uuid, kind text, order_line_id uuid, quantity numeric, net numeric, tax numeric, released boolean) language sql stable as $$
  select i.id, i.status, i.approved_at, x.id, x.kind, x.order_line_id, r.quantity, r.net, r.tax,
         exists (select 1 from public.match_difference d where d.invoice_id = i.id and d.release_id is not null and (d.invoice_line_id = x.id and d.kind = 'quantity' or x.kind = 'freight' and d.kind = 'freight'))
  from public.invoice i join public.invoice_line x on x.invoice_id = i.id cross join lateral rules.left_of_line(x.id) r
  where i.purchase_order_id = p_order and i.status <> 'cancelled' and (p_line is null or x.order_line_id = p_line)
$$;

-- What of a line is received and kept: less what went back for a credit. (What went back to be replaced is not received.)
create function rules.kept(p_line uuid) returns numeric language sql stable as $$
  select l.received - coalesce((select sum(x.quantity) from public.vendor_return_line x join public.vendor_return v on v.id = x.vendor_return_id
    where x.order_line_id = l.id and v.expects = 'credit' and v.status <> 'cancelled'), 0) from public.purchase_order_line l where l.id = p_line
$$;

-- What of an invoice does not match. What was received is given to the approved invoices first, in the order of their approval, to those
-- without a release before those with one; what stands behind it does not touch what stands before it.
create function rules.differences(p_invoice uuid, p_line uuid default null) returns table (invoice_line_id uuid, kind text, expected numeric, found numeric, excess numeric) language sql stable as $$
  with me as (
    select i.id, i.status, i.approved_at, i.purchase_order_id, i.currency, o.currency as order_currency, o.freight, rules.minor_unit(o.currency::text) as places, t.quantity as quantity_percent, t.price as price_percent, t.freight as freight_percent, t.tax as tax_amount
    from public.invoice i join public.purchase_order o on o.id = i.purchase_order_id cross join lateral rules.tolerance_of(i.vendor_id) t where i.id = p_invoice),
  lines as materialized (select n.* from me, rules.net_lines(me.purchase_order_id, p_line) n),
  mine as (select * from lines where invoice_id = p_invoice),
  ahead as (
    select m.line_id, m.kind, sum(x.quantity) as quantity, sum(x.net + x.tax) as amount
    from mine m join lines x on x.kind = m.kind and x.order_line_id is not distinct from m.order_line_id and x.invoice_id <> m.invoice_id and x.status in ('approved', 'paid')
     and (m.status not in ('approved', 'paid') or (x.released, not x.released and x.status = 'approved', x.approved_at, x.invoice_id) < (m.released, not m.released and m.status = 'approved', m.approved_at, m.invoice_id))
    group by m.line_id, m.kind),
  goods as (
    select m.line_id, m.quantity, m.net, m.tax, coalesce(a.quantity, 0) as before, l.unit_price, l.discount_percent, l.tax_percent,
           case when l.unit = 'm' then k.most else floor(k.most) end as most, rules.kept(l.id) as kept
    from mine m join public.purchase_order_line l on l.id = m.order_line_id left join ahead a on a.line_id = m.line_id cross join me
         cross join lateral (select rules.kept(l.id) * (1 + me.quantity_percent / 100) as most) k)
  select g.line_id, 'quantity', g.kept, g.before + g.quantity, least(g.quantity, g.before + g.quantity - greatest(g.most, g.before))
    from goods g where g.quantity > 0 and g.before + g.quantity > greatest(g.most, g.before)
  union all
  select g.line_id, 'price', c.net, g.net, g.net - c.net
    from goods g cross join me join public.invoice_line x on x.id = g.line_id cross join lateral rules.cost(g.quantity, g.unit_price, g.discount_percent, 0, me.places) c
    where me.currency = me.order_currency and g.net > c.net * (1 + me.price_percent / 100)
      and (g.quantity = 0 or x.unit_price * (1 - x.discount_percent / 100) > g.unit_price * (1 - g.discount_percent / 100) * (1 + me.price_percent / 100))
  union all
  select g.line_id, 'tax', e.tax, g.tax, abs(g.tax - e.tax)
    from goods g cross join me cross join lateral (select rules.round_half_even(g.net * g.tax_percent / 100, me.places) as tax) e
    where me.currency = me.order_currency and abs(g.tax - e.tax) > me.tax_amount + 10::numeric ^ -me.places
  union all
  select null, 'freight', me.freight, f.before + f.amount, least(f.amount, f.before + f.amount - greatest(f.most, f.before))
    from me cross join lateral (
      select sum(m.net + m.tax) as amount, coalesce(max(a.amount), 0) as before, me.freight * (1 + me.freight_percent / 100) as most from mine m left join ahead a on a.line_id = m.line_id where m.kind = 'freight') f
    where me.currency = me.order_currency and f.amount > 0 and f.before + f.amount > greatest(f.most, f.before)
  union all
  select m.line_id, 'unknown_line', 0, m.net + m.tax, m.net + m.tax from mine m where m.kind = 'other' and m.net + m.tax > 0
  union all
  select null, 'currency', 0, 0, 0 from me where me.currency <> me.order_currency and p_line is null
$$;

-- Writes what does not match now. A release holds as long as the difference does not grow beyond what was released.
create function rules.write_differences(p_invoice uuid, p_line uuid) returns void language sql as $$
  with now as materialized (select * from rules.differences(p_invoice, p_line)),
  mended as (
    delete from public.match_difference d where d.invoice_id = p_invoice and d.kind <> 'budget'
      and (p_line is null or d.invoice_line_id in (select x.id from public.invoice_line x where x.invoice_id = p_invoice and x.order_line_id = p_line))
      and not exists (select 1 from now n where n.kind = d.kind and n.invoice_line_id is not distinct from d.invoice_line_id))
  insert into public.match_difference as d (id, invoice_id, invoice_line_id, kind, expected, found, excess)
    select ledger.uuid_v7(), p_invoice, n.invoice_line_id, n.kind, n.expected, n.found, n.excess from now n
    on conflict (invoice_id, (coalesce(invoice_line_id, invoice_id)), kind) do update set expected = excluded.expected, found = excluded.found, excess = excluded.excess,
      release_id = case when excluded.excess <= d.released_excess then d.release_id end, released_excess = case when excluded.excess <= d.released_excess then d.released_excess end
      where (d.expected, d.found, d.excess) is distinct from (excluded.expected, excluded.found, excluded.excess)
$$;

-- An amount in the currency of a budget: as it is, in the books' own currency, or at the order's rate.
create function rules.in_budget(p_amount numeric, p_base numeric, p_currency char, p_budget char, p_rate numeric) returns numeric language sql stable as $$
  select case when p_budget = p_currency then p_amount when p_budget = rules.base_currency() then p_base else rules.round_half_even(p_base / p_rate, rules.minor_unit(p_budget::text)) end
$$;

-- What of an order is invoiced, at the order's own prices, once the invoice p_with is approved too: no longer committed. All of it, freight
-- included, when no line is to be invoiced any more.
create function rules.invoiced_of(p_order uuid, p_with uuid) returns numeric language sql stable as $$
  with counted as (select n.* from rules.net_lines(p_order, null) n where n.approved_at is not null or n.invoice_id = p_with),
  lines as (
    select l.*, greatest(0, l.quantity - l.cancelled - (l.received - rules.kept(l.id)) - coalesce((select sum(c.quantity) from counted c where c.order_line_id = l.id), 0)) as open
    from public.purchase_order_line l where l.purchase_order_id = p_order)
  select coalesce(sum(c.net + c.tax), 0) + case when bool_and(l.open = 0) then max(o.freight) else least(max(o.freight), coalesce((select sum(f.net + f.tax) from counted f where f.kind = 'freight'), 0)) end
  from public.purchase_order o join lines l on true
       cross join lateral rules.cost(greatest(l.quantity - l.cancelled - l.open, 0), l.unit_price, l.discount_percent, l.tax_percent, rules.minor_unit(o.currency::text)) c
  where o.id = p_order
$$;

-- What is still to be entered in the order's budget so that it holds what the books say, once the invoice p_with is approved too.
create function rules.budget_move(p_order uuid, p_with uuid default null, out budget_id uuid, out committed numeric, out spent numeric) language sql stable as $$
  select b.id,
    -(rules.in_budget(o.total, o.base_total, o.currency, b.currency, o.exchange_rate)
      - rules.in_budget(o.total - v.invoiced, rules.round_half_even((o.total - v.invoiced) * o.exchange_rate, rules.minor_unit(rules.base_currency())), o.currency, b.currency, o.exchange_rate)) - e.committed,
    coalesce((select sum(rules.in_budget(i.total, i.base_total, i.currency, b.currency, o.exchange_rate)
        - coalesce((select sum(rules.in_budget(n.total, n.base_total, i.currency, b.currency, o.exchange_rate)) from public.credit_note n where n.invoice_id = i.id and n.status <> 'cancelled'), 0))
      from public.invoice i where i.purchase_order_id = o.id and i.status <> 'cancelled' and (i.approved_at is not null or i.id = p_with)), 0) - e.spent
  from public.purchase_order o join public.budget b on b.id = o.budget_id
  cross join lateral (select rules.invoiced_of(o.id, p_with) as invoiced) v
  cross join lateral (select coalesce(sum(x.committed), 0) as committed, coalesce(sum(x.spent), 0) as spent from public.budget_entry x where x.purchase_order_id = o.id and x.budget_id = b.id and x.stage = 'invoice') e
  where o.id = p_order
$$;

alter table budget_entry add column invoice_id uuid references invoice;
create index budget_entry_invoice on budget_entry (invoice_id) where invoice_id is not null;
select ledger.track('budget_entry');

-- Enters it. What comes back to be committed, because an invoice was cancelled or credited, takes no more than the budget has left: what is a
-- fact is not refused for it.
create function rules.settle_budget(p_order uuid, p_reason text, p_invoice uuid default null) returns void language plpgsql as $$
declare
  m record;
  b public.budget%rowtype;
begin
  select budget_id into m from public.purchase_order where id = p_order;
  if m.budget_id is null then return; end if;
  select * into b from public.budget where id = m.budget_id for update;
  m := rules.budget_move(p_order, case when p_reason = 'spend' then p_invoice end);
  if p_reason <> 'spend' and b.over_invoice <> 'warn' and m.committed > 0 then
    m.committed := greatest(least(m.committed, b.amount - b.reserved - b.committed - b.spent - b.shared - m.spent), 0);
  end if;
  if (m.committed, m.spent) is distinct from (0::numeric, 0::numeric) then
    insert into public.budget_entry (id, budget_id, stage, reason, purchase_order_id, invoice_id, committed, spent) values (ledger.uuid_v7(), b.id, 'invoice', p_reason, p_order, p_invoice, m.committed, m.spent);
  end if;
end $$;

-- Whether a budget's board has let this invoice take it over its amount: one of its members released just that.
create function rules.board_released(p_invoice uuid, p_board uuid) returns boolean language sql stable as $$
  select exists (select 1 from public.match_difference d join public.invoice_release r on r.id = d.release_id join public.approver_group_member m on m.person_id = r.person_id and m.group_id = p_board
                 where d.invoice_id = p_invoice and d.kind = 'budget')
$$;
create or replace function rules.budget_counts() returns trigger language plpgsql as $$
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
    elsif setting = 'board' and not rules.board_granted(new.approval_id, new.purchase_order_id, b.board_id) and not rules.board_released(new.invoice_id, b.board_id) then
      raise exception '% has % % left; % more is asked for, and its board has not agreed.', b.code, b.amount - b.reserved - b.committed - b.spent - b.shared, b.currency, more
        using errcode = 'QM051', constraint = 'qm-board-needed', hint = 'The board decides first.';
    end if;
  end if;
  update public.budget set reserved = reserved + new.reserved, committed = committed + new.committed, spent = spent + new.spent where id = new.budget_id;
  return new;
end $$;

-- Whether the budget has what an invoice takes of it beyond what the order holds; what it lacks becomes a difference.
create function rules.write_budget_difference(p_order uuid, p_invoice uuid) returns void language plpgsql as $$
declare
  b public.budget%rowtype;
  m record;
  has numeric;
  more numeric;
begin
  select * into b from public.budget where id = (select budget_id from public.purchase_order where id = p_order) for update;
  if b.id is null then return; end if;
  m := rules.budget_move(p_order, p_invoice);
  has := b.amount - b.reserved - b.committed - b.spent - b.shared;
  more := m.committed + m.spent;
  if b.over_invoice = 'warn' or more <= 0 or more <= has then
    delete from public.match_difference where invoice_id = p_invoice and kind = 'budget';
  else
    insert into public.match_difference as d (id, invoice_id, kind, expected, found, excess) values (ledger.uuid_v7(), p_invoice, 'budget', has, more, more - has)
      on conflict (invoice_id, (coalesce(invoice_line_id, invoice_id)), kind) do update set expected = excluded.expected, found = excluded.found, excess = excluded.excess,
        release_id = case when excluded.excess <= d.released_excess and b.over_invoice = 'board' then d.release_id end, released_excess = case when excluded.excess <= d.released_excess and b.over_invoice = 'board' then d.released_excess end;
  end if;
end $$;

-- Matches the invoices of an order anew, or what of them is about one of its lines: what no longer matches is held, unless it is paid; what
-- matches now is approved, oldest first. Without a reason, nothing has happened that moves the budget by itself.
create function rules.match_order(p_order uuid, p_line uuid default null, p_reason text default 'amend') returns void language plpgsql as $$
declare
  i record;
  held boolean;
  freed boolean := false;
begin
  perform 1 from public.purchase_order where id = p_order for update;
  for i in select x.id, x.status from public.invoice x where x.purchase_order_id = p_order and x.status in ('approved', 'paid')
             and (p_line is null or exists (select 1 from public.invoice_line l where l.invoice_id = x.id and l.order_line_id = p_line)) order by x.approved_at, x.id loop
    perform rules.write_differences(i.id, p_line);
    if i.status = 'approved' and exists (select 1 from public.match_difference d where d.invoice_id = i.id and d.release_id is null) then
      update public.invoice set status = 'held' where id = i.id;
      perform ledger.also_about('invoice', i.id);
    end if;
  end loop;
  if p_reason is not null then
    perform rules.settle_budget(p_order, p_reason);
  end if;
  for i in select x.id, x.status from public.invoice x where x.purchase_order_id = p_order and x.status in ('entered', 'held')
             and (p_line is null or exists (select 1 from public.invoice_line l where l.invoice_id = x.id and l.order_line_id = p_line)) order by x.code loop
    perform rules.write_differences(i.id, p_line);
    held := exists (select 1 from public.match_difference d where d.invoice_id = i.id and d.release_id is null and d.kind <> 'budget');
    if not held then
      perform rules.write_budget_difference(p_order, i.id);
      held := exists (select 1 from public.match_difference d where d.invoice_id = i.id and d.release_id is null);
    end if;
    if not held then
      perform rules.settle_budget(p_order, 'spend', i.id);
      update public.invoice set status = 'approved', approved_at = clock_timestamp() where id = i.id;
      perform ledger.also_about('invoice', i.id);
      freed := true;
    elsif i.status = 'entered' then
      update public.invoice set status = 'held' where id = i.id;
    end if;
  end loop;
  -- What was approved stands before those that stay held: they say so.
  if freed then
    perform rules.write_differences(x.id, p_line) from public.invoice x where x.purchase_order_id = p_order and x.status = 'held';
  end if;
  perform rules.tell_invoiced(p_order);
end $$;

create function rules.tell_invoiced(p_order uuid) returns void language sql as $$
  update public.purchase_order o set not_invoiced = w.is
  from (select exists (select 1 from public.purchase_order_line l where l.purchase_order_id = p_order and l.received > 0
          and rules.kept(l.id) > coalesce((select sum(r.quantity) from public.invoice_line x join public.invoice i on i.id = x.invoice_id and i.status <> 'cancelled' cross join lateral rules.left_of_line(x.id) r where x.order_line_id = l.id), 0)) as is) w
  where o.id = p_order and o.not_invoiced is distinct from w.is
$$;

-- What makes the match anew: lines, cancelling and asking again, credit notes, releases, amendments, what arrives, is undone, goes back.
create function rules.invoice_lines_came() returns trigger language plpgsql as $$
begin
  update public.invoice i set net = s.net, tax = s.tax from (select l.invoice_id, sum(l.net) as net, sum(l.tax) as tax from public.invoice_line l where l.invoice_id in (select invoice_id from came) group by 1) s where i.id = s.invoice_id;
  perform rules.match_order(o.id) from (select distinct i.purchase_order_id as id from came c join public.invoice i on i.id = c.invoice_id) o;
  return null;
end $$;
create trigger match after insert on invoice_line referencing new table as came for each statement execute function rules.invoice_lines_came();
create function rules.invoice_moved() returns trigger language plpgsql as $$
begin
  if new.status = 'cancelled' and old.status <> 'cancelled' then
    delete from public.match_difference where invoice_id = new.id;
    perform rules.match_order(new.purchase_order_id, null, 'release');
  else
    perform rules.match_order(new.purchase_order_id);
  end if;
  return null;
end $$;
create trigger match after update on invoice for each row when (new.status = 'cancelled' and old.status <> 'cancelled' or new.matched_at <> old.matched_at) execute function rules.invoice_moved();

create function rules.credit_lines_came() returns trigger language plpgsql as $$
declare note record;
begin
  update public.credit_note n set net = s.net, tax = s.tax from (select l.credit_note_id, sum(l.net) as net, sum(l.tax) as tax from public.credit_note_line l where l.credit_note_id in (select credit_note_id from came) group by 1) s where n.id = s.credit_note_id;
  for note in select c.vendor_return_id, i.purchase_order_id from public.credit_note c join public.invoice i on i.id = c.invoice_id where c.id in (select credit_note_id from came) loop
    perform rules.match_order(note.purchase_order_id, null, 'credit');
    -- A return is settled once its credit notes have given back all that went.
    if note.vendor_return_id is not null and not exists (
      select 1 from public.vendor_return_line r where r.vendor_return_id = note.vendor_return_id group by r.order_line_id
      having sum(r.quantity) > coalesce((select sum(l.quantity) from public.credit_note_line l join public.credit_note c on c.id = l.credit_note_id and c.status <> 'cancelled' join public.invoice_line x on x.id = l.invoice_line_id
                                         where c.vendor_return_id = note.vendor_return_id and x.order_line_id = r.order_line_id), 0)) then
      perform rules.settle_return(note.vendor_return_id, 'credited');
    end if;
  end loop;
  return null;
end $$;
create trigger match after insert on credit_note_line referencing new table as came for each statement execute function rules.credit_lines_came();
create function rules.credit_cancelled() returns trigger language plpgsql as $$
begin
  perform rules.match_order((select purchase_order_id from public.invoice where id = new.invoice_id));
  return null;
end $$;
create trigger match after update of status on credit_note for each row when (new.status = 'cancelled' and old.status <> 'cancelled') execute function rules.credit_cancelled();

-- What a person may release of an invoice that is held, or what hinders them. Consulted by the trigger below and by the actions offered.
create function rules.may_release(p_invoice uuid, p_person uuid, out matches boolean, out budget boolean, out hindrance text) language plpgsql stable as $$
declare
  i record;
  by_role boolean;
begin
  select x.status, x.entered_by_id, x.code, o.team_id, b.code as budget_code, b.over_invoice, b.board_id, g.name as board, exists (select 1 from public.approver_group_member m where m.group_id = b.board_id and m.person_id = p_person) as on_board into i
    from public.invoice x join public.purchase_order o on o.id = x.purchase_order_id left join public.budget b on b.id = o.budget_id left join public.approver_group g on g.id = b.board_id where x.id = p_invoice;
  by_role := exists (select 1 from public.role_grant r join public.team up on up.id = r.team_id join public.team t on t.path like replace(replace(up.path, '\', '\\'), '_', '\_') || '%'
    join public.account c on c.id = r.person_id and c.status = 'active' where r.person_id = p_person and r.role in ('approver', 'administrator') and t.id = i.team_id);
  matches := by_role and exists (select 1 from public.match_difference d where d.invoice_id = p_invoice and d.release_id is null and d.kind <> 'budget');
  budget := i.on_board and i.over_invoice = 'board' and exists (select 1 from public.match_difference d where d.invoice_id = p_invoice and d.release_id is null and d.kind = 'budget');
  if i.status is distinct from 'held' then
    hindrance := 'Only what is held can be released.';
  elsif i.entered_by_id = p_person then
    hindrance := 'You entered this invoice; another person has to release it.';
  elsif not coalesce(matches, false) and not coalesce(budget, false) then
    hindrance := case
      when not exists (select 1 from public.match_difference d where d.invoice_id = p_invoice and d.release_id is null and d.kind <> 'budget') and i.over_invoice = 'stop' then format('%s stops what it does not have. Raise it, then match the invoice again.', i.budget_code)
      when by_role then format('What is over the budget waits for the group %s.', i.board)
      else 'It needs the role approver on the order''s team.' end;
  end if;
end $$;
create function rules.release_facts() returns trigger language plpgsql as $$
declare may record; o uuid;
begin
  select purchase_order_id into o from public.invoice where id = new.invoice_id;
  perform 1 from public.purchase_order where id = o for update;
  may := rules.may_release(new.invoice_id, new.person_id);
  if may.hindrance is not null then
    raise exception '%', may.hindrance using errcode = 'QM100', constraint = 'qm-may-not-release', hint = 'Ask one of those who may.';
  end if;
  return new;
end $$;
create trigger facts before insert on invoice_release for each row execute function rules.release_facts();
create function rules.released() returns trigger language plpgsql as $$
declare may record;
begin
  may := rules.may_release(new.invoice_id, new.person_id);
  update public.match_difference set release_id = new.id, released_excess = excess where invoice_id = new.invoice_id and release_id is null and (case when kind = 'budget' then may.budget else may.matches end);
  perform rules.match_order((select purchase_order_id from public.invoice where id = new.invoice_id));
  return null;
end $$;
create trigger match after insert on invoice_release for each row execute function rules.released();

create function rules.differences_by_match_only() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'What does not match is written by the match only.' using errcode = 'QM101', constraint = 'qm-differences-by-match', hint = 'Insert a release, or match the invoice again.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger by_match_only before insert or update or delete on match_difference for each row execute function rules.differences_by_match_only();

-- Deferred: an amendment changes lines, freight and budget one after the other.
create function rules.amendment_applied() returns trigger language plpgsql as $$
begin
  if exists (select 1 from public.invoice where purchase_order_id = new.purchase_order_id and status <> 'cancelled') then
    perform rules.match_order(new.purchase_order_id);
  end if;
  return null;
end $$;
create constraint trigger amendment_matches after update on order_amendment deferrable initially deferred for each row when (new.status = 'applied' and old.status <> 'applied') execute function rules.amendment_applied();

-- Receiving is to stay quick: what has no invoice and no return is not matched.
create function rules.goods_moved(p_order uuid, p_line uuid) returns void language plpgsql as $$
declare back record;
begin
  if exists (select 1 from public.invoice where purchase_order_id = p_order and status in ('held', 'approved', 'paid')) then
    perform rules.match_order(p_order, p_line, null);
  else
    perform rules.tell_invoiced(p_order);
  end if;
  -- What arrives in the place of what went back settles the return.
  for back in select v.id from public.vendor_return v where v.purchase_order_id = p_order and v.expects = 'replacement' and v.status = 'sent'
      and not exists (select 1 from public.vendor_return_line x join public.purchase_order_line l on l.id = x.order_line_id where x.vendor_return_id = v.id and l.received < l.quantity - l.cancelled) loop
    perform rules.settle_return(back.id, 'replaced');
  end loop;
end $$;
create function rules.receipt_matches() returns trigger language plpgsql as $$
begin
  perform rules.goods_moved((select purchase_order_id from public.purchase_order_line where id = new.order_line_id), new.order_line_id);
  return null;
end $$;
create trigger match after insert on receipt_line for each row execute function rules.receipt_matches();
create function rules.return_line_matches() returns trigger language plpgsql as $$
begin
  perform rules.match_order((select purchase_order_id from public.vendor_return where id = new.vendor_return_id), new.order_line_id);
  return null;
end $$;
create trigger match after insert on vendor_return_line for each row execute function rules.return_line_matches();
create function rules.return_matches() returns trigger language plpgsql as $$
begin
  perform rules.match_order(new.purchase_order_id);
  return null;
end $$;
create trigger match after update of status on vendor_return for each row when (new.status = 'cancelled' and old.status <> 'cancelled') execute function rules.return_matches();

-- A difference in words, for lists and records.
create function rules.difference_text(p_kind text, p_expected numeric, p_found numeric, p_currency text, p_other text) returns text language sql stable as $$
  select case p_kind
    when 'quantity' then format('%s invoiced, %s received and kept', trim_scale(p_found), trim_scale(p_expected))
    when 'price' then format('%s charged, %s by the order''s price', rules.money_text(p_found, p_currency), rules.money_text(p_expected, p_currency))
    when 'tax' then format('%s tax charged, %s by the order', rules.money_text(p_found, p_currency), rules.money_text(p_expected, p_currency))
    when 'freight' then format('%s freight charged, %s on the order', rules.money_text(p_found, p_currency), rules.money_text(p_expected, p_currency))
    when 'unknown_line' then format('%s for what is not on the order', rules.money_text(p_found, p_currency))
    when 'currency' then format('Charged in %s, the order is in %s', p_currency, p_other)
    else format('%s more is needed of the budget, which has %s left', trim_scale(p_found), trim_scale(p_expected)) end
$$;
