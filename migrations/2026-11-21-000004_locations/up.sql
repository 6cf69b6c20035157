-- Where things can be: site > building > room > row > rack, and warehouse > zone > bin.
create table location (
  id uuid primary key,
  code text not null check (code = upper(btrim(code)) and code ~ '^[A-Z0-9][A-Z0-9.-]*$'),
  name text not null check (btrim(name) <> ''),
  kind text not null check (kind in ('site', 'building', 'room', 'row', 'rack', 'warehouse', 'zone', 'bin')),
  bin_kind text check (bin_kind in ('receiving', 'storage', 'quarantine', 'repair', 'staging', 'scrap')),
  parent_id uuid references location,
  path text not null,                       -- ids from the root down, each followed by '/'
  team_id uuid references team,
  address text not null default '',
  retired_at timestamptz,
  check ((kind = 'bin') = (bin_kind is not null)),
  check ((kind = 'site') = (parent_id is null))
);
create unique index location_code on location (code);
create index location_parent on location (parent_id);
create index location_path on location (path text_pattern_ops);
create index location_kind on location (kind, code);

-- What may stand in what, and the path down to it.
create function rules.location_parent() returns trigger language plpgsql as $$
declare up public.location%rowtype;
begin
  if new.parent_id is null then
    new.path := new.id || '/';
    return new;
  end if;
  select * into up from public.location where id = new.parent_id for share;
  if not (case new.kind
    when 'building' then up.kind = 'site'
    when 'room' then up.kind in ('site', 'building')
    when 'row' then up.kind = 'room'
    when 'rack' then up.kind in ('room', 'row')
    when 'warehouse' then up.kind in ('site', 'building')
    when 'zone' then up.kind = 'warehouse'
    when 'bin' then up.kind in ('warehouse', 'zone')
    else false end) then
    raise exception 'A % cannot be in a %.', new.kind, up.kind
      using errcode = 'QM011', constraint = 'qm-location-parent',
            hint = 'Site > building > room > row > rack, and site > warehouse > zone > bin; building, row and zone may be left out.';
  end if;
  new.path := up.path || new.id || '/';
  return new;
end $$;
create trigger parent before insert or update of parent_id, kind on location for each row execute function rules.location_parent();
select ledger.track('location');

create function rules.location_and_below(p_location uuid) returns setof uuid language sql stable as $$
  select l.id from public.location top join public.location l on l.path like top.path || '%' where top.id = p_location
$$;
