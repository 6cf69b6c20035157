-- What an order's paper says; $1 is its id. Tables unqualified: the same text reads the past. Amounts come as the database works them out.
with place as (
  select d.id, d.code, d.name, coalesce((select u.address from location u where d.path like u.path || '%' and u.address <> '' order by length(u.path) desc limit 1), '') as address from location d
), line as (
  select l.*, l.quantity - coalesce(l.cancelled, 0) as in_force,
    (select c.net from rules.cost(l.quantity - coalesce(l.cancelled, 0), l.unit_price, 0, 0, rules.minor_unit(o.currency::text)) c) as gross
  from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id where o.id = $1
)
select jsonb_build_object(
  'code', o.code, 'status', o.status, 'revision', coalesce(o.amendments, 0), 'currency', o.currency::text,
  'date', coalesce(o.ordered_at, o.approved_at, o.created_at)::date, 'needed_by', o.needed_by,
  'their_reference', o.vendor_reference, 'quote', (select k.reference from quote k where k.id = o.quote_id),
  'buyer', r.name, 'buyer_email', r.email, 'team', t.code || ' ' || t.name, 'payment_terms', v.payment_terms,
  'vendor', v.name, 'vendor_code', v.code,
  'contact', (select c.name from vendor_contact c where c.vendor_id = v.id and c.retired_at is null and c.role ~* '(order|sales)' order by c.role !~* 'order', c.name limit 1),
  'vendor_address', (select jsonb_build_object('street', a.street, 'postal_code', a.postal_code, 'city', a.city, 'region', a.region, 'country', a.country::text)
     from vendor_address a where a.vendor_id = v.id and a.retired_at is null and a.kind in ('ordering', 'headquarters', 'other')
     order by array_position(array['ordering', 'headquarters', 'other'], a.kind), a.id limit 1),
  'deliver_to', (select jsonb_build_object('code', p.code, 'name', p.name, 'address', p.address) from place p where p.id = o.deliver_to_id),
  'lines', coalesce((select jsonb_agg(jsonb_build_object('number', l.number, 'model', f.name || ' ' || m.name, 'part_number', m.part_number,
      'vendor_part', (select string_agg(n.value, ', ' order by n.value) from part_number n where n.model_id = m.id and n.kind = 'vendor'),
      'text', l.description, 'quantity', trim_scale(l.in_force)::text, 'cancelled', trim_scale(nullif(l.cancelled, 0))::text, 'unit', l.unit,
      'unit_price', rules.money_text(l.unit_price, o.currency::text), 'discount', trim_scale(nullif(l.discount_percent, 0))::text, 'tax', trim_scale(l.tax_percent)::text,
      'amount', rules.money_text(l.net, o.currency::text),
      'deliver_to', (select jsonb_build_object('code', p.code, 'name', p.name, 'address', p.address) from place p where p.id = l.deliver_to_id and l.deliver_to_id <> o.deliver_to_id),
      'needed_by', case when l.needed_by is distinct from o.needed_by then l.needed_by end) order by l.number)
    from line l join model m on m.id = l.model_id join manufacturer f on f.id = m.manufacturer_id), '[]'),
  'subtotal', rules.money_text(coalesce((select sum(gross) from line), 0), o.currency::text),
  'discount', (select rules.money_text(d.off, o.currency::text) from (select sum(gross - net) as off from line) d where d.off <> 0),
  'taxes', coalesce((select jsonb_agg(jsonb_build_object('percent', trim_scale(x.tax_percent)::text, 'amount', rules.money_text(x.tax, o.currency::text)) order by x.tax_percent)
     from (select tax_percent, sum(tax) as tax from line where tax_percent > 0 group by tax_percent) x), '[]'),
  'freight', (select rules.money_text(o.freight, o.currency::text) where o.freight <> 0),
  'total', rules.money_text(o.total, o.currency::text),
  'company', (select jsonb_build_object('name', c.name, 'address', c.address, 'tax_id', c.tax_id, 'registration', c.registration, 'email', c.email, 'phone', c.phone, 'invoice_email', c.invoice_email,
     'terms', c.order_terms, 'logo', encode(c.logo_sha256, 'hex')) from company c)
) as paper
from purchase_order o join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id join person r on r.id = o.requester_id
where o.id = $1
