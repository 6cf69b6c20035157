-- What the dock reported counts: a line of which something came damaged, wrong or not at all, or was refused, was not delivered as ordered;
-- what came damaged, and what was refused at the door, was dead on arrival. A receipt that was undone takes its report along.
create or replace function rules.vendor_scores(p_vendor uuid, p_from date, p_to date)
returns table (due bigint, on_time bigint, finished bigint, exact bigint, completed bigint, lead_days numeric, arrived bigint, dead bigint) language sql stable as $$
  with reported as (
    select d.order_line_id, d.kind, d.quantity, d.reported_at::date as day, m.tracking
    from discrepancy d join purchase_order o on o.id = d.purchase_order_id join purchase_order_line l on l.id = d.order_line_id join model m on m.id = l.model_id
    where o.vendor_id = p_vendor and d.kind in ('damaged', 'wrong_item', 'refused', 'missing') and not exists (select 1 from receipt_line u where u.reverses_id = d.receipt_line_id))
  select l.due, l.on_time, l.finished, l.exact, l.completed, l.lead_days, a.arrived + r.pieces, a.dead + r.pieces
  from (select count(*) filter (where due_on between p_from and p_to) as due,
               count(*) filter (where due_on between p_from and p_to and complete_on <= due_on) as on_time,
               count(*) filter (where finished_on between p_from and p_to) as finished,
               count(*) filter (where finished_on between p_from and p_to and received = ordered and not exists (select 1 from reported d where d.order_line_id = line_id)) as exact,
               count(*) filter (where complete_on between p_from and p_to) as completed,
               round(avg(complete_on - ordered_on) filter (where complete_on between p_from and p_to), 1) as lead_days
        from rules.vendor_lines(p_vendor)) l
  cross join (
    select count(*) as arrived, count(*) filter (where coalesce(x.condition, 'good') = 'damaged' or exists (
             select 1 from (select e.at from event e where e.subject_id = s.id and e.action = 'asset.change_state' and e.details->>'to' = 'in_repair'
                            union all select r.returned_at from vendor_return_asset v join vendor_return_line w on w.id = v.vendor_return_line_id join vendor_return r on r.id = w.vendor_return_id
                              where v.asset_id = s.id and r.status <> 'cancelled') f
             where not exists (select 1 from event b where b.subject_id = s.id and b.action = 'asset.change_state' and b.details->>'to' = 'in_service' and b.at < f.at))) as dead
    from purchase_order o join purchase_order_line l on l.purchase_order_id = o.id join receipt_line x on x.order_line_id = l.id join receipt c on c.id = x.receipt_id join asset s on s.receipt_line_id = x.id
    where o.vendor_id = p_vendor and c.received_on between p_from and p_to and not exists (select 1 from receipt_line u where u.reverses_id = x.id)) a
  cross join (
    select coalesce(sum(d.quantity), 0)::bigint as pieces from reported d where d.kind = 'refused' and d.tracking = 'serialised' and d.day between p_from and p_to) r
$$;
