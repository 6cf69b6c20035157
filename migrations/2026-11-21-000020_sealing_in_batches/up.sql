-- Digests of many events in one statement: asked for one by one, planning three queries for each tracked table cost more than reading them.

-- For each event: SHA-256 over it and every row version that it opened and closed. Columns that identify a person are left out, so that
-- erasing them keeps the proof of everything else; nulls are left out, so that a nullable column added later changes no digest.
create function ledger.event_digests(p_events uuid[]) returns table (event_id uuid, digest bytea) language plpgsql stable security definer as $$
declare versions text;
begin
  select string_agg(format($q$
      select %1$L as t, opened_by as event, encode(sha256(convert_to((jsonb_strip_nulls(to_jsonb(r)) - %2$L::text[])::text, 'UTF8')), 'hex') as d from public.%1$I r where opened_by = any($1)
      union all
      select %1$L, opened_by, encode(sha256(convert_to((jsonb_strip_nulls(to_jsonb(r)) - %2$L::text[] - 'closed_by' - 'valid_to')::text, 'UTF8')), 'hex') from history.%1$I r where opened_by = any($1)
      union all
      select %1$L, closed_by, 'closed:' || id || ':' || valid_from || ':' || valid_to from history.%1$I where closed_by = any($1) $q$, k.table_name, k.personal), ' union all ')
    into versions from ledger.tracked k;
  return query execute format($q$
    with version as (%s),
         part as (select event, t, string_agg(d, ',' order by d) as digests from version group by event, t),
         body as (select event, string_agg(E'\n' || t || ':' || digests, '' order by t) as parts from part group by event),
         subject as (select s.event_id as event, string_agg(s.kind || s.subject_id, ',' order by s.kind, s.subject_id) as subjects from public.event_subject s where s.event_id = any($1) group by s.event_id)
    select e.id, sha256(convert_to(jsonb_strip_nulls(to_jsonb(e))::text || coalesce(s.subjects, '') || coalesce(b.parts, ''), 'UTF8'))
    from public.event e left join subject s on s.event = e.id left join body b on b.event = e.id where e.id = any($1) $q$, versions) using p_events;
end $$;

create or replace function ledger.event_digest(p_event uuid) returns bytea language sql stable security definer as $$
  select digest from ledger.event_digests(array[p_event])
$$;

create or replace function ledger.to_seal(p_limit integer) returns table (event_id uuid, digest bytea) language sql volatile security definer as $$
  with next as materialized (
    select v.id, v.at from public.event v
    where v.xid < pg_snapshot_xmin(pg_current_snapshot()) and not exists (select 1 from ledger.leaf l where l.event_id = v.id)
      and v.at >= coalesce((select max(v2.at) - interval '1 day' from ledger.leaf l2 join public.event v2 on v2.id = l2.event_id
                            where l2.position >= (select max(position) - 100 from ledger.leaf)), '-infinity')
    order by v.at, v.id limit p_limit)
  select n.id, d.digest from next n join ledger.event_digests(array(select id from next)) d on d.event_id = n.id order by n.at, n.id
$$;
