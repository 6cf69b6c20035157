-- A request with the way of each line to the rack; $1 is its id, $2 who reads. Tables unqualified: the same text reads the past.
-- Of a line of an order, what arrived goes to its requests in the order in which they need it, and so do its assets.
with own as (
  select l.* from requisition_line l where l.requisition_id = $1),
share as (
  select k.*, coalesce(sum(k.received) over (partition by k.order_line_id order by r.needed_by nulls last, k.id rows between unbounded preceding and 1 preceding), 0) as before
  from request_share k join requisition_line r on r.id = k.requisition_line_id
  where k.order_line_id in (select s.order_line_id from request_share s join own on own.id = s.requisition_line_id)),
piece as (
  select a.*, row_number() over (partition by a.order_line_id order by a.received_at, a.tag) as n from asset a
  where a.order_line_id in (select order_line_id from share) and a.receipt_line_id is not null and not exists (select 1 from receipt_line u where u.reverses_id = a.receipt_line_id)),
mine as (
  select s.id as share_id, s.requisition_line_id, p.tag, p.serial, p.status, p.place, lb.bin_kind,
    case p.place when 'rack' then lr.code || coalesce(' U' || trim_scale(lower(p.rack_units) / 2.0), '') when 'location' then lb.code when 'in_transit' then 'on the way to ' || lb.code
      when 'asset' then ia.tag when 'person' then wp.name when 'vendor' then vv.name else 'gone' end as place_text
  from share s join own on own.id = s.requisition_line_id join piece p on p.order_line_id = s.order_line_id and p.n > s.before and p.n <= s.before + s.received
  left join location lb on lb.id = p.location_id left join location lr on lr.id = p.rack_id left join asset ia on ia.id = p.in_asset_id left join person wp on wp.id = p.with_person_id left join vendor vv on vv.id = p.at_vendor_id)
select q.id, q.opened_by::text as version, q.code, q.status, jsonb_build_object('code', t.code, 'name', t.name) as team, q.team_id, r.name as requester, q.requester_id,
  q.reason, q.project, q.needed_by, b.code as budget, q.currency::text as currency,
  rules.money_text(case q.status when 'draft' then (select coalesce(sum(rules.round_half_even(quantity * coalesce(estimated_price, 0), rules.minor_unit(q.currency::text))), 0) from own) else q.estimate end, q.currency::text) as estimate,
  q.over_budget, (select jsonb_build_object('name', g.name, 'agreed_by', ag.name) from approver_group g where g.id = q.board_id) as board,
  exists (select 1 from approver_group_member m where m.group_id = q.board_id and (m.person_id = $2
    or exists (select 1 from approval_delegate d where d.person_id = m.person_id and d.delegate_id = $2 and ledger.today() between d.starts_on and d.ends_on))) as of_board,
  dp.name as decided_by, q.decision, q.created_at, q.submitted_at, q.decided_at,
  coalesce((select jsonb_agg(jsonb_build_object(
      'id', l.id, 'number', l.number, 'model', case when m.id is not null then jsonb_build_object('code', m.code, 'name', m.name, 'manufacturer', f.name, 'part_number', m.part_number, 'tracking', m.tracking) end,
      'description', l.description, 'quantity', trim_scale(l.quantity), 'unit', l.unit, 'needed_by', l.needed_by, 'estimated_price', trim_scale(l.estimated_price)::text, 'refused', l.refused,
      'bundled', trim_scale(l.bundled), 'to_order', case when l.refused is null then trim_scale(l.quantity - l.bundled) else 0 end, 'ordered', trim_scale(l.ordered), 'received', trim_scale(l.received),
      'put_away', (select count(*) from mine where mine.requisition_line_id = l.id and (mine.place <> 'location' or mine.bin_kind is distinct from 'receiving')),
      'placed', (select count(*) from mine where mine.requisition_line_id = l.id and (mine.place in ('rack', 'asset', 'person') or mine.status = 'in_service')),
      'orders', coalesce((select jsonb_agg(jsonb_build_object('code', o.code, 'status', o.status, 'vendor', jsonb_build_object('code', v.code, 'name', v.name), 'line', x.number,
          'model', jsonb_build_object('code', xm.code, 'name', xm.name, 'tracking', xm.tracking), 'quantity', trim_scale(s.quantity), 'received', trim_scale(s.received),
          'ordered_at', o.ordered_at, 'expected_on', coalesce(x.needed_by, o.needed_by, (o.ordered_at + make_interval(days => v.lead_time_days))::date),
          'assets', coalesce((select jsonb_agg(jsonb_build_object('code', mine.tag, 'serial', mine.serial, 'status', mine.status, 'place', mine.place_text) order by mine.tag) from mine where mine.share_id = s.id), '[]')) order by o.code, x.number)
        from share s join purchase_order_line x on x.id = s.order_line_id join purchase_order o on o.id = x.purchase_order_id join vendor v on v.id = o.vendor_id join model xm on xm.id = x.model_id
        where s.requisition_line_id = l.id), '[]')) order by l.number)
    from own l left join model m on m.id = l.model_id left join manufacturer f on f.id = m.manufacturer_id), '[]') as lines,
  exists (select 1 from own where bundled > 0) as bundled, exists (select 1 from own where refused is null and bundled < quantity) as to_order
from requisition q join team t on t.id = q.team_id join person r on r.id = q.requester_id left join budget b on b.id = q.budget_id left join person ag on ag.id = q.board_agreed_by_id left join person dp on dp.id = q.decided_by_id
where q.id = $1
