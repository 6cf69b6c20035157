-- What can be bought: manufacturers and their models.
create table manufacturer (
  id uuid primary key,
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]*$'),
  name text not null check (btrim(name) <> ''),
  retired_at timestamptz
);
create unique index manufacturer_code on manufacturer (code);
create unique index manufacturer_name on manufacturer (lower(name));
select ledger.track('manufacturer');

create table model (
  id uuid primary key,
  code text not null check (code ~ '^[a-z0-9][a-z0-9._+-]*$'),
  manufacturer_id uuid not null references manufacturer,
  name text not null check (btrim(name) <> ''),
  kind text not null check (kind in ('device', 'module', 'cable', 'consumable', 'part', 'software')),
  part_number text,
  tracking text not null check (tracking in ('serialised', 'counted', 'none')),
  unit text not null default 'pcs' check (unit in ('pcs', 'm', 'seat')),
  category text not null default '',
  u_height numeric(4, 1) not null default 0 check (u_height >= 0 and u_height * 2 = trunc(u_height * 2)),
  is_full_depth boolean not null default false,
  subdevice_role text check (subdevice_role in ('parent', 'child')),
  weight_kg numeric(9, 3) check (weight_kg >= 0),
  power_draw_w integer check (power_draw_w >= 0),   -- nameplate: the sum of its power inlets' maximum draw, or as entered
  airflow text,
  has_storage boolean not null default false,
  -- Component templates in the vocabulary of the device-type library: console-ports, console-server-ports, power-ports,
  -- power-outlets, interfaces, front-ports, rear-ports, module-bays, device-bays, inventory-items.
  components jsonb not null default '{}',
  description text not null default '',
  comments text not null default '',
  source text not null default 'entered',
  retired_at timestamptz,
  check (kind <> 'software' or tracking = 'none')
);
create unique index model_code on model (code);
create unique index model_name on model (manufacturer_id, kind, lower(name));
create index model_part_number on model (lower(part_number));
create index model_search on model using gin (lower(name || ' ' || coalesce(part_number, '')) gin_trgm_ops);
select ledger.track('model');

-- Other part numbers under which vendors and labels know a model.
create table part_number (
  id uuid primary key,
  model_id uuid not null references model,
  value text not null check (btrim(value) <> ''),
  kind text not null default 'manufacturer' check (kind in ('manufacturer', 'vendor', 'customer', 'gtin'))
);
create unique index part_number_once on part_number (model_id, kind, lower(value));
create index part_number_value on part_number (lower(value));
select ledger.track('part_number');
