-- What was charged, what is still to be charged: worked out of orders, invoices and credit notes as they stand, now or as of a moment.
-- Nothing is kept: a figure that is stored can be wrong.

-- What a line adds to an amount in the books' own currency: the amount with it less the amount without it, each rounded once. So the
-- lines come in all to what the whole is rounded to, whatever the rate.
create function rules.share_at_rate(before numeric, own numeric, rate numeric, places integer) returns numeric language sql immutable strict parallel safe as $$
  select (rules.round_half_even((before + own) * rate, places) - rules.round_half_even(before * rate, places))::numeric(18, 4)
$$;

-- Every line that a vendor charged (invoices of every state but cancelled) and, less than nothing, every line that it gave back.
-- amount and amount_net: with and without tax, in the books' own currency at the rate kept on the invoice. The lines of an invoice or of a
-- credit note sum up to its base_total.
create function rules.spend_lines() returns table (id uuid, kind text, day date, invoice_id uuid, credit_note_id uuid, invoice_line_id uuid, number integer, quantity numeric, net numeric, tax numeric, amount numeric, amount_net numeric) language sql stable as $$
  select x.id, 'invoice', i.invoiced_on, i.id, null::uuid, x.id, x.number, x.quantity, x.net, x.tax,
         rules.share_at_rate((select coalesce(sum(b.net + b.tax), 0) from invoice_line b where b.invoice_id = x.invoice_id and b.number < x.number), x.net + x.tax, i.exchange_rate, rules.minor_unit(rules.base_currency())),
         rules.share_at_rate((select coalesce(sum(b.net), 0) from invoice_line b where b.invoice_id = x.invoice_id and b.number < x.number), x.net, i.exchange_rate, rules.minor_unit(rules.base_currency()))
  from invoice i join invoice_line x on x.invoice_id = i.id where i.status <> 'cancelled'
  union all
  select y.id, 'credit', n.credited_on, i.id, n.id, y.invoice_line_id, y.number, -y.quantity, -y.net, -y.tax,
         -rules.share_at_rate((select coalesce(sum(b.net + b.tax), 0) from credit_note_line b where b.credit_note_id = y.credit_note_id and b.number < y.number), y.net + y.tax, i.exchange_rate, rules.minor_unit(rules.base_currency())),
         -rules.share_at_rate((select coalesce(sum(b.net), 0) from credit_note_line b where b.credit_note_id = y.credit_note_id and b.number < y.number), y.net, i.exchange_rate, rules.minor_unit(rules.base_currency()))
  from credit_note n join credit_note_line y on y.credit_note_id = n.id join invoice i on i.id = n.invoice_id where n.status <> 'cancelled' and i.status <> 'cancelled'
$$;

-- What is ordered and not invoiced yet, by line, at the order's own prices; the order's freight as a row of its own while a line is open.
-- open_quantity: ordered, less what was given up, what went back for a credit, and what is invoiced and not credited.
-- open: what those pieces cost. amount: that in the books' own currency at the order's rate; the rows of an order sum up to its open total
-- at that rate, rounded once.
create function rules.commitments() returns table (id uuid, purchase_order_id uuid, order_line_id uuid, number integer, quantity numeric, received numeric, open_quantity numeric, ordered_amount numeric, received_amount numeric, invoiced_amount numeric, open numeric, amount numeric, due_on date, expected_on date) language sql stable as $$
  with orders as (
    select o.id, o.exchange_rate, o.freight, rules.minor_unit(o.currency::text) as places from purchase_order o
    where o.status in ('ordered', 'partly_received', 'received') or o.status = 'closed' and coalesce(o.not_invoiced, false)),
  counted as (
    select l.id, o.id as order_id, l.number, l.quantity - coalesce(l.cancelled, 0) as quantity, l.received, l.unit_price, coalesce(l.discount_percent, 0) as discount_percent, coalesce(l.tax_percent, 0) as tax_percent,
           coalesce(v.quantity, 0) as invoiced, greatest(0, l.quantity - coalesce(l.cancelled, 0) - coalesce(r.quantity, 0) - coalesce(v.quantity, 0)) as open, e.due_on, e.expected_on
    from orders o
    join purchase_order_line l on l.purchase_order_id = o.id
    left join rules.open_lines() e on e.line_id = l.id
    left join lateral (
      select sum(x.quantity) as quantity from vendor_return_line x join vendor_return w on w.id = x.vendor_return_id
      where x.order_line_id = l.id and w.expects = 'credit' and w.status <> 'cancelled') r on true
    left join lateral (
      select sum(x.quantity - coalesce(c.quantity, 0)) as quantity from invoice_line x join invoice i on i.id = x.invoice_id and i.status <> 'cancelled'
      left join lateral (select sum(y.quantity) as quantity from credit_note_line y join credit_note n on n.id = y.credit_note_id and n.status <> 'cancelled' where y.invoice_line_id = x.id) c on true
      where x.order_line_id = l.id) v on true),
  lines as (
    select c.id, c.order_id, c.id as order_line_id, c.number, c.quantity, c.received, c.open as open_quantity, whole.net + whole.tax as ordered_amount, came.net + came.tax as received_amount, charged.net + charged.tax as invoiced_amount,
           whole.net + whole.tax - settled.net - settled.tax as open, c.due_on, c.expected_on
    from counted c join orders o on o.id = c.order_id
    cross join lateral rules.cost(c.quantity, c.unit_price, c.discount_percent, c.tax_percent, o.places) whole
    cross join lateral rules.cost(c.received, c.unit_price, c.discount_percent, c.tax_percent, o.places) came
    cross join lateral rules.cost(c.invoiced, c.unit_price, c.discount_percent, c.tax_percent, o.places) charged
    cross join lateral rules.cost(greatest(c.quantity - c.open, 0), c.unit_price, c.discount_percent, c.tax_percent, o.places) settled),
  carriage as (
    select o.id, coalesce(o.freight, 0) as freight, max(l.due_on) as due_on, max(l.expected_on) as expected_on, least(coalesce(o.freight, 0), coalesce((
        select sum(x.net + x.tax - coalesce(c.amount, 0)) from invoice_line x join invoice i on i.id = x.invoice_id and i.status <> 'cancelled'
        left join lateral (select sum(y.net + y.tax) as amount from credit_note_line y join credit_note n on n.id = y.credit_note_id and n.status <> 'cancelled' where y.invoice_line_id = x.id) c on true
        where i.purchase_order_id = o.id and x.kind = 'freight'), 0)) as invoiced
    from orders o join lines l on l.order_id = o.id where coalesce(o.freight, 0) > 0 group by o.id, o.freight having bool_or(l.open_quantity > 0)),
  every_row as (
    select * from lines
    union all
    select k.id, k.id, null, null, null, null, null, k.freight, 0, k.invoiced, k.freight - k.invoiced, k.due_on, k.expected_on from carriage k)
  select w.id, w.order_id, w.order_line_id, w.number, w.quantity, w.received, w.open_quantity, w.ordered_amount::numeric(18, 4), w.received_amount::numeric(18, 4), w.invoiced_amount::numeric(18, 4), w.open::numeric(18, 4),
         rules.share_at_rate(sum(w.open) over up_to - w.open, w.open, coalesce(o.exchange_rate, 1), rules.minor_unit(rules.base_currency())), w.due_on, w.expected_on
  from every_row w join orders o on o.id = w.order_id window up_to as (partition by w.order_id order by w.number nulls last)
$$;
