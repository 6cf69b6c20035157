-- Assets (one serialised thing each) and stock (counted quantities), and how both move.
create sequence asset_number;

-- Serials as they are compared: upper case, no blanks.
create function rules.serial_key(serial text) returns text language sql immutable parallel safe as $$
  select nullif(upper(regexp_replace(serial, '\s', '', 'g')), '')
$$;
-- What firmware prints where nobody entered a serial.
create function rules.is_placeholder(serial text) returns boolean language sql immutable parallel safe as $$
  select lower(btrim(serial)) in ('', 'default string', 'to be filled by o.e.m.', 'to be filled by oem', 'builtin', 'not specified', 'not provided', 'none', 'n/a', 'na',
    'unknown', 'system serial number', 'chassis serial number', 'base board serial number', '0123456789', '123456789', '1234567890', 'xxxxxxxxxx', 'invalid', 'null', 'o.e.m.')
    or btrim(serial) ~ '^(0+|[.]+|-+|[*]+)$'
$$;

create table asset (
  id uuid primary key,
  tag text not null check (tag ~ '^A-[0-9]{6,}-[0-9A-Z]$'),   -- with its ISO/IEC 7064 MOD 37,36 check character
  model_id uuid not null references model,
  manufacturer_id uuid not null references manufacturer,
  component_role text not null default 'system' check (component_role ~ '^[a-z_]+$'),
  serial text check (serial = btrim(serial) and serial <> '' and not rules.is_placeholder(serial)),
  serial_key text generated always as (rules.serial_key(serial)) stored,
  serial_exception text check (btrim(serial_exception) <> ''),  -- why this serial may stand twice (multi-node chassis, returned unit)
  name text check (name = btrim(name) and name <> ''),
  status text not null default 'received',
  team_id uuid not null references team,
  custodian_id uuid references person,

  -- The one place it is in. place says which of the columns below holds it.
  place text not null check (place in ('location', 'rack', 'asset', 'person', 'in_transit', 'vendor', 'gone')),
  location_id uuid references location,     -- a bin, a room; in transit: where it goes
  rack_id uuid references location,
  rack_units int4range,                     -- in half units from the bottom: U17, two units high, is [34,38)
  rack_faces int4range,                     -- front [0,1), rear [1,2), both [0,2)
  in_asset_id uuid references asset,
  bay text,
  with_person_id uuid references person,
  at_vendor_id uuid references vendor,

  order_line_id uuid references purchase_order_line,
  receipt_line_id uuid references receipt_line,
  unit_cost numeric(18, 4) check (unit_cost >= 0),
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  received_at timestamptz,
  received_by uuid references person,
  warranty_ends date,
  function text not null default '',
  classification text not null default '',
  verified_at timestamptz,
  verified_by uuid references person,
  verified_how text check (verified_how in ('receipt', 'scan', 'move', 'audit', 'machine')),
  lot text not null default '',
  country text not null default '',
  notes text not null default '',

  constraint one_place check (case place
    when 'location'   then location_id is not null and num_nonnulls(rack_id, rack_units, rack_faces, in_asset_id, with_person_id, at_vendor_id) = 0
    when 'rack'       then rack_id is not null and num_nonnulls(location_id, in_asset_id, with_person_id, at_vendor_id) = 0 and (rack_units is null) = (rack_faces is null)
    when 'asset'      then in_asset_id is not null and num_nonnulls(location_id, rack_id, rack_units, rack_faces, with_person_id, at_vendor_id) = 0
    when 'person'     then with_person_id is not null and num_nonnulls(location_id, rack_id, rack_units, rack_faces, in_asset_id, at_vendor_id) = 0
    when 'in_transit' then location_id is not null and num_nonnulls(rack_id, rack_units, rack_faces, in_asset_id, with_person_id, at_vendor_id) = 0
    when 'vendor'     then at_vendor_id is not null and num_nonnulls(location_id, rack_id, rack_units, rack_faces, in_asset_id, with_person_id) = 0
    when 'gone'       then num_nonnulls(location_id, rack_id, rack_units, rack_faces, in_asset_id, with_person_id, at_vendor_id) = 0 end),
  constraint gone_is_nowhere check ((status = 'gone') = (place = 'gone')),
  constraint bay_in_asset check (bay is null or in_asset_id is not null),
  constraint not_inside_itself check (in_asset_id <> id),
  constraint cost_has_currency check ((unit_cost is null) = (currency is null)),
  constraint faces_exist check (rack_faces <@ int4range(0, 2) and not isempty(rack_faces)),
  constraint units_exist check (not isempty(rack_units) and lower(rack_units) >= 2),
  constraint no_overlap_in_rack exclude using gist (rack_id with =, rack_faces with &&, rack_units with &&) where (rack_units is not null)
);
create unique index asset_tag on asset (tag);
create unique index asset_serial on asset (manufacturer_id, component_role, serial_key) where status <> 'gone' and serial_exception is null;
create index asset_serial_key on asset (serial_key);
create unique index asset_bay on asset (in_asset_id, bay) where bay is not null;
create index asset_status on asset (status, tag);
create index asset_team on asset (team_id, tag);
create index asset_model on asset (model_id, tag);
create index asset_location on asset (location_id, tag) where location_id is not null;
create index asset_rack on asset (rack_id) where rack_id is not null;
create index asset_received on asset (received_at, id);
create index asset_order_line on asset (order_line_id) where order_line_id is not null;
create index asset_search on asset using gin ((lower(tag || ' ' || coalesce(serial, '') || ' ' || coalesce(name, ''))) gin_trgm_ops);

insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('asset', '', 'announce', 'expected', 'Announce', '{warehouse,procurement}', 0),
  ('asset', '', 'receive', 'received', 'Receive', '{warehouse}', 0),
  ('asset', '', 'enter', 'ready', 'Enter', '{warehouse}', 0),
  ('asset', '', 'enter_in_service', 'in_service', 'Enter in service', '{warehouse,technician}', 0),
  ('asset', 'expected', 'receive', 'received', 'Receive', '{warehouse}', 1),
  ('asset', 'expected', 'cancel', 'gone', 'Will not come', '{warehouse,procurement}', 9),
  ('asset', 'received', 'test', 'in_test', 'Start testing', '{technician}', 2),
  ('asset', 'received', 'make_ready', 'ready', 'Ready for use', '{warehouse,technician}', 3),
  ('asset', 'received', 'deploy', 'in_service', 'Put into service', '{technician}', 4),
  ('asset', 'in_test', 'make_ready', 'ready', 'Passed: ready for use', '{technician}', 3),
  ('asset', 'in_test', 'repair', 'in_repair', 'Failed: send to repair', '{technician,warehouse}', 5),
  ('asset', 'ready', 'test', 'in_test', 'Test again', '{technician}', 4),
  ('asset', 'ready', 'deploy', 'in_service', 'Put into service', '{technician}', 2),
  ('asset', 'in_service', 'undeploy', 'ready', 'Take out of service', '{technician,warehouse}', 2),
  ('asset', 'received', 'repair', 'in_repair', 'Send to repair', '{warehouse,technician}', 6),
  ('asset', 'ready', 'repair', 'in_repair', 'Send to repair', '{warehouse,technician}', 6),
  ('asset', 'in_service', 'repair', 'in_repair', 'Send to repair', '{warehouse,technician}', 6),
  ('asset', 'in_repair', 'make_ready', 'ready', 'Repaired: ready for use', '{warehouse,technician}', 2),
  ('asset', 'received', 'retire', 'retired', 'Retire', '{warehouse}', 8),
  ('asset', 'in_test', 'retire', 'retired', 'Retire', '{warehouse}', 8),
  ('asset', 'ready', 'retire', 'retired', 'Retire', '{warehouse}', 8),
  ('asset', 'in_repair', 'retire', 'retired', 'Retire', '{warehouse}', 8),
  ('asset', 'retired', 'reinstate', 'ready', 'Bring back', '{warehouse}', 7),
  ('asset', 'retired', 'dispose', 'gone', 'Dispose of', '{warehouse}', 9),
  ('asset', 'received', 'undo_receipt', 'gone', 'Undo the receipt', '{}', 10);
create trigger lifecycle before insert or update of status on asset for each row execute function rules.check_transition('asset');

-- An asset's manufacturer is its model's; nothing stands inside itself, however deep.
create function rules.asset_facts() returns trigger language plpgsql as $$
begin
  select manufacturer_id into new.manufacturer_id from public.model where id = new.model_id;
  if new.in_asset_id is not null and exists (
    with recursive up as (
      select id, in_asset_id from public.asset where id = new.in_asset_id
      union select a.id, a.in_asset_id from public.asset a join up on a.id = up.in_asset_id)
    select 1 from up where id = new.id) then
    raise exception '% cannot be inside itself.', new.tag
      using errcode = 'QM014', constraint = 'qm-inside-itself', hint = 'Take the outer asset out of the inner one first.';
  end if;
  return new;
end $$;
create trigger facts before insert or update of model_id, in_asset_id on asset for each row execute function rules.asset_facts();
select ledger.track('asset');

-- Every other name of an asset: service tag, MAC, WWN, the code that a vendor printed.
create table asset_alias (
  id uuid primary key,
  asset_id uuid not null references asset,
  kind text not null check (kind in ('service_tag', 'express_service_code', 'board_serial', 'chassis_serial', 'mac', 'wwn', 'uuid', 'giai', 'vendor_code', 'old_tag', 'other')),
  value text not null check (value = btrim(value) and value <> '' and not rules.is_placeholder(value)),
  value_key text not null generated always as (rules.serial_key(value)) stored
);
create unique index asset_alias_once on asset_alias (kind, value_key);
create index asset_alias_value on asset_alias (value_key);
create index asset_alias_asset on asset_alias (asset_id);
select ledger.track('asset_alias');

-- How much of a model is where. Kept by movements alone.
create table stock_level (
  model_id uuid not null references model,
  location_id uuid not null references location,
  team_id uuid not null references team,
  lot text not null default '',
  quantity numeric(14, 3) not null constraint stock_not_negative check (quantity >= 0),
  primary key (model_id, location_id, team_id, lot)
);
create index stock_level_location on stock_level (location_id);

-- Every change of quantity is a movement from somewhere to somewhere.
create table stock_movement (
  id uuid primary key,
  model_id uuid not null references model,
  team_id uuid not null references team,
  lot text not null default '',
  quantity numeric(14, 3) not null check (quantity > 0),
  from_kind text not null check (from_kind in ('location', 'vendor', 'consumption', 'adjustment', 'scrap')),
  from_location_id uuid references location,
  to_kind text not null check (to_kind in ('location', 'vendor', 'consumption', 'adjustment', 'scrap')),
  to_location_id uuid references location,
  receipt_line_id uuid references receipt_line,
  unit_cost numeric(18, 4) check (unit_cost >= 0),
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  reason text not null default '',
  at timestamptz not null default clock_timestamp(),
  check ((from_kind = 'location') = (from_location_id is not null)),
  check ((to_kind = 'location') = (to_location_id is not null)),
  check (from_kind = 'location' or to_kind = 'location'),
  check (from_location_id <> to_location_id)
);
create index stock_movement_model on stock_movement (model_id, at);
create index stock_movement_from on stock_movement (from_location_id, at) where from_location_id is not null;
create index stock_movement_to on stock_movement (to_location_id, at) where to_location_id is not null;
create index stock_movement_receipt on stock_movement (receipt_line_id) where receipt_line_id is not null;
select ledger.insert_only('stock_movement');

-- Takes from one level and adds to the other in the order of their locations, so that two opposite movements never deadlock.
create function rules.move_stock() returns trigger language plpgsql as $$
declare
  taking_first boolean := new.to_location_id is null or (new.from_location_id is not null and new.from_location_id < new.to_location_id);
  there numeric;
begin
  if (select unit from public.model where id = new.model_id) <> 'm' and new.quantity <> trunc(new.quantity) then
    raise exception 'Pieces are counted whole; % is not.', new.quantity
      using errcode = 'QM015', constraint = 'qm-whole-pieces', hint = 'Give a whole number.';
  end if;
  for step in 1..2 loop
    if (step = 1) = taking_first and new.from_location_id is not null then
      select quantity into there from public.stock_level
        where model_id = new.model_id and location_id = new.from_location_id and team_id = new.team_id and lot = new.lot for update;
      if not found or there < new.quantity then
        raise exception 'There are only % of it in %, not %.', trim_scale(coalesce(there, 0)), (select code from public.location where id = new.from_location_id), trim_scale(new.quantity)
          using errcode = 'QM016', constraint = 'qm-not-enough-stock', hint = 'Take fewer, or count the bin.';
      end if;
      update public.stock_level set quantity = quantity - new.quantity
        where model_id = new.model_id and location_id = new.from_location_id and team_id = new.team_id and lot = new.lot;
    elsif (step = 1) <> taking_first and new.to_location_id is not null then
      insert into public.stock_level as s (model_id, location_id, team_id, lot, quantity)
        values (new.model_id, new.to_location_id, new.team_id, new.lot, new.quantity)
        on conflict (model_id, location_id, team_id, lot) do update set quantity = s.quantity + excluded.quantity;
    end if;
  end loop;
  return new;
end $$;
create trigger move_stock after insert on stock_movement for each row execute function rules.move_stock();
create function rules.levels_by_movements_only() returns trigger language plpgsql as $$
begin
  -- Deeper than one trigger: not a statement of somebody's, but the movement's own.
  if pg_trigger_depth() < 2 then
    raise exception 'Stock levels change by movements only.'
      using errcode = 'QM017', constraint = 'qm-levels-by-movements', hint = 'Insert a stock movement; an adjustment is one too.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger by_movements_only before insert or update or delete on stock_level for each row execute function rules.levels_by_movements_only();
create trigger by_movements_only_truncate before truncate on stock_level for each statement execute function rules.levels_by_movements_only();
select ledger.track('stock_movement');

-- Levels as of a moment are the sum of the movements up to it.
create view asof.stock_level as
  select model_id, location_id, team_id, lot, sum(quantity)::numeric(14, 3) as quantity from (
    select model_id, to_location_id as location_id, team_id, lot, quantity from asof.stock_movement where to_location_id is not null
    union all
    select model_id, from_location_id, team_id, lot, -quantity from asof.stock_movement where from_location_id is not null) m
  group by model_id, location_id, team_id, lot;

-- Scans that nobody could place, for somebody to work off.
create table unknown_scan (
  id uuid primary key,
  text text not null,                       -- as it came, control characters as their Unicode pictures
  person_id uuid references person,
  device text,
  task text,
  status text not null default 'open' check (status in ('open', 'resolved', 'redacted')),
  resolution text,
  seen integer not null default 1 check (seen > 0),
  first_at timestamptz not null default clock_timestamp()
);
create unique index unknown_scan_open on unknown_scan (md5(text)) where status = 'open';
create index unknown_scan_status on unknown_scan (status, first_at);
select ledger.track('unknown_scan');
