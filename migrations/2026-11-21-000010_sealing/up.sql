-- Sealing: what an event's leaf in the Merkle tree is made of.

-- The hashes of the tree's perfect subtrees: node (level, position) covers the leaves [position * 2^level, (position + 1) * 2^level).
create table ledger.node (
  level integer not null check (level >= 0),
  position bigint not null check (position >= 0),
  hash bytea not null check (length(hash) = 32),
  primary key (level, position)
);
create trigger append_only before update or delete on ledger.node for each row execute function ledger.refuse();
create trigger no_truncate before truncate on ledger.node for each statement execute function ledger.refuse();
grant select, insert on ledger.node to quartermaster_app;

-- SHA-256 over an event and every row version that it opened and closed. Columns that identify a person are left out, so that erasing
-- them keeps the proof of everything else; nulls are left out, so that a nullable column added later changes no digest.
create function ledger.event_digest(p_event uuid) returns bytea language plpgsql stable security definer as $$
declare
  t record;
  part text;
  all_parts text := '';
begin
  select jsonb_strip_nulls(to_jsonb(e))::text into strict all_parts from public.event e where e.id = p_event;
  select all_parts || coalesce(string_agg(s.kind || s.subject_id, ',' order by s.kind, s.subject_id), '') into all_parts
    from public.event_subject s where s.event_id = p_event;
  for t in select table_name, personal from ledger.tracked order by table_name loop
    execute format($q$
      select string_agg(d, ',' order by d) from (
        select encode(sha256(convert_to((jsonb_strip_nulls(to_jsonb(r)) - $2)::text, 'UTF8')), 'hex') as d from public.%1$I r where opened_by = $1
        union all
        select encode(sha256(convert_to((jsonb_strip_nulls(to_jsonb(r)) - $2 - 'closed_by' - 'valid_to')::text, 'UTF8')), 'hex') from history.%1$I r where opened_by = $1
        union all
        select 'closed:' || id || ':' || valid_from || ':' || valid_to from history.%1$I where closed_by = $1) v $q$, t.table_name)
      into part using p_event, t.personal;
    if part is not null then
      all_parts := all_parts || E'\n' || t.table_name || ':' || part;
    end if;
  end loop;
  return sha256(convert_to(all_parts, 'UTF8'));
end $$;

-- The next events to seal: those whose transactions ended before every transaction that still runs began.
create function ledger.to_seal(p_limit integer) returns table (event_id uuid, digest bytea) language sql volatile security definer as $$
  select e.id, ledger.event_digest(e.id) from (
    select v.id from public.event v
    where v.xid < pg_snapshot_xmin(pg_current_snapshot()) and not exists (select 1 from ledger.leaf l where l.event_id = v.id)
      and v.at >= coalesce((select max(v2.at) - interval '1 day' from ledger.leaf l2 join public.event v2 on v2.id = l2.event_id
                            where l2.position >= (select max(position) - 100 from ledger.leaf)), '-infinity')
    order by v.at, v.id limit p_limit) e
$$;

-- Every row version that an event opened or closed, as before and after.
create function ledger.changes_of(p_event uuid) returns table (table_name text, row_id uuid, before jsonb, after jsonb) language plpgsql stable security definer as $$
declare t record;
begin
  for t in select k.table_name as name from ledger.tracked k order by k.table_name loop
    return query execute format($q$
      with opened as (
        select id, to_jsonb(r) - 'opened_by' - 'valid_from' as doc from public.%1$I r where opened_by = $1
        union all select id, to_jsonb(r) - 'opened_by' - 'valid_from' - 'closed_by' - 'valid_to' from history.%1$I r where opened_by = $1),
      closed as (select id, to_jsonb(r) - 'opened_by' - 'valid_from' - 'closed_by' - 'valid_to' as doc from history.%1$I r where closed_by = $1)
      select %1$L::text, coalesce(o.id, c.id), c.doc, o.doc from opened o full join closed c on c.id = o.id $q$, t.name) using p_event;
  end loop;
end $$;
