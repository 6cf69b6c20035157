-- Open work as home and lists count it, now and as of a moment.

-- Lines of orders that are with the vendor, of which pieces are still to come.
-- due_on: the line's day, else the order's, else as many days after ordering as the model or the vendor usually takes; none where nobody said.
-- expected_on: the next day that a shipping notice names, else the day on which it is due.
create function rules.open_lines() returns table (line_id uuid, purchase_order_id uuid, outstanding numeric, due_on date, expected_on date) language sql stable as $$
  select l.id, o.id, l.quantity - coalesce(l.cancelled, 0) - l.received, d.due_on, coalesce(n.expected_on, d.due_on)
  from purchase_order o
  join vendor v on v.id = o.vendor_id
  join purchase_order_line l on l.purchase_order_id = o.id
  left join vendor_lead_time t on t.vendor_id = o.vendor_id and t.model_id = l.model_id
  cross join lateral (select coalesce(l.needed_by, o.needed_by, o.ordered_at::date + coalesce(t.days, v.lead_time_days)) as due_on) d
  left join lateral (
    select min(s.expected_on) as expected_on from shipping_notice_line x join shipping_notice s on s.id = x.shipping_notice_id
    where x.order_line_id = l.id and x.arrived < x.quantity and s.status in ('announced', 'partly_arrived')) n on true
  where o.status in ('ordered', 'partly_received') and l.received < l.quantity - coalesce(l.cancelled, 0)
$$;

-- The days of contracts that have to be looked at now: from so many days before as the contract says, an end until somebody has settled it.
-- Where notice still can be given, that is what waits, not the renewal behind it.
create function rules.contract_reminders() returns table (contract_id uuid, day date, what text) language sql stable as $$
  select d.contract_id, d.day, d.what
  from rules.contract_days() d join contract c on c.id = d.contract_id
  where d.day <= ledger.today() + c.remind_days and (d.what = 'end' or d.day >= ledger.today())
    and not (d.what = 'renew' and c.notice_days > 0 and d.day - c.notice_days >= ledger.today())
$$;

-- Who may decide is asked as of a moment too: the same rules, over the tables of that moment.
create or replace function rules.deciders(p_step uuid) returns setof uuid language sql stable as $$
  select m.person_id from approval_step s join approval a on a.id = s.approval_id
    join approver_group_member m on m.group_id = s.group_id join account c on c.id = m.person_id and c.status = 'active'
    where s.id = p_step and m.person_id <> a.requester_id
  union
  select g.person_id from approval_step s join approval a on a.id = s.approval_id join team t on t.id = a.team_id
    join team up on t.path like replace(replace(up.path, '\', '\\'), '_', '\_') || '%'
    join role_grant g on g.team_id = up.id and g.role in ('approver', 'administrator') join account c on c.id = g.person_id and c.status = 'active'
    where s.id = p_step and s.group_id is null and g.person_id <> a.requester_id
$$;
create or replace function rules.may_decide(p_approval uuid, p_person uuid, out step_id uuid, out for_person_id uuid, out hindrance text) language plpgsql stable as $$
declare
  a record;
  s record;
begin
  select x.id, x.status, x.requester_id into a from approval x where x.id = p_approval;
  if a.status is distinct from 'pending' then
    hindrance := 'Nothing waits for a decision.';
    return;
  end if;
  if a.requester_id = p_person then
    hindrance := 'You raised this order; another approver has to approve it.';
    return;
  end if;
  if exists (select 1 from approval_decision d where d.approval_id = a.id and d.person_id = p_person) then
    hindrance := 'You have decided on it already; the next decision is another''s.';
    return;
  end if;
  select x.id, x.name, x.group_id into s from approval_step x where x.approval_id = a.id and x.status = 'pending' order by x.number limit 1;
  select who into for_person_id from rules.deciders(s.id) who
    where not exists (select 1 from approval_decision d where d.approval_id = a.id and d.for_person_id = who)
      and (who = p_person or exists (select 1 from approval_delegate v where v.person_id = who and v.delegate_id = p_person and ledger.today() between v.starts_on and v.ends_on))
    order by who <> p_person, who limit 1;
  if for_person_id is null then
    hindrance := format('The step "%s" waits for %s.', s.name, coalesce((select 'the group ' || g.name from approver_group g where g.id = s.group_id), 'somebody with the role approver on the order''s team'));
    return;
  end if;
  step_id := s.id;
end $$;
