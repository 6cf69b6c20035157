-- An invoice with its lines beside what was ordered and received; $1 is its id. Tables unqualified: the same text reads the past.
select i.id, i.opened_by::text as version, i.code, i.number, i.status,
  jsonb_build_object('code', v.code, 'name', v.name) as vendor, o.code as order, o.status as order_status, jsonb_build_object('code', t.code, 'name', t.name) as team, o.team_id, b.code as budget,
  i.invoiced_on, i.due_on, i.currency::text as currency, o.currency::text as order_currency, trim_scale(i.exchange_rate)::text as exchange_rate,
  i.total, rules.money_text(i.net, i.currency::text) as net, rules.money_text(i.tax, i.currency::text) as tax,
  rules.money_text(c.total, i.currency::text) as credited, rules.money_text(i.total - c.total, i.currency::text) as left_to_pay, (i.total > c.total) as creditable,
  i.notes, p.name as entered_by, i.entered_at, i.approved_at, i.paid_on, i.payment_reference,
  coalesce((select jsonb_agg(jsonb_build_object('kind', d.kind, 'says', rules.difference_text(d.kind, d.expected, d.found, i.currency::text, o.currency::text), 'excess', trim_scale(d.excess)::text, 'released_by', rp.name, 'release_reason', r.reason) order by d.kind)
    from match_difference d left join invoice_release r on r.id = d.release_id left join person rp on rp.id = r.person_id where d.invoice_id = i.id and d.invoice_line_id is null), '[]') as differences,
  coalesce((select jsonb_agg(jsonb_build_object('number', x.number, 'kind', x.kind, 'order_line', l.number, 'model', m.name, 'part_number', m.part_number, 'description', x.description, 'unit', l.unit,
      'ordered', trim_scale(l.quantity - coalesce(l.cancelled, 0)), 'received', trim_scale(l.received), 'returned', trim_scale(coalesce(k.returned, 0)), 'invoiced', trim_scale(coalesce(a.quantity, 0)),
      'order_price', l.unit_price::text, 'order_discount', trim_scale(coalesce(l.discount_percent, 0))::text, 'order_tax', trim_scale(coalesce(l.tax_percent, 0))::text,
      'quantity', trim_scale(x.quantity), 'unit_price', x.unit_price::text, 'discount_percent', trim_scale(x.discount_percent)::text, 'tax_percent', trim_scale(x.tax_percent)::text,
      'net', rules.money_text(x.net, i.currency::text), 'tax', rules.money_text(x.tax, i.currency::text), 'credited', trim_scale(coalesce(g.quantity, 0)), 'credited_net', rules.money_text(coalesce(g.net, 0), i.currency::text),
      'differences', coalesce((select jsonb_agg(jsonb_build_object('kind', d.kind, 'says', rules.difference_text(d.kind, d.expected, d.found, i.currency::text, o.currency::text), 'excess', trim_scale(d.excess)::text, 'released_by', rp.name, 'release_reason', r.reason) order by d.kind)
        from match_difference d left join invoice_release r on r.id = d.release_id left join person rp on rp.id = r.person_id where d.invoice_line_id = x.id), '[]')) order by x.number)
    from invoice_line x left join purchase_order_line l on l.id = x.order_line_id left join model m on m.id = l.model_id
    left join lateral (select sum(q.quantity) as quantity, sum(q.net) as net from credit_note_line q join credit_note n on n.id = q.credit_note_id and n.status <> 'cancelled' where q.invoice_line_id = x.id) g on true
    left join lateral (select sum(q.quantity) as returned from vendor_return_line q join vendor_return w on w.id = q.vendor_return_id and w.status <> 'cancelled' and w.expects = 'credit' where q.order_line_id = l.id) k on true
    left join lateral (select sum(q.quantity - coalesce((select sum(y.quantity) from credit_note_line y join credit_note n on n.id = y.credit_note_id and n.status <> 'cancelled' where y.invoice_line_id = q.id), 0)) as quantity
      from invoice_line q join invoice w on w.id = q.invoice_id and w.status <> 'cancelled' where q.order_line_id = l.id) a on true
    where x.invoice_id = i.id), '[]') as lines,
  coalesce((select jsonb_agg(jsonb_build_object('person', rp.name, 'reason', r.reason, 'at', r.at) order by r.at) from invoice_release r join person rp on rp.id = r.person_id where r.invoice_id = i.id), '[]') as releases,
  coalesce((select jsonb_agg(jsonb_build_object('code', n.code, 'number', n.number, 'status', n.status, 'credited_on', n.credited_on, 'reason', n.reason, 'total', rules.money_text(n.total, i.currency::text), 'return', w.code) order by n.code)
    from credit_note n left join vendor_return w on w.id = n.vendor_return_id where n.invoice_id = i.id), '[]') as credit_notes
from invoice i join purchase_order o on o.id = i.purchase_order_id join vendor v on v.id = i.vendor_id join team t on t.id = o.team_id join person p on p.id = i.entered_by_id left join budget b on b.id = o.budget_id
cross join lateral (select coalesce(sum(n.total), 0) as total from credit_note n where n.invoice_id = i.id and n.status <> 'cancelled') c
where i.id = $1
