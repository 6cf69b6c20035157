-- A purchase order with its lines, receipts, returns and invoices; $1 is its id. Tables unqualified: the same text reads the past.
select o.id,
  o.opened_by::text as version, o.code, o.status,
  jsonb_build_object('code', v.code, 'name', v.name) as vendor, jsonb_build_object('code', t.code, 'name', t.name) as team, o.team_id,
  jsonb_build_object('code', d.code, 'name', d.name) as deliver_to,
  r.name as requester, o.requester_id, a.name as approver, b.code as budget, o.currency::text as currency, o.total,
  rules.money_text(o.net, o.currency::text) as net, rules.money_text(o.tax, o.currency::text) as tax, rules.money_text(o.freight, o.currency::text) as freight,
  trim_scale(o.exchange_rate)::text as exchange_rate, rules.money_text(o.base_total, rules.base_currency()) as base_total, rules.base_currency() as base_currency,
  (select jsonb_build_object('code', rq.code, 'reference', k.reference) from quote k join quote_request rq on rq.id = k.quote_request_id where k.id = o.quote_id) as quote,
  (select jsonb_build_object('code', b.code, 'currency', b.currency, 'amount', b.amount::text, 'over_order', b.over_order,
      'left', (b.amount - b.reserved - b.committed - b.spent - coalesce(b.shared, 0))::text,
      'more', (case when b.currency = o.currency then o.total when b.currency = rules.base_currency() then o.base_total end
               - (select coalesce(sum(e.reserved + e.committed + e.spent), 0) from budget_entry e where e.purchase_order_id = o.id and e.budget_id = b.id and e.stage <> 'invoice'))::text)
    where b.id is not null) as budget_state,
  coalesce((select jsonb_agg(jsonb_build_object('status', v.status, 'policy', y.name, 'total', v.total::text, 'asked_at', v.asked_at, 'decided_at', v.decided_at, 'amendment', n.number,
      'steps', (select jsonb_agg(jsonb_build_object('number', s.number, 'name', s.name, 'group', g.name, 'mode', s.mode, 'needed', s.needed, 'over_budget', s.over_budget, 'status', s.status,
          'decisions', coalesce((select jsonb_agg(jsonb_build_object('person', p.name, 'for', case when c.for_person_id <> c.person_id then f.name end, 'agreed', c.agreed, 'reason', c.reason, 'at', c.at,
              'budget', c.budget_code, 'budget_left', c.budget_left::text) order by c.at)
            from approval_decision c join person p on p.id = c.person_id join person f on f.id = c.for_person_id where c.step_id = s.id), '[]')) order by s.number)
        from approval_step s left join approver_group g on g.id = s.group_id where s.approval_id = v.id)) order by v.asked_at desc)
    from approval v left join approval_policy y on y.id = v.policy_id left join order_amendment n on n.id = v.amendment_id where v.purchase_order_id = o.id), '[]') as approvals,
  coalesce((select jsonb_agg(jsonb_build_object('number', n.number, 'status', n.status, 'reason', n.reason, 'asked_by', p.name, 'total_before', n.total_before::text, 'total_after', n.total_after::text,
      'changes', n.changes, 'at', n.valid_from) order by n.number desc)
    from order_amendment n join person p on p.id = n.asked_by_id where n.purchase_order_id = o.id), '[]') as amendments,
  o.needed_by, o.vendor_reference, o.former_number, o.notes,
  o.created_at, o.submitted_at, o.approved_at, o.ordered_at, o.sent_at, o.received_at,
  coalesce((select jsonb_agg(jsonb_build_object(
      'id', l.id, 'number', l.number, 'model', jsonb_build_object('code', m.code, 'name', m.name, 'manufacturer', f.name, 'part_number', m.part_number, 'tracking', m.tracking),
      'description', l.description, 'quantity', trim_scale(l.quantity), 'cancelled', trim_scale(coalesce(l.cancelled, 0)), 'unit', l.unit, 'unit_price', l.unit_price::text,
      'discount_percent', trim_scale(coalesce(l.discount_percent, 0))::text, 'tax_percent', trim_scale(coalesce(l.tax_percent, 0))::text, 'line_total', rules.money_text(l.net, o.currency::text), 'tax', rules.money_text(l.tax, o.currency::text),
      'deliver_to', lp.code, 'needed_by', l.needed_by,
      'requests', coalesce((select jsonb_agg(jsonb_build_object('code', q.code, 'line', ql.number, 'team', qt.code, 'requester', qp.name, 'quantity', trim_scale(k.quantity), 'received', trim_scale(k.received)) order by q.code, ql.number)
        from request_share k join requisition_line ql on ql.id = k.requisition_line_id join requisition q on q.id = ql.requisition_id join team qt on qt.id = q.team_id join person qp on qp.id = q.requester_id where k.order_line_id = l.id), '[]'),
      'tolerance_percent', trim_scale(l.tolerance_percent), 'received', trim_scale(l.received), 'outstanding', trim_scale(greatest(l.quantity - coalesce(l.cancelled, 0) - l.received, 0)),
      'returned', trim_scale(k.returned), 'invoiced', trim_scale(n.quantity), 'invoiced_net', rules.money_text(n.net, o.currency::text), 'credited', trim_scale(n.credited), 'credited_net', rules.money_text(n.credited_net, o.currency::text),
      'to_invoice', trim_scale(greatest(l.received - k.for_credit - n.quantity + n.credited, 0))) order by l.number)
    from purchase_order_line l join model m on m.id = l.model_id join manufacturer f on f.id = m.manufacturer_id left join location lp on lp.id = l.deliver_to_id
    cross join lateral (select coalesce(sum(q.quantity), 0) as returned, coalesce(sum(q.quantity) filter (where w.expects = 'credit'), 0) as for_credit
      from vendor_return_line q join vendor_return w on w.id = q.vendor_return_id and w.status <> 'cancelled' where q.order_line_id = l.id) k
    cross join lateral (select coalesce(sum(q.quantity), 0) as quantity, coalesce(sum(q.net), 0) as net, coalesce(sum(g.quantity), 0) as credited, coalesce(sum(g.net), 0) as credited_net
      from invoice_line q join invoice w on w.id = q.invoice_id and w.status <> 'cancelled'
      left join lateral (select sum(y.quantity) as quantity, sum(y.net) as net from credit_note_line y join credit_note z on z.id = y.credit_note_id and z.status <> 'cancelled' where y.invoice_line_id = q.id) g on true
      where q.order_line_id = l.id) n
    where l.purchase_order_id = o.id), '[]') as lines,
  coalesce((select jsonb_agg(jsonb_build_object('code', rc.code, 'received_on', rc.received_on, 'receiver', p.name, 'location', rl.code, 'delivery_note', rc.delivery_note,
      'lines', (select coalesce(jsonb_agg(jsonb_build_object('id', x.id, 'line', xl.number, 'model', xm.name, 'quantity', trim_scale(x.quantity), 'at', x.at,
          'returned', trim_scale(coalesce((select sum(q.quantity) from vendor_return_line q join vendor_return w on w.id = q.vendor_return_id and w.status <> 'cancelled' where q.receipt_line_id = x.id), 0)),
          'reversed', x.reverses_id is not null or exists (select 1 from receipt_line u where u.reverses_id = x.id),
          'assets', coalesce((select jsonb_agg(jsonb_build_object('code', s.tag, 'serial', s.serial) order by s.tag) from asset s where s.receipt_line_id = x.id), '[]')) order by x.at, x.id), '[]')
        from receipt_line x join purchase_order_line xl on xl.id = x.order_line_id join model xm on xm.id = xl.model_id where x.receipt_id = rc.id)) order by rc.code)
    from receipt rc join person p on p.id = rc.receiver_id join location rl on rl.id = rc.location_id where rc.purchase_order_id = o.id), '[]') as receipts,
  coalesce(o.not_invoiced, false) as not_invoiced,
  coalesce((select jsonb_agg(jsonb_build_object('code', i.code, 'number', i.number, 'status', i.status, 'invoiced_on', i.invoiced_on, 'due_on', i.due_on, 'total', rules.money_text(i.total, i.currency::text), 'currency', i.currency,
      'credited', rules.money_text(coalesce((select sum(n.total) from credit_note n where n.invoice_id = i.id and n.status <> 'cancelled'), 0), i.currency::text),
      'held_for', (select jsonb_agg(distinct replace(d.kind, '_', ' ')) from match_difference d where d.invoice_id = i.id and d.release_id is null and i.status = 'held')) order by i.code)
    from invoice i where i.purchase_order_id = o.id), '[]') as invoices,
  coalesce((select jsonb_agg(jsonb_build_object('code', r.code, 'status', r.status, 'expects', r.expects, 'rma_number', r.rma_number, 'reason', r.reason, 'at', r.returned_at,
      'pieces', (select trim_scale(coalesce(sum(q.quantity), 0)) from vendor_return_line q where q.vendor_return_id = r.id)) order by r.code)
    from vendor_return r where r.purchase_order_id = o.id), '[]') as returns
from purchase_order o
join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id join location d on d.id = o.deliver_to_id join person r on r.id = o.requester_id
left join person a on a.id = o.approver_id left join budget b on b.id = o.budget_id
where o.id = $1
