-- A team with what it and everything below it owns; $1 is its id. Tables unqualified: the same text reads the past.
with below as (select rules.team_and_below($1) as id)
select t.id, t.opened_by::text as version, t.code, t.name, t.kind, p.code as parent, t.description, t.what_they_do, t.scope, t.tasks,
  jsonb_build_object(
    'assets', (select count(*) from asset a where a.team_id in (select id from below) and a.status <> 'gone'),
    'orders', (select count(*) from purchase_order o where o.team_id in (select id from below)),
    'entitlements', (select count(*) from entitlement e where e.team_id in (select id from below)),
    'stock_models', (select count(distinct s.model_id) from stock_level s where s.team_id in (select id from below) and s.quantity > 0),
    'cost', coalesce((select jsonb_agg(jsonb_build_object('currency', c.currency, 'amount', c.amount::text) order by c.currency)
                      from (select a.currency, sum(a.unit_cost) as amount from asset a where a.team_id in (select id from below) and a.status <> 'gone' and a.unit_cost is not null group by a.currency) c), '[]')) as owns,
  coalesce((select jsonb_agg(jsonb_build_object('title', s.title, 'description', s.description, 'person', sp.name) order by s.ordinal) from position s left join person sp on sp.id = s.person_id where s.team_id = t.id), '[]') as roles,
  coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'email', m.email) order by m.name) from person m where m.team_id = t.id and m.status = 'active'), '[]') as people,
  coalesce((select jsonb_agg(jsonb_build_object('code', c.code, 'name', c.name, 'kind', c.kind) order by c.position, c.code) from team c where c.parent_id = t.id), '[]') as children
from team t left join team p on p.id = t.parent_id where t.id = $1
