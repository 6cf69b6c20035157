-- Ports of assets, the cables between them, and traces along both.
create table port (
  id uuid primary key,
  asset_id uuid not null references asset,
  kind text not null check (kind in ('interface', 'console', 'console_server', 'power_port', 'power_outlet', 'front', 'rear')),
  name text not null check (btrim(name) <> ''),
  type text not null default 'other',       -- the device-type library's vocabulary: 1000base-t, iec-60320-c14, lc
  label text not null default '',
  ordinal integer not null default 0,
  mgmt_only boolean not null default false,
  positions integer not null default 1 check (positions between 1 and 1024),  -- of a rear port: how many front ports it carries
  rear_port_id uuid references port,        -- of a front port: the rear port behind it
  rear_position integer check (rear_position > 0),
  maximum_draw_w integer check (maximum_draw_w >= 0),
  mac macaddr,
  description text not null default '',
  retired_at timestamptz,
  check ((rear_port_id is null) = (rear_position is null)),
  check (rear_port_id is null or kind = 'front')
);
create unique index port_name on port (asset_id, kind, name);
create unique index port_rear_position on port (rear_port_id, rear_position) where rear_port_id is not null;
create index port_mac on port (mac) where mac is not null;
select ledger.track('port');

-- An asset gets its ports from its model's components, all in one statement. Called by the operation that makes the asset.
create function rules.make_ports(p_assets uuid[]) returns bigint language plpgsql as $$
declare made bigint;
begin
  insert into public.port (id, asset_id, kind, name, type, label, ordinal, mgmt_only, positions, maximum_draw_w)
  select ledger.uuid_v7(), a.id, k.kind, c.value->>'name', coalesce(c.value->>'type', 'other'), coalesce(c.value->>'label', ''), c.ordinality,
         coalesce((c.value->>'mgmt_only')::boolean, false), coalesce((c.value->>'positions')::integer, 1), (c.value->>'maximum_draw')::integer
  from public.asset a
  join public.model m on m.id = a.model_id
  cross join (values ('interface', 'interfaces'), ('console', 'console-ports'), ('console_server', 'console-server-ports'),
                     ('power_port', 'power-ports'), ('power_outlet', 'power-outlets'), ('rear', 'rear-ports'), ('front', 'front-ports')) k (kind, key)
  cross join lateral jsonb_array_elements(coalesce(m.components->k.key, '[]')) with ordinality c
  where a.id = any(p_assets);
  get diagnostics made = row_count;
  update public.port f set rear_port_id = r.id, rear_position = coalesce((c.value->>'rear_port_position')::integer, 1)
  from public.asset a
  join public.model m on m.id = a.model_id
  cross join lateral jsonb_array_elements(coalesce(m.components->'front-ports', '[]')) c
  join public.port r on r.asset_id = a.id and r.kind = 'rear' and r.name = c.value->>'rear_port'
  where a.id = any(p_assets) and f.asset_id = a.id and f.kind = 'front' and f.name = c.value->>'name';
  return made;
end $$;

create sequence cable_number;
create table cable (
  id uuid primary key,
  code text not null check (code = upper(btrim(code)) and code <> ''),
  kind text not null default 'other',
  color text not null default '',
  length_m numeric(8, 2) check (length_m > 0),
  model_id uuid references model,
  label text not null default '',
  status text not null default 'connected' check (status in ('connected', 'planned', 'removed'))
);
create unique index cable_code on cable (code);
select ledger.track('cable');

create table cable_end (
  id uuid primary key,
  cable_id uuid not null references cable,
  side text not null check (side in ('a', 'b')),
  port_id uuid not null references port
);
create unique index cable_end_port on cable_end (port_id);   -- one cable for each port
create unique index cable_end_side on cable_end (cable_id, side);
select ledger.track('cable_end');

-- Which kinds of port a cable may join.
create function rules.cable_fits() returns trigger language plpgsql as $$
declare mine public.port%rowtype; other public.port%rowtype;
begin
  select * into mine from public.port where id = new.port_id;
  if mine.retired_at is not null then
    raise exception 'Port % is no longer there.', mine.name using errcode = 'QM030', constraint = 'qm-port-retired', hint = 'Choose another port.';
  end if;
  select p.* into other from public.cable_end e join public.port p on p.id = e.port_id where e.cable_id = new.cable_id and e.id <> new.id limit 1;
  if found and not (
       (mine.kind in ('interface', 'front', 'rear') and other.kind in ('interface', 'front', 'rear'))
    or (mine.kind in ('console', 'console_server', 'front', 'rear') and other.kind in ('console', 'console_server', 'front', 'rear') and (mine.kind, other.kind) not in (('console', 'console'), ('console_server', 'console_server')))
    or (mine.kind, other.kind) in (('power_port', 'power_outlet'), ('power_outlet', 'power_port'))) then
    raise exception 'A cable cannot join % % and % %.', replace(mine.kind, '_', ' '), mine.name, replace(other.kind, '_', ' '), other.name
      using errcode = 'QM031', constraint = 'qm-cable-kinds', hint = 'Network to network, console to console server, power inlet to power outlet; patch panels carry network and console.';
  end if;
  return new;
end $$;
create trigger cable_fits before insert or update on cable_end for each row execute function rules.cable_fits();
