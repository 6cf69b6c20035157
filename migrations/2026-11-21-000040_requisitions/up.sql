-- What teams ask for, and which order's line brings it. How much of a request stands in orders, went out and arrived is counted here, from the
-- orders themselves, so that nobody orders more than was asked and whoever asked can follow it.

create table requisition (
  id uuid primary key,
  code text not null,
  team_id uuid not null references team,
  requester_id uuid not null references person,
  status text not null default 'draft',
  reason text not null check (btrim(reason) <> ''),
  project text not null default '',
  needed_by date,
  budget_id uuid references budget,
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),   -- of the estimates: the budget's, else the company's
  estimate numeric(18, 4) not null default 0 check (estimate >= 0),   -- when it was submitted
  over_budget boolean not null default false,                  -- it was more than the budget had left
  board_id uuid references approver_group,                     -- who has to agree first, where the budget says so
  board_agreed_by_id uuid references person,
  decided_by_id uuid references person,
  decision text check (btrim(decision) <> ''),                 -- why it was refused or withdrawn
  created_at timestamptz not null default clock_timestamp(),
  submitted_at timestamptz,
  decided_at timestamptz,
  constraint board_is_not_requester check (board_agreed_by_id <> requester_id)
);
create unique index requisition_code on requisition (code);
create index requisition_status on requisition (status, code);
create index requisition_team on requisition (team_id, code);
create index requisition_requester on requisition (requester_id);
create index requisition_budget on requisition (budget_id) where budget_id is not null;

insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('requisition', '', 'create', 'draft', 'Ask', '{procurement,approver,warehouse,technician,licence_manager,auditor,viewer}', 0),
  ('requisition', 'draft', 'submit', 'submitted', 'Submit', '{procurement,approver,warehouse,technician,licence_manager,auditor,viewer}', 1),
  ('requisition', 'submitted', 'accept', 'accepted', 'Accept', '{procurement}', 2),
  ('requisition', 'submitted', 'refuse', 'refused', 'Refuse', '{procurement}', 3),
  ('requisition', 'accepted', 'refuse', 'refused', 'Refuse', '{procurement}', 4),
  ('requisition', 'submitted', 'reopen', 'draft', 'Take back to draft', '{procurement,approver,warehouse,technician,licence_manager,auditor,viewer}', 5),
  ('requisition', 'refused', 'reopen', 'draft', 'Ask again', '{procurement,approver,warehouse,technician,licence_manager,auditor,viewer}', 6),
  ('requisition', 'draft', 'withdraw', 'withdrawn', 'Withdraw', '{procurement,approver,warehouse,technician,licence_manager,auditor,viewer}', 7),
  ('requisition', 'submitted', 'withdraw', 'withdrawn', 'Withdraw', '{procurement,approver,warehouse,technician,licence_manager,auditor,viewer}', 8),
  ('requisition', 'accepted', 'withdraw', 'withdrawn', 'Withdraw', '{procurement,approver,warehouse,technician,licence_manager,auditor,viewer}', 9),
  ('requisition', 'accepted', 'order', 'ordered', 'Ordered', '{}', 10),
  ('requisition', 'accepted', 'fulfil', 'fulfilled', 'Fulfilled', '{}', 11),
  ('requisition', 'ordered', 'fulfil', 'fulfilled', 'Fulfilled', '{}', 12),
  ('requisition', 'ordered', 'give_back', 'accepted', 'Given back by its order', '{}', 13),
  ('requisition', 'fulfilled', 'undo_receipt', 'ordered', 'Receipt undone', '{}', 14),
  ('requisition', 'fulfilled', 'give_back', 'accepted', 'Given back by its order', '{}', 15);
create trigger lifecycle before insert or update of status on requisition for each row execute function rules.check_transition('requisition');
create trigger no_delete before delete on requisition for each row execute function rules.no_delete();
select ledger.track('requisition');

create table requisition_line (
  id uuid primary key,
  requisition_id uuid not null references requisition,
  number integer not null check (number > 0),
  model_id uuid references model,                    -- null: in the asker's own words, for the buyer to find
  description text not null default '',
  unit text not null default 'pcs',
  quantity numeric(14, 3) not null check (quantity > 0),
  needed_by date,
  estimated_price numeric(18, 4) check (estimated_price >= 0),
  refused text check (btrim(refused) <> ''),         -- why this line alone is not bought
  bundled numeric(14, 3) not null default 0,         -- of it in lines of orders
  ordered numeric(14, 3) not null default 0,         -- of that with the vendor
  received numeric(14, 3) not null default 0,
  constraint something_asked check (model_id is not null or btrim(description) <> ''),
  constraint asked_in_whole_pieces check (unit = 'm' or quantity = trunc(quantity)),
  constraint no_more_than_asked check (bundled between 0 and quantity and ordered between 0 and bundled and received between 0 and ordered),
  constraint refused_is_not_ordered check (refused is null or bundled = 0)
);
create unique index requisition_line_number on requisition_line (requisition_id, number);
create index requisition_line_model on requisition_line (model_id);
create index requisition_line_to_order on requisition_line (requisition_id) where bundled < quantity and refused is null;
select ledger.track('requisition_line');

-- How much of a line of an order is for which line of a request. What an order gives up comes back as 0; the row stays.
create table request_share (
  id uuid primary key,
  requisition_line_id uuid not null references requisition_line,
  order_line_id uuid not null references purchase_order_line,
  quantity numeric(14, 3) not null check (quantity >= 0),
  received numeric(14, 3) not null default 0,
  constraint received_of_share check (received between 0 and quantity)
);
create unique index request_share_once on request_share (order_line_id, requisition_line_id);
create index request_share_requisition_line on request_share (requisition_line_id);
select ledger.track('request_share');

-- What is asked stays as it was submitted; a buyer may refuse a line, and only orders move its counts.
create function rules.lines_of_a_request() returns trigger language plpgsql as $$
declare state text;
begin
  select status into state from public.requisition where id = case when tg_op = 'DELETE' then old.requisition_id else new.requisition_id end for share;
  if tg_op <> 'DELETE' and pg_trigger_depth() < 2
     and (new.bundled, new.ordered, new.received) is distinct from (case when tg_op = 'INSERT' then (0::numeric, 0::numeric, 0::numeric) else (old.bundled, old.ordered, old.received) end) then
    raise exception 'How much of a request is ordered follows from its orders.' using errcode = 'QM070', constraint = 'qm-request-by-orders', hint = 'Bundle it into an order.';
  end if;
  if state <> 'draft' and (tg_op <> 'UPDATE' or to_jsonb(new) - '{bundled,ordered,received,refused,opened_by,valid_from}'::text[] is distinct from to_jsonb(old) - '{bundled,ordered,received,refused,opened_by,valid_from}'::text[]) then
    raise exception 'The lines of a request that is % cannot be changed.', state using errcode = 'QM071', constraint = 'qm-request-lines-fixed', hint = 'Take it back to draft, or ask anew.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger lines_of_a_request before insert or update or delete on requisition_line for each row execute function rules.lines_of_a_request();

-- What a step of a request needs: something that is asked, a budget that lets it through, its board where that has to agree, and no order when
-- it is given up.
create function rules.steps_of_a_request() returns trigger language plpgsql as $$
declare
  b public.budget%rowtype;
  left_over numeric;
begin
  if new.status = 'submitted' and old.status = 'draft' then
    if not exists (select 1 from public.requisition_line where requisition_id = new.id) then
      raise exception '% asks for nothing.', new.code using errcode = 'QM072', constraint = 'qm-request-empty', hint = 'Give it a line.';
    end if;
    select coalesce(sum(rules.round_half_even(l.quantity * coalesce(l.estimated_price, 0), rules.minor_unit(new.currency::text))), 0) into new.estimate from public.requisition_line l where l.requisition_id = new.id;
    new.over_budget := false;
    new.board_id := null;
    new.board_agreed_by_id := null;
    if new.budget_id is not null then
      select * into b from public.budget where id = new.budget_id for share;
      if b.currency <> new.currency then
        raise exception '% is in %, the request in %.', b.code, b.currency, new.currency using errcode = 'QM073', constraint = 'qm-request-currency', hint = 'A request is estimated in its budget''s currency.';
      end if;
      left_over := b.amount - b.reserved - b.committed - b.spent - b.shared;
      new.over_budget := new.estimate > left_over;
      if new.over_budget and b.over_request = 'stop' then
        raise exception '% has % % left; % is estimated at %.', b.code, rules.money_text(left_over, b.currency::text), b.currency, new.code, rules.money_text(new.estimate, new.currency::text)
          using errcode = 'QM050', constraint = 'qm-over-budget', hint = 'Ask for less, or for more budget.';
      end if;
      new.board_id := case when new.over_budget and b.over_request = 'board' then b.board_id end;
    end if;
  elsif old.status = 'submitted' and new.status = 'accepted' and new.board_id is not null and new.board_agreed_by_id is null then
    raise exception '% is over its budget, and its board has not agreed.', new.code using errcode = 'QM051', constraint = 'qm-board-needed', hint = 'The board decides first.';
  elsif new.status in ('refused', 'withdrawn') and exists (select 1 from public.requisition_line l where l.requisition_id = new.id and l.bundled > 0) then
    raise exception 'Some of % is in an order.', new.code using errcode = 'QM074', constraint = 'qm-request-in-order', hint = 'Cancel the order, or give up those pieces of it, first.';
  end if;
  if new.board_agreed_by_id is not null and new.board_agreed_by_id is distinct from old.board_agreed_by_id
     and (old.status <> 'submitted' or not exists (select 1 from public.approver_group_member m where m.group_id = old.board_id and (m.person_id = new.board_agreed_by_id
          or exists (select 1 from public.approval_delegate d where d.person_id = m.person_id and d.delegate_id = new.board_agreed_by_id and current_date between d.starts_on and d.ends_on)))) then
    raise exception 'Only somebody of the budget''s board agrees to %.', new.code using errcode = 'QM060', constraint = 'qm-may-not-decide', hint = 'Ask one of those who may.';
  end if;
  if (new.estimate, new.over_budget, new.board_id) is distinct from (old.estimate, old.over_budget, old.board_id) and (old.status, new.status) <> ('draft', 'submitted') then
    raise exception 'What % was estimated at stays as it was submitted.', new.code using errcode = 'QM071', constraint = 'qm-request-lines-fixed', hint = 'Take it back to draft, or ask anew.';
  end if;
  return new;
end $$;
-- Named to run after the lifecycle's own trigger: a step that is not there is refused as such.
create trigger steps_of_a_request before update on requisition for each row execute function rules.steps_of_a_request();

-- A share is made in a draft, of an accepted request for the same model, and never beyond the order's line.
create function rules.share_of_a_draft() returns trigger language plpgsql as $$
declare
  k public.request_share%rowtype;
  x public.purchase_order_line%rowtype;
  l public.requisition_line%rowtype;
  q public.requisition%rowtype;
  state text;
begin
  k := case when tg_op = 'DELETE' then old else new end;
  if pg_trigger_depth() >= 2 then return k; end if;   -- the orders' own triggers
  if tg_op <> 'DELETE' and new.received is distinct from (case when tg_op = 'INSERT' then 0 else old.received end) then
    raise exception 'What of a request was received follows from its orders.' using errcode = 'QM070', constraint = 'qm-request-by-orders', hint = 'Receive it against the order.';
  end if;
  select * into x from public.purchase_order_line where id = k.order_line_id for update;
  select status into state from public.purchase_order where id = x.purchase_order_id for share;
  if state is distinct from 'draft' then
    raise exception 'An order that is % takes no request and gives none back by hand.', replace(state, '_', ' ') using errcode = 'QM075', constraint = 'qm-request-shares-fixed', hint = 'Bundle it into a draft.';
  end if;
  if tg_op = 'DELETE' then return old; end if;
  select * into l from public.requisition_line where id = k.requisition_line_id;
  select * into q from public.requisition where id = l.requisition_id for no key update;
  if q.status not in ('accepted', 'ordered') or l.refused is not null then
    raise exception '% is %, not accepted.', q.code, case when l.refused is not null then 'refused in part' else replace(q.status, '_', ' ') end using errcode = 'QM076', constraint = 'qm-request-not-accepted', hint = 'A buyer accepts it first.';
  end if;
  if l.model_id <> x.model_id then
    raise exception 'Line % of % asks for another model.', l.number, q.code using errcode = 'QM077', constraint = 'qm-request-model', hint = 'Bundle it into a line of its own.';
  end if;
  if (select coalesce(sum(s.quantity), 0) from public.request_share s where s.order_line_id = k.order_line_id and s.id <> k.id) + k.quantity > x.quantity - x.cancelled then
    raise exception 'The line of the order is for % pieces; the requests want more of it.', trim_scale(x.quantity - x.cancelled) using errcode = 'QM078', constraint = 'qm-request-beyond-line', hint = 'Raise the line''s quantity.';
  end if;
  return k;
end $$;
create trigger share_of_a_draft before insert or update or delete on request_share for each row execute function rules.share_of_a_draft();

-- Counts the shares of these lines anew, under the locks of their requests, and takes each request to the state that its lines say.
create function rules.recount_requests(p_lines uuid[]) returns void language plpgsql as $$
declare r record;
begin
  if p_lines is null or cardinality(p_lines) = 0 then return; end if;
  perform 1 from public.requisition q where q.id in (select requisition_id from public.requisition_line where id = any(p_lines)) order by q.id for no key update;
  update public.requisition_line l set bundled = s.bundled, ordered = s.ordered, received = s.received
  from (select w.id, coalesce(sum(k.quantity), 0) as bundled, coalesce(sum(k.quantity) filter (where o.status in ('ordered', 'partly_received', 'received', 'closed')), 0) as ordered, coalesce(sum(k.received), 0) as received
        from unnest(p_lines) w (id) left join public.request_share k on k.requisition_line_id = w.id
        left join public.purchase_order_line x on x.id = k.order_line_id left join public.purchase_order o on o.id = x.purchase_order_id group by w.id) s
  where l.id = s.id and (l.bundled, l.ordered, l.received) is distinct from (s.bundled, s.ordered, s.received);
  for r in select q.id, q.status, case when bool_and(l.refused is not null or l.received = l.quantity) then 'fulfilled' when bool_and(l.refused is not null or l.ordered = l.quantity) then 'ordered' else 'accepted' end as now
           from public.requisition q join public.requisition_line l on l.requisition_id = q.id
           where q.id in (select requisition_id from public.requisition_line where id = any(p_lines)) and q.status in ('accepted', 'ordered', 'fulfilled') group by q.id, q.status order by q.id loop
    if r.status <> r.now then
      update public.requisition set status = r.now where id = r.id;
    end if;
    perform ledger.also_about('requisition', r.id);
  end loop;
end $$;
create function rules.shares_came() returns trigger language plpgsql as $$
begin perform rules.recount_requests(array(select distinct requisition_line_id from came)); return null; end $$;
create function rules.shares_went() returns trigger language plpgsql as $$
begin perform rules.recount_requests(array(select distinct requisition_line_id from went)); return null; end $$;
create trigger recount_new after insert on request_share referencing new table as came for each statement execute function rules.shares_came();
create trigger recount_changed after update on request_share referencing new table as came for each statement execute function rules.shares_came();
create trigger recount_gone after delete on request_share referencing old table as went for each statement execute function rules.shares_went();

-- What arrives of a line goes to the requests in the order in which they need it; what is given up of it comes back from the last of them.
create function rules.fit_shares(p_order_lines uuid[]) returns void language sql as $$
  update public.request_share k set quantity = f.quantity, received = f.received
  from (select s.id, s.quantity, least(s.quantity, greatest(s.arrived - s.before, 0)) as received from (
          select c.id, greatest(least(c.quantity, l.quantity - l.cancelled - c.before), 0) as quantity, l.received as arrived, c.before from (
            select k.id, k.order_line_id, k.quantity, coalesce(sum(k.quantity) over (partition by k.order_line_id order by r.needed_by nulls last, k.id rows between unbounded preceding and 1 preceding), 0) as before
            from public.request_share k join public.requisition_line r on r.id = k.requisition_line_id where k.order_line_id = any(p_order_lines)) c
          join public.purchase_order_line l on l.id = c.order_line_id) s) f
  where k.id = f.id and (k.quantity, k.received) is distinct from (f.quantity, f.received)
$$;
create function rules.lines_of_requests() returns trigger language plpgsql as $$
declare those uuid[];
begin
  select array_agg(distinct n.id) into those from came n join went w on w.id = n.id join public.request_share k on k.order_line_id = n.id
    where (n.quantity, n.cancelled, n.received) is distinct from (w.quantity, w.cancelled, w.received);
  if those is not null then perform rules.fit_shares(those); end if;
  return null;
end $$;
create trigger requests_follow after update on purchase_order_line referencing old table as went new table as came for each statement execute function rules.lines_of_requests();

-- An order that goes out takes its requests along; one that is cancelled gives them back.
create function rules.order_of_requests() returns trigger language plpgsql as $$
begin
  if new.status = 'cancelled' then
    update public.request_share set quantity = 0 where order_line_id in (select id from public.purchase_order_line where purchase_order_id = new.id) and quantity > 0;
  else
    perform rules.recount_requests(array(select distinct k.requisition_line_id from public.purchase_order_line l join public.request_share k on k.order_line_id = l.id where l.purchase_order_id = new.id));
  end if;
  return null;
end $$;
create trigger requests_follow after update of status on purchase_order for each row when (old.status is distinct from new.status) execute function rules.order_of_requests();
