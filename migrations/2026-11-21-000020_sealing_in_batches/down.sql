-- SHA-256 over an event and every row version that it opened and closed. Columns that identify a person are left out, so that erasing
-- them keeps the proof of everything else; nulls are left out, so that a nullable column added later changes no digest.
create or replace function ledger.event_digest(p_event uuid) returns bytea language plpgsql stable security definer as $$
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
create or replace function ledger.to_seal(p_limit integer) returns table (event_id uuid, digest bytea) language sql volatile security definer as $$
  select e.id, ledger.event_digest(e.id) from (
    select v.id from public.event v
    where v.xid < pg_snapshot_xmin(pg_current_snapshot()) and not exists (select 1 from ledger.leaf l where l.event_id = v.id)
      and v.at >= coalesce((select max(v2.at) - interval '1 day' from ledger.leaf l2 join public.event v2 on v2.id = l2.event_id
                            where l2.position >= (select max(position) - 100 from ledger.leaf)), '-infinity')
    order by v.at, v.id limit p_limit) e
$$;

drop function ledger.event_digests(uuid[]);
