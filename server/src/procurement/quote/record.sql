-- A request for quotation with its answers side by side; $1 is its id. Tables unqualified: the same text reads the past.
-- What a line costs is worked out as an order would: what has to be bought of it, at least the vendor's minimum, rounded once.
with asked as (
  select l.*, m.code as model_code, m.name as model_name, m.part_number from quote_request_line l join model m on m.id = l.model_id where l.quote_request_id = $1),
offer as (
  select q.*, v.code as vendor_code, v.name as vendor_name, q.status in ('answered', 'chosen', 'not_chosen') as answered, o.code as order_code
  from quote q join vendor v on v.id = q.vendor_id left join purchase_order o on o.quote_id = q.id where q.quote_request_id = $1),
cell as (
  select k.quote_id, l.id as line_id, k.unit_price, k.lead_time_days, k.min_quantity, coalesce(k.valid_until, f.valid_until) as valid_until, k.note, c.buys, c.net, x.purchase_order_id,
    coalesce(k.valid_until, f.valid_until) < ledger.today() and f.status = 'answered' as expired,
    rules.round_half_even(c.net * f.exchange_rate, rules.minor_unit(rules.base_currency())) as base_net, f.currency::text as currency
  from quote_line k join offer f on f.id = k.quote_id and f.answered join asked l on l.id = k.quote_request_line_id left join purchase_order_line x on x.id = k.order_line_id
  cross join lateral (select greatest(l.quantity, coalesce(k.min_quantity, 0)) as buys, rules.round_half_even(greatest(l.quantity, coalesce(k.min_quantity, 0)) * k.unit_price, rules.minor_unit(f.currency::text)) as net) c),
best as (
  select line_id, min(base_net) as base_net, min(lead_time_days) as days from cell where not coalesce(expired, false) group by line_id),
total as (
  select f.id, count(c.line_id) = (select count(*) from asked) as complete, sum(c.net) + f.freight as total, rules.round_half_even((sum(c.net) + f.freight) * f.exchange_rate, rules.minor_unit(rules.base_currency())) as base_total,
    max(c.lead_time_days) as days, coalesce(bool_or(c.expired), false) as expired
  from offer f join cell c on c.quote_id = f.id where f.answered group by f.id, f.freight, f.exchange_rate)
select q.id, q.opened_by::text as version, q.code, q.status, q.title, q.notes, q.due_on, jsonb_build_object('code', t.code, 'name', t.name) as team, q.team_id, p.name as buyer,
  case when d.id is not null then jsonb_build_object('code', d.code, 'name', d.name) end as deliver_to, b.code as budget, rules.base_currency() as base_currency, q.created_at, q.sent_at, q.decided_at,
  coalesce((select jsonb_agg(jsonb_build_object('number', l.number, 'model', jsonb_build_object('code', l.model_code, 'name', l.model_name, 'part_number', l.part_number), 'description', l.description,
      'quantity', trim_scale(l.quantity), 'unit', l.unit, 'needed_by', l.needed_by,
      'requests', coalesce((select jsonb_agg(jsonb_build_object('code', r.code, 'line', rl.number, 'team', rt.code, 'quantity', trim_scale(s.quantity)) order by r.code, rl.number)
        from quote_request_share s join requisition_line rl on rl.id = s.requisition_line_id join requisition r on r.id = rl.requisition_id join team rt on rt.id = r.team_id where s.quote_request_line_id = l.id), '[]')) order by l.number)
    from asked l), '[]') as lines,
  coalesce((select jsonb_agg(jsonb_build_object('vendor', jsonb_build_object('code', f.vendor_code, 'name', f.vendor_name), 'status', f.status, 'currency', f.currency, 'exchange_rate', trim_scale(f.exchange_rate)::text,
      'freight', rules.money_text(f.freight, coalesce(f.currency::text, rules.base_currency())), 'valid_until', f.valid_until, 'reference', f.reference, 'note', f.note, 'answered_on', f.answered_on, 'late', f.late, 'expired', coalesce(w.expired, false),
      'complete', coalesce(w.complete, false), 'total', rules.money_text(w.total, f.currency::text), 'base_total', rules.money_text(w.base_total, rules.base_currency()), 'lead_time_days', w.days, 'order', f.order_code,
      'best_total', coalesce(w.complete and not w.expired and w.base_total = (select min(base_total) from total where complete and not expired), false),
      'best_lead_time', coalesce(w.complete and not w.expired and w.days = (select min(days) from total where complete and not expired), false),
      'lines', (select jsonb_agg(case when c.line_id is null then jsonb_build_object('line', l.number, 'missing', true) else jsonb_build_object('line', l.number, 'missing', false, 'unit_price', trim_scale(c.unit_price)::text, 'buys', trim_scale(c.buys),
            'net', rules.money_text(c.net, c.currency), 'base_net', rules.money_text(c.base_net, rules.base_currency()), 'lead_time_days', c.lead_time_days, 'min_quantity', trim_scale(c.min_quantity), 'above_asked', c.buys > l.quantity,
            'valid_until', c.valid_until, 'expired', coalesce(c.expired, false), 'note', c.note, 'best_price', coalesce(not coalesce(c.expired, false) and c.base_net = x.base_net, false), 'best_lead_time', coalesce(not coalesce(c.expired, false) and c.lead_time_days = x.days, false),
            'chosen', c.purchase_order_id is not null) end order by l.number)
          from asked l left join cell c on c.line_id = l.id and c.quote_id = f.id left join best x on x.line_id = l.id)) order by w.complete desc nulls last, w.base_total nulls last, f.vendor_name)
    from offer f left join total w on w.id = f.id), '[]') as quotes
from quote_request q join team t on t.id = q.team_id join person p on p.id = q.buyer_id left join location d on d.id = q.deliver_to_id left join budget b on b.id = q.budget_id
where q.id = $1
