-- Racks: a rack is a location of kind rack with a height and limits.
create table rack (
  id uuid primary key references location,
  u_height integer not null default 42 check (u_height between 1 and 100),
  width_inches integer not null default 19 check (width_inches in (10, 19, 21, 23)),
  depth_mm integer check (depth_mm > 0),
  descending_units boolean not null default false,     -- numbered from the top
  max_weight_kg numeric(9, 3) check (max_weight_kg > 0),
  max_power_w integer check (max_power_w > 0),
  warn_percent integer not null default 80 check (warn_percent between 1 and 100)
);
select ledger.track('rack');

-- A placed asset must fit the rack's height, and the sum of nameplates its weight and power. The rack's row is locked, so that
-- two placements at once are weighed one after the other. Assets inside placed assets (modules) count with their chassis' model.
create function rules.fits_rack() returns trigger language plpgsql as $$
declare
  r public.rack%rowtype;
  code text;
  m public.model%rowtype;
  weight numeric;
  power bigint;
begin
  if new.rack_id is null then return new; end if;
  if tg_op = 'UPDATE' and (new.rack_id, new.rack_units, new.rack_faces, new.model_id) is not distinct from (old.rack_id, old.rack_units, old.rack_faces, old.model_id) then
    return new;
  end if;
  select * into r from public.rack where id = new.rack_id for update;
  if not found then
    raise exception 'That place is not a rack.' using errcode = 'QM020', constraint = 'qm-not-a-rack', hint = 'Name a rack.';
  end if;
  select l.code into code from public.location l where l.id = new.rack_id;
  select * into m from public.model where id = new.model_id;
  if new.rack_units is not null then
    if upper(new.rack_units) > 2 * (r.u_height + 1) then
      raise exception '% is % units high; % at U% does not fit.', code, r.u_height, m.name, trim_scale(lower(new.rack_units) / 2.0)
        using errcode = 'QM021', constraint = 'qm-rack-height', hint = format('The highest place for %s units is U%s.', trim_scale(m.u_height), trim_scale(r.u_height + 1 - m.u_height));
    end if;
    if upper(new.rack_units) - lower(new.rack_units) <> m.u_height * 2 then
      raise exception '% is % units high.', m.name, trim_scale(m.u_height)
        using errcode = 'QM022', constraint = 'qm-model-height', hint = 'Place it in as many units as it is high.';
    end if;
  end if;
  if r.max_weight_kg is not null then
    select coalesce(sum(om.weight_kg), 0) into weight from public.asset o join public.model om on om.id = o.model_id where o.rack_id = new.rack_id and o.id <> new.id;
    if weight + coalesce(m.weight_kg, 0) > r.max_weight_kg then
      raise exception '% carries % kg of %; % kg more is too much.', code, trim_scale(weight), trim_scale(r.max_weight_kg), trim_scale(m.weight_kg)
        using errcode = 'QM023', constraint = 'qm-rack-weight', hint = 'Choose another rack, or take something out.';
    end if;
  end if;
  if r.max_power_w is not null then
    select coalesce(sum(om.power_draw_w), 0) into power from public.asset o join public.model om on om.id = o.model_id where o.rack_id = new.rack_id and o.id <> new.id;
    if power + coalesce(m.power_draw_w, 0) > r.max_power_w then
      raise exception '% has % W of % W taken by nameplate; % W more is too much.', code, power, r.max_power_w, m.power_draw_w
        using errcode = 'QM024', constraint = 'qm-rack-power', hint = 'Choose another rack, or take something out.';
    end if;
  end if;
  return new;
end $$;
create trigger fits_rack before insert or update on asset for each row execute function rules.fits_rack();

-- A rack never becomes too low or too weak for what stands in it.
create function rules.rack_holds_its_assets() returns trigger language plpgsql as $$
declare top numeric; weight numeric; power bigint;
begin
  select max(upper(a.rack_units)) / 2.0 - 1, sum(m.weight_kg), sum(m.power_draw_w) into top, weight, power
    from public.asset a join public.model m on m.id = a.model_id where a.rack_id = new.id;
  if top > new.u_height or weight > new.max_weight_kg or power > new.max_power_w then
    raise exception 'What stands in the rack needs U%, % kg and % W.', trim_scale(ceil(top)), trim_scale(weight), power
      using errcode = 'QM025', constraint = 'qm-rack-in-use', hint = 'Take things out first.';
  end if;
  return new;
end $$;
create trigger holds_its_assets before update on rack for each row execute function rules.rack_holds_its_assets();
