-- What the server asks of the database for one POST /scan of an asset's tag.
  select 'asset' as kind, a.id, a.tag as code, m.name as title, a.serial as subtitle, a.status as state, 'an asset tag of ours' as how from asset a join model m on m.id = a.model_id where a.tag = :tag
  union all select case l.kind when 'rack' then 'rack' when 'bin' then 'bin' else 'location' end, l.id, l.code, l.name, coalesce(l.bin_kind, l.kind), null, 'an asset tag of ours' from location l where l.code = :tag
  union all select 'purchase_order', o.id, o.code, v.name, null, o.status, 'an asset tag of ours' from purchase_order o join vendor v on v.id = o.vendor_id where o.code = :tag
  union all select 'cable', c.id, c.code, c.kind, c.color, c.status, 'an asset tag of ours' from cable c where c.code = :tag
  union all select 'entitlement', e.id, e.code, m.name, null, null, 'an asset tag of ours' from entitlement e join model m on m.id = e.model_id where e.code = :tag
  union all select 'asset', a.id, a.tag, m.name, x.kind || ' ' || x.value, a.status, 'an asset tag of ours' from asset_alias x join asset a on a.id = x.asset_id join model m on m.id = a.model_id where x.value_key = rules.serial_key(:tag);
select 'asset' as kind, a.id, a.tag as code, m.name as title, a.serial as subtitle, a.status as state, 'the whole text as a serial' as how from asset a join model m on m.id = a.model_id
  where a.serial_key = rules.serial_key(:tag) order by a.status = 'gone' limit 5;
