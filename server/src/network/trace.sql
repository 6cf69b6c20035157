-- From a port along cables and through patch panels to the ends. $1 is the port. Each step is one port; via says how it was reached:
-- start, cable (by this cable), panel (from a front port to the rear port behind it, or back out of the front port at the same position).
-- A rear port carries several fronts: position remembers which one the trace is on. A port is never visited twice; 64 steps at the most.
-- From a panel's port the walk goes two ways, which seen[2] tells apart; the one along the cable is the trace.
with recursive walk as (
  select p.id, p.kind, 0 as step, 'start'::text as via, null::uuid as cable_id, array[p.id] as seen, p.rear_position as position
  from port p where p.id = $1
  union all
  select n.id, n.kind, w.step + 1, n.via, n.cable_id, w.seen || n.id, n.position
  from walk w
  cross join lateral (
    select fp.id, fp.kind, 'cable' as via, e.cable_id, coalesce(fp.rear_position, w.position) as position
    from cable_end e join cable_end f on f.cable_id = e.cable_id and f.id <> e.id join port fp on fp.id = f.port_id
    where e.port_id = w.id and w.via <> 'cable'
    union all
    select r.id, r.kind, 'panel', null, me.rear_position from port me join port r on r.id = me.rear_port_id where me.id = w.id and w.kind = 'front' and w.via <> 'panel'
    union all
    select fr.id, fr.kind, 'panel', null, fr.rear_position from port fr where fr.rear_port_id = w.id and w.kind = 'rear' and fr.rear_position = coalesce(w.position, 1) and w.via <> 'panel'
  ) n
  where w.step < 64 and not n.id = any(w.seen)
)
select w.step, w.via, p.id as port_id, p.name as port, p.kind, p.type as type_, a.tag as asset, coalesce(a.name, m.name) as asset_name, l.code as rack, c.code as cable, c.kind as cable_kind, c.color, c.length_m
from (select * from walk where step = 0 or seen[2] = (select id from walk where step = 1 order by via limit 1)) w join port p on p.id = w.id join asset a on a.id = p.asset_id join model m on m.id = a.model_id left join location l on l.id = a.rack_id left join cable c on c.id = w.cable_id
order by w.step, p.id
