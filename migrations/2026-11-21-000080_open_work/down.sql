create or replace function rules.deciders(p_step uuid) returns setof uuid language sql stable as $$
  select m.person_id from public.approval_step s join public.approval a on a.id = s.approval_id
    join public.approver_group_member m on m.group_id = s.group_id join public.account c on c.id = m.person_id and c.status = 'active'
    where s.id = p_step and m.person_id <> a.requester_id
  union
  select g.person_id from public.approval_step s join public.approval a on a.id = s.approval_id join public.team t on t.id = a.team_id
    join public.team up on t.path like replace(replace(up.path, '\', '\\'), '_', '\_') || '%'
    join public.role_grant g on g.team_id = up.id and g.role in ('approver', 'administrator') join public.account c on c.id = g.person_id and c.status = 'active'
    where s.id = p_step and s.group_id is null and g.person_id <> a.requester_id
$$;

-- Whether a person may decide now: in which step and for whom, or what hinders them. Consulted by the trigger below and by the actions
-- that an order offers.
create or replace function rules.may_decide(p_approval uuid, p_person uuid, out step_id uuid, out for_person_id uuid, out hindrance text) language plpgsql stable as $$
declare
  a public.approval%rowtype;
  s public.approval_step%rowtype;
begin
  select * into a from public.approval where id = p_approval;
  if a.status is distinct from 'pending' then
    hindrance := 'Nothing waits for a decision.';
    return;
  end if;
  if a.requester_id = p_person then
    hindrance := 'You raised this order; another approver has to approve it.';
    return;
  end if;
  if exists (select 1 from public.approval_decision d where d.approval_id = a.id and d.person_id = p_person) then
    hindrance := 'You have decided on it already; the next decision is another''s.';
    return;
  end if;
  select * into s from public.approval_step x where x.approval_id = a.id and x.status = 'pending' order by x.number limit 1;
  select who into for_person_id from rules.deciders(s.id) who
    where not exists (select 1 from public.approval_decision d where d.approval_id = a.id and d.for_person_id = who)
      and (who = p_person or exists (select 1 from public.approval_delegate v where v.person_id = who and v.delegate_id = p_person and current_date between v.starts_on and v.ends_on))
    order by who <> p_person, who limit 1;
  if for_person_id is null then
    hindrance := format('The step "%s" waits for %s.', s.name, coalesce((select 'the group ' || g.name from public.approver_group g where g.id = s.group_id), 'somebody with the role approver on the order''s team'));
    return;
  end if;
  step_id := s.id;
end $$;

drop function rules.contract_reminders();
drop function rules.open_lines();
