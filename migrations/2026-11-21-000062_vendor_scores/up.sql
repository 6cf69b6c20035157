-- How well a vendor delivers, worked out of orders, receipts and assets as they stand, now or as of a moment. Nothing is kept: a figure
-- that is stored can be wrong.

create index if not exists asset_receipt_line on asset (receipt_line_id) where receipt_line_id is not null;
select ledger.track('asset', (select personal from ledger.tracked where table_name = 'asset'));

-- Every line of the orders that went out to a vendor: when it was due, and when it was complete.
-- due_on: the line's day, else the order's, else as many days after ordering as the model or the vendor usually takes; none where nobody said.
-- complete_on: the day on which as much had arrived as was ordered; what was given up never comes. finished_on: complete, or its order closed.
create function rules.vendor_lines(p_vendor uuid) returns table (line_id uuid, model_id uuid, ordered_on date, due_on date, ordered numeric, received numeric, complete_on date, finished_on date) language sql stable as $$
  select l.id, l.model_id, o.ordered_at::date, coalesce(l.needed_by, o.needed_by, o.ordered_at::date + coalesce(t.days, v.lead_time_days)), l.quantity, l.received,
         case when l.received >= l.quantity then r.complete_on end,
         case when l.received >= l.quantity then r.last_on when o.status = 'closed' then coalesce(r.last_on, o.ordered_at::date) end
  from purchase_order o
  join vendor v on v.id = o.vendor_id
  join purchase_order_line l on l.purchase_order_id = o.id
  left join vendor_lead_time t on t.vendor_id = o.vendor_id and t.model_id = l.model_id
  left join lateral (
    select max(a.day) filter (where a.after >= l.quantity and a.after - a.quantity < l.quantity) as complete_on, max(a.day) as last_on
    from (select c.received_on as day, x.quantity, sum(x.quantity) over (order by x.at, x.id) as after from receipt_line x join receipt c on c.id = x.receipt_id where x.order_line_id = l.id) a) r on true
  where o.vendor_id = p_vendor and o.ordered_at is not null and o.status in ('ordered', 'partly_received', 'received', 'closed')
$$;

-- A vendor's figures in a period, each as the count and what it is a count of.
-- dead: sent to repair before it was ever in service.
create function rules.vendor_scores(p_vendor uuid, p_from date, p_to date)
returns table (due bigint, on_time bigint, finished bigint, exact bigint, completed bigint, lead_days numeric, arrived bigint, dead bigint) language sql stable as $$
  select l.due, l.on_time, l.finished, l.exact, l.completed, l.lead_days, a.arrived, a.dead
  from (select count(*) filter (where due_on between p_from and p_to) as due,
               count(*) filter (where due_on between p_from and p_to and complete_on <= due_on) as on_time,
               count(*) filter (where finished_on between p_from and p_to) as finished,
               count(*) filter (where finished_on between p_from and p_to and received = ordered) as exact,
               count(*) filter (where complete_on between p_from and p_to) as completed,
               round(avg(complete_on - ordered_on) filter (where complete_on between p_from and p_to), 1) as lead_days
        from rules.vendor_lines(p_vendor)) l
  cross join (
    select count(*) as arrived, count(*) filter (where exists (
             select 1 from event e where e.subject_id = s.id and e.action = 'asset.change_state' and e.details->>'to' = 'in_repair'
               and not exists (select 1 from event b where b.subject_id = s.id and b.action = 'asset.change_state' and b.details->>'to' = 'in_service' and b.at < e.at))) as dead
    from purchase_order o join purchase_order_line l on l.purchase_order_id = o.id join receipt_line x on x.order_line_id = l.id join receipt c on c.id = x.receipt_id join asset s on s.receipt_line_id = x.id
    where o.vendor_id = p_vendor and c.received_on between p_from and p_to and not exists (select 1 from receipt_line u where u.reverses_id = x.id)) a
$$;
