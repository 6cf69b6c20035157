-- Keys that tests can name.
create function test_key(name text) returns uuid language sql immutable as $$ select md5(name)::uuid $$;
-- A tag that is well formed; its check character is of no matter to the database.
create function test_tag(n integer) returns text language sql immutable as $$ select 'A-' || lpad((900000 + n)::text, 6, '0') || '-X' $$;
-- The approver agrees to an order that was submitted.
create function test_approve(bought uuid) returns void language sql as $$
  insert into approval (id, purchase_order_id, requester_id, team_id, total, currency) select test_key(bought || ' approval'), id, requester_id, team_id, total, currency from purchase_order where id = bought;
  insert into approval_step (id, approval_id, number, name, mode) values (test_key(bought || ' step'), test_key(bought || ' approval'), 1, 'Approval', 'one');
  insert into approval_decision (id, approval_id, step_id, person_id, for_person_id, agreed)
    values (test_key(bought || ' decision'), test_key(bought || ' approval'), test_key(bought || ' step'), test_key('approver'), test_key('approver'), true);
  update purchase_order set status = 'approved', approver_id = test_key('approver'), approval_id = test_key(bought || ' approval') where id = bought;
$$;
begin;
select ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'test.company', 'test', null, null, null, null, null, '{}');
create function test_team() returns uuid language sql stable as $$ select id from team where kind = 'organisation' $$;
create function test_person() returns uuid language sql stable as $$ select id from person order by valid_from limit 1 $$;
insert into person (id, name) values (test_key('approver'), 'Somebody else');
insert into account (id) values (test_key('approver'));
insert into role_grant (id, person_id, role, team_id) values (test_key('approver''s role'), test_key('approver'), 'approver', test_team());
insert into team (id, code, name, kind, parent_id, path) values (test_key('team'), 'A-2', 'Team', 'team', test_team(), '');
insert into manufacturer (id, code, name) values (test_key('maker'), 'maker', 'Maker');
insert into model (id, code, manufacturer_id, name, kind, tracking, u_height, is_full_depth, components) values
  (test_key('server'), 'maker-server', test_key('maker'), 'Server', 'device', 'serialised', 2, true, '{"interfaces": [{"name": "eth0", "type": "1000base-t"}]}'),
  (test_key('cable'), 'maker-cable', test_key('maker'), 'Cable', 'cable', 'counted', 0, false, '{}'),
  (test_key('title'), 'maker-title', test_key('maker'), 'Title', 'software', 'none', 0, false, '{}');
insert into location (id, code, name, kind, bin_kind, parent_id, path) values
  (test_key('site'), 'T1', 'Site', 'site', null, null, ''),
  (test_key('room'), 'T1-R', 'Room', 'room', null, test_key('site'), ''),
  (test_key('rack'), 'T1-R-01', 'Rack', 'rack', null, test_key('room'), ''),
  (test_key('warehouse'), 'T1-W', 'Warehouse', 'warehouse', null, test_key('site'), ''),
  (test_key('bin'), 'T1-W-B1', 'Bin', 'bin', 'receiving', test_key('warehouse'), ''),
  (test_key('shelf'), 'T1-W-B2', 'Shelf', 'bin', 'storage', test_key('warehouse'), '');
insert into rack (id, u_height, width_inches) values (test_key('rack'), 42, 19);
insert into vendor (id, code, name, currency) values (test_key('vendor'), 'VND', 'Vendor', 'EUR');
insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency)
  values (test_key('order'), 'PO-2026-90001', test_key('vendor'), test_team(), test_key('warehouse'), test_person(), 'EUR');
insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price) values
  (test_key('line of servers'), test_key('order'), 1, test_key('server'), 'pcs', 4, 1000),
  (test_key('line of cables'), test_key('order'), 2, test_key('cable'), 'pcs', 10, 5),
  (test_key('line of seats'), test_key('order'), 3, test_key('title'), 'seat', 2, 300);
update purchase_order set status = 'submitted' where id = test_key('order');
select test_approve(test_key('order'));
update purchase_order set status = 'ordered' where id = test_key('order');
insert into receipt (id, code, purchase_order_id, receiver_id, location_id, received_on)
  values (test_key('receipt'), 'GR-2026-90001', test_key('order'), test_person(), test_key('bin'), current_date);
insert into asset (id, tag, model_id, manufacturer_id, serial, team_id, place, location_id)
  select test_key('server ' || n), test_tag(n), test_key('server'), test_key('maker'), 'SER' || n, test_team(), 'location', test_key('shelf') from generate_series(1, 40) n;
select rules.make_ports(array(select id from asset));
insert into entitlement (id, code, model_id, team_id, order_line_id, metric, seats, starts_on)
  values (test_key('entitlement'), 'ENT-90001', test_key('title'), test_team(), test_key('line of seats'), 'device', 2, current_date);
commit;
