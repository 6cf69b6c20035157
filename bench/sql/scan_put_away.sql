-- What the server asks of the database for one POST /scan/act that puts one asset away in the bin that was scanned: the same
-- statements in the same order, ids taken from the answers before.
begin;
insert into idempotency (actor_id, key, fingerprint) values (:actor, (:key)::text, '\x00'::bytea) on conflict do nothing;
  select 'asset' as kind, a.id, a.tag as code, m.name as title, a.serial as subtitle, a.status as state, 'the whole text' as how from asset a join model m on m.id = a.model_id where a.tag = :bin
  union all select case l.kind when 'rack' then 'rack' when 'bin' then 'bin' else 'location' end, l.id, l.code, l.name, coalesce(l.bin_kind, l.kind), null, 'the whole text' from location l where l.code = :bin
  union all select 'purchase_order', o.id, o.code, v.name, null, o.status, 'the whole text' from purchase_order o join vendor v on v.id = o.vendor_id where o.code = :bin
  union all select 'cable', c.id, c.code, c.kind, c.color, c.status, 'the whole text' from cable c where c.code = :bin
  union all select 'entitlement', e.id, e.code, m.name, null, null, 'the whole text' from entitlement e join model m on m.id = e.model_id where e.code = :bin
  union all select 'asset', a.id, a.tag, m.name, x.kind || ' ' || x.value, a.status, 'the whole text' from asset_alias x join asset a on a.id = x.asset_id join model m on m.id = a.model_id where x.value_key = rules.serial_key(:bin);
select 'asset' as kind, a.id, a.tag as code, m.name as title, a.serial as subtitle, a.status as state, 'the whole text as a serial' as how from asset a join model m on m.id = a.model_id
  where a.serial_key = rules.serial_key(:bin) order by a.status = 'gone' limit 5;
select id as bin_id from location where code = upper(:bin) \gset
select kind, code from location where id = :bin_id;
select id as asset_id from asset where tag = upper(:tag) \gset
select a.id, a.tag, a.team_id, t.code as team, a.status, a.place, a.opened_by::text as version, (case a.place
    when 'rack' then lr.code || coalesce(' U' || trim_scale(lower(a.rack_units) / 2.0) || case when upper(a.rack_units) - lower(a.rack_units) > 2 then '-U' || trim_scale(ceil(upper(a.rack_units) / 2.0) - 1) else '' end, ' beside')
    when 'location' then lp.code when 'in_transit' then 'on the way to ' || lp.code when 'asset' then ia.tag || coalesce(' ' || a.bay, '')
    when 'person' then wp.name when 'vendor' then vv.name else 'gone' end) as place_text
  from asset a join team t on t.id = a.team_id left join location lp on lp.id = a.location_id left join location lr on lr.id = a.rack_id left join asset ia on ia.id = a.in_asset_id
    left join person wp on wp.id = a.with_person_id left join vendor vv on vv.id = a.at_vendor_id where a.id = any(array[:asset_id]::uuid[]) order by a.id for update of a;
select string_agg(c.code, ', ' order by c.code) as codes from port p join cable_end e on e.port_id = p.id join cable c on c.id = e.cable_id where p.asset_id = :asset_id;
select ledger.open_event(gen_random_uuid(), 'token', :actor, null, 'stock.put_away', 'location', :bin_id, null, null, (:key)::text, 'pgbench', :details) as at;
select ledger.also_about('asset', :asset_id);
update asset set place = 'location', location_id = :bin_id, rack_id = null, in_asset_id = null, with_person_id = null, at_vendor_id = null,  rack_units = null, rack_faces = null, bay = null,
                               verified_at = clock_timestamp(), verified_by = :actor, verified_how = 'move' where id = :asset_id;
update idempotency set status = 200, answer = :details where actor_id = :actor and key = (:key)::text;
commit;
