-- $orders orders of two lines each that wait for somebody: drafts, approvals, vendors. They enter past the triggers, under one event, with the sums
-- that the triggers would have worked out; `quartermaster check` proves them afterwards.
begin;
select ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'import', 'purchase_order', null, null, null, null, 'bench', '{"subject": "purchase_orders"}');
set local session_replication_role = replica;
create temporary table made on commit drop as
  select ledger.uuid_v7() as id, n, current_setting('quartermaster.event')::uuid as event, (array['ordered', 'ordered', 'ordered', 'draft', 'ordered', 'cancelled', 'ordered', 'approved'])[1 + (hashint4(n + 3) & 7)] as status,
         now() - interval '300 days' + n * interval '2 minutes' as at, 1 + (hashint4(n) & 31) as quantity, 100 + (hashint4(n + 7) & 4095) as price
  from generate_series(1, $orders) n;
with vendors as (select id, row_number() over (order by code) - 1 as k from vendor where code like 'BULK-%'),
     teams as (select id, row_number() over (order by path) - 1 as k, count(*) over () as of from team where kind in ('team', 'sub_team'))
insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, approver_id, status, currency, net, tax, total, base_total, needed_by, created_at, submitted_at, approved_at, ordered_at, not_invoiced, opened_by, valid_from)
  select m.id, 'PO-' || to_char(m.at, 'YYYY') || '-' || 200000 + m.n, v.id, t.id, d.id, b.id, case when m.status in ('ordered', 'approved') then a.id end, m.status, 'EUR', m.quantity * m.price + 250, 0, m.quantity * m.price + 250, m.quantity * m.price + 250,
         m.at::date + 30, m.at, m.at + interval '1 hour', case when m.status in ('ordered', 'approved') then m.at + interval '1 day' end, case when m.status = 'ordered' then m.at + interval '2 days' end, false, m.event, now()
  from made m join vendors v on v.k = m.n % 20 join teams t on t.k = m.n % t.of, location d, person b, person a
  where d.code = 'WH1' and b.email = 'procurement@demo.example' and a.email = 'approver@demo.example';
insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price, net, tax, opened_by, valid_from)
  select ledger.uuid_v7(), m.id, k, x.id, 'pcs', case k when 1 then m.quantity else 50 end, case k when 1 then m.price else 5 end, case k when 1 then m.quantity * m.price else 250 end, 0, m.event, now()
  from made m, generate_series(1, 2) k join model x on x.part_number = (array['R740-2U-STD', 'CAB-LC-LC-3M'])[k];
commit;
