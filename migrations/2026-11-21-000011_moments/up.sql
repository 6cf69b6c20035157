-- The moment before which no open transaction can still write an event: an answer as of then can never change.
-- Reads the clock before it looks at who writes: a transaction that begins to write after the look has its event after that moment.
-- Rests on pg_locks and pg_stat_activity; a writer whose start this role may not see makes nothing settled.
create or replace function ledger.settled_until() returns timestamptz language plpgsql volatile security definer as $$
declare
  looked timestamptz := clock_timestamp();
  oldest timestamptz;
begin
  select min(case when p.prepared is not null then p.prepared
                  when a.pid is null then '-infinity'::timestamptz
                  else coalesce(a.xact_start, '-infinity'::timestamptz) end) into oldest
  from pg_locks l
  left join pg_stat_activity a on a.pid = l.pid
  left join pg_prepared_xacts p on l.pid is null and p.transaction = l.transactionid
  where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
    and coalesce(a.datname, p.database, current_database()) = current_database()
    and l.pid is distinct from pg_backend_pid();
  return least(looked, oldest);
end $$;

-- The day of a read: that of its moment, or today. What is in force or late is asked with it, so that the past does not move on.
create function ledger.today() returns date language sql stable as
$$ select coalesce(nullif(current_setting('quartermaster.as_of', true), '')::timestamptz::date, current_date) $$;
