-- What the server asks of the database for one POST /scan/act that puts one asset away in the bin that was scanned: the same
-- statements in the same order, ids taken from the answers before.
begin;
insert into idempotency (actor_id, key, fingerprint) values (:actor, (:key)::text, '\x00'::bytea) on conflict do nothing;
select 'bin' as kind, id, code, name as title, bin_kind as subtitle, null::text as state, 'the whole text' as how from location where code = any(array[:bin]) and kind = 'bin' limit 1;
select id as bin_id, kind, code from location where code = upper(:bin) \gset
select a.id, a.tag, a.team_id, t.code as team, a.status, a.place, a.opened_by::text as version, (case a.place
    when 'rack' then lr.code || coalesce(' U' || trim_scale(lower(a.rack_units) / 2.0) || case when upper(a.rack_units) - lower(a.rack_units) > 2 then '-U' || trim_scale(ceil(upper(a.rack_units) / 2.0) - 1) else '' end, ' beside')
    when 'location' then lp.code when 'in_transit' then 'on the way to ' || lp.code when 'asset' then ia.tag || coalesce(' ' || a.bay, '')
    when 'person' then wp.name when 'vendor' then vv.name else 'gone' end) as place_text
  from asset a join team t on t.id = a.team_id left join location lp on lp.id = a.location_id left join location lr on lr.id = a.rack_id left join asset ia on ia.id = a.in_asset_id
    left join person wp on wp.id = a.with_person_id left join vendor vv on vv.id = a.at_vendor_id where a.id = any(array[]::uuid[]) or a.tag = any(array[:tag]) order by a.id for update of a \gset asset_
select a.tag, string_agg(c.code, ', ' order by c.code) as codes from port p join cable_end e on e.port_id = p.id join cable c on c.id = e.cable_id join asset a on a.id = p.asset_id
  where p.asset_id = any(array[:asset_id]::uuid[]) group by a.tag order by a.tag limit 1;
select ledger.open_event(gen_random_uuid(), 'token', :actor, null, 'stock.put_away', 'location', :bin_id, null, null, (:key)::text, 'pgbench', :details) as at;
select ledger.also_about('asset', x) from unnest(array[:asset_id]::uuid[]) x;
update asset set place = 'location', location_id = :bin_id, rack_id = null, in_asset_id = null, with_person_id = null, at_vendor_id = null,  rack_units = null, rack_faces = null, bay = null,
                               verified_at = clock_timestamp(), verified_by = :actor, verified_how = 'move' where id = any(array[:asset_id]::uuid[]);
update idempotency set status = 200, answer = :details where actor_id = :actor and key = (:key)::text;
commit;
