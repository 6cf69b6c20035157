-- Prints Diesel's table! macros for every table of schema public. `quartermaster admin schema` writes them to db/schema.rs;
-- a test compares the two, so that the file is never stale.
with kinds (pg, diesel) as (values
  ('uuid', 'Uuid'), ('text', 'Text'), ('timestamptz', 'Timestamptz'), ('date', 'Date'), ('int4', 'Int4'), ('int8', 'Int8'), ('bool', 'Bool'),
  ('numeric', 'Numeric'), ('jsonb', 'Jsonb'), ('bytea', 'Bytea'), ('bpchar', 'Bpchar'), ('_text', 'Array<Text>'), ('int4range', 'Range<Int4>'),
  ('macaddr', 'MacAddr'), ('inet', 'Inet'), ('cidr', 'Cidr')),
tables as (
  select c.oid, c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname not like '\_\_%'),
columns as (
  select t.oid, t.relname, a.attnum, a.attname, case when a.attnotnull then k.diesel else 'Nullable<' || k.diesel || '>' end as type,
         exists (select 1 from pg_index i where i.indrelid = t.oid and i.indisprimary and a.attnum = any(i.indkey)) as key
  from tables t join pg_attribute a on a.attrelid = t.oid and a.attnum > 0 and not a.attisdropped and a.attname <> 'xid'
  join pg_type y on y.oid = a.atttypid left join kinds k on k.pg = y.typname)
select format(E'diesel::table! {\n    use diesel::sql_types::*;\n\n    %s (%s) {\n%s\n    }\n}\n', relname,
         (select string_agg(c2.attname, ', ' order by c2.attnum) from columns c2 where c2.oid = c.oid and c2.key),
         string_agg(case when attname in ('type', 'function') then format(E'        #[sql_name = "%s"]\n        %s_ -> %s,', attname, attname, type)
                         else format('        %s -> %s,', attname, type) end, E'\n' order by attnum))
from columns c group by oid, relname
union all
select E'diesel::allow_tables_to_appear_in_same_query!(\n' || string_agg('    ' || relname || ',', E'\n' order by relname) || E'\n);' from tables
order by 1 desc
