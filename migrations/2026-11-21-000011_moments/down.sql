drop function ledger.today();
create or replace function ledger.settled_until() returns timestamptz language sql volatile security definer as $$
  select least(clock_timestamp(), min(case when p.prepared is not null then p.prepared
                                           when a.pid is null then '-infinity'::timestamptz
                                           else coalesce(a.xact_start, '-infinity'::timestamptz) end))
  from pg_locks l
  left join pg_stat_activity a on a.pid = l.pid
  left join pg_prepared_xacts p on l.pid is null and p.transaction = l.transactionid
  where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
    and coalesce(a.datname, p.database, current_database()) = current_database()
    and l.pid is distinct from pg_backend_pid()
$$;
