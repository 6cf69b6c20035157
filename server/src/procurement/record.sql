-- A purchase order with its lines and receipts; $1 is its id. Tables unqualified: the same text reads the past.
select o.id,
  o.opened_by::text as version, o.code, o.status,
  jsonb_build_object('code', v.code, 'name', v.name) as vendor, jsonb_build_object('code', t.code, 'name', t.name) as team, o.team_id,
  jsonb_build_object('code', d.code, 'name', d.name) as deliver_to,
  r.name as requester, o.requester_id, a.name as approver, b.code as budget, o.currency::text as currency, o.total, o.needed_by, o.vendor_reference, o.notes,
  o.created_at, o.submitted_at, o.approved_at, o.ordered_at, o.received_at,
  coalesce((select jsonb_agg(jsonb_build_object(
      'id', l.id, 'number', l.number, 'model', jsonb_build_object('code', m.code, 'name', m.name, 'manufacturer', f.name, 'part_number', m.part_number, 'tracking', m.tracking),
      'description', l.description, 'quantity', trim_scale(l.quantity), 'quantity_exact', l.quantity::text, 'unit', l.unit, 'unit_price', l.unit_price::text,
      'tolerance_percent', trim_scale(l.tolerance_percent), 'received', trim_scale(l.received), 'outstanding', trim_scale(greatest(l.quantity - l.received, 0))) order by l.number)
    from purchase_order_line l join model m on m.id = l.model_id join manufacturer f on f.id = m.manufacturer_id where l.purchase_order_id = o.id), '[]') as lines,
  coalesce((select jsonb_agg(jsonb_build_object('code', rc.code, 'received_on', rc.received_on, 'receiver', p.name, 'location', rl.code, 'delivery_note', rc.delivery_note,
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'line', xl.number, 'model', xm.name, 'quantity', trim_scale(x.quantity), 'at', x.at,
          'reversed', x.reverses_id is not null or exists (select 1 from receipt_line u where u.reverses_id = x.id),
          'assets', coalesce((select jsonb_agg(jsonb_build_object('code', s.tag, 'serial', s.serial) order by s.tag) from asset s where s.receipt_line_id = x.id), '[]')) order by x.at, x.id), '[]')
        from receipt_line x join purchase_order_line xl on xl.id = x.order_line_id join model xm on xm.id = xl.model_id where x.receipt_id = rc.id)) order by rc.code)
    from receipt rc join person p on p.id = rc.receiver_id join location rl on rl.id = rc.location_id where rc.purchase_order_id = o.id), '[]') as receipts
from purchase_order o
join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id join location d on d.id = o.deliver_to_id join person r on r.id = o.requester_id
left join person a on a.id = o.approver_id left join budget b on b.id = o.budget_id
where o.id = $1
