-- Requests for quotation: what several vendors are asked to offer, what they answered, and which answer became which order.

create table quote_request (
  id uuid primary key,
  code text not null,
  team_id uuid not null references team,
  buyer_id uuid not null references person,
  status text not null default 'draft',
  title text not null check (btrim(title) <> ''),
  notes text not null default '',
  due_on date not null,                              -- an answer of a later day is late
  deliver_to_id uuid references location,
  budget_id uuid references budget,
  created_at timestamptz not null default clock_timestamp(),
  sent_at timestamptz,
  decided_at timestamptz
);
create unique index quote_request_code on quote_request (code);
create index quote_request_status on quote_request (status, code);
create index quote_request_team on quote_request (team_id, code);
insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('quote_request', '', 'create', 'draft', 'Ask for quotes', '{procurement}', 0),
  ('quote_request', 'draft', 'send', 'sent', 'Mark as sent', '{procurement}', 1),
  ('quote_request', 'sent', 'choose', 'awarded', 'Choose', '{procurement}', 2),
  ('quote_request', 'draft', 'cancel', 'cancelled', 'Cancel', '{procurement}', 3),
  ('quote_request', 'sent', 'cancel', 'cancelled', 'Choose none', '{procurement}', 4);
create trigger lifecycle before insert or update of status on quote_request for each row execute function rules.check_transition('quote_request');
create trigger no_delete before delete on quote_request for each row execute function rules.no_delete();
select ledger.track('quote_request');

create table quote_request_line (
  id uuid primary key,
  quote_request_id uuid not null references quote_request,
  number integer not null check (number > 0),
  model_id uuid not null references model,
  description text not null default '',
  unit text not null,
  quantity numeric(14, 3) not null check (quantity > 0),
  needed_by date,
  constraint quoted_in_whole_pieces check (unit = 'm' or quantity = trunc(quantity))
);
create unique index quote_request_line_number on quote_request_line (quote_request_id, number);
create index quote_request_line_model on quote_request_line (model_id);
select ledger.track('quote_request_line');

-- For which lines of requests by teams a line is asked: the order that comes of it fulfils them.
create table quote_request_share (
  id uuid primary key,
  quote_request_line_id uuid not null references quote_request_line,
  requisition_line_id uuid not null references requisition_line,
  quantity numeric(14, 3) not null check (quantity > 0)
);
create unique index quote_request_share_once on quote_request_share (quote_request_line_id, requisition_line_id);
create index quote_request_share_requisition_line on quote_request_share (requisition_line_id);
select ledger.track('quote_request_share');

-- One vendor's answer, or that it is still awaited.
create table quote (
  id uuid primary key,
  quote_request_id uuid not null references quote_request,
  vendor_id uuid not null references vendor,
  status text not null default 'asked',
  currency char(3) check (currency ~ '^[A-Z]{3}$'),
  exchange_rate numeric(18, 8) check (exchange_rate > 0),       -- base currency for one of the quote's own; null: nobody knows
  freight numeric(18, 4) not null default 0 check (freight >= 0),
  valid_until date,
  reference text not null default '',                -- the vendor's own number
  note text not null default '',
  answered_on date,
  late boolean not null default false,
  constraint answered_in_a_currency check (status not in ('answered', 'chosen', 'not_chosen') or (currency is not null and answered_on is not null))
);
create unique index quote_once on quote (quote_request_id, vendor_id);
create index quote_vendor on quote (vendor_id);
insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('quote', '', 'ask', 'asked', 'Ask', '{procurement}', 0),
  ('quote', 'asked', 'answer', 'answered', 'Enter the answer', '{procurement}', 1),
  ('quote', 'asked', 'decline', 'declined', 'Does not offer', '{procurement}', 2),
  ('quote', 'declined', 'answer', 'answered', 'Enter the answer', '{procurement}', 3),
  ('quote', 'answered', 'decline', 'declined', 'Takes it back', '{procurement}', 4),
  ('quote', 'answered', 'choose', 'chosen', 'Choose', '{procurement}', 5),
  ('quote', 'answered', 'pass', 'not_chosen', 'Not chosen', '{}', 6);
create trigger lifecycle before insert or update of status on quote for each row execute function rules.check_transition('quote');
select ledger.track('quote');

create table quote_line (
  id uuid primary key,
  quote_id uuid not null references quote,
  quote_request_line_id uuid not null references quote_request_line,
  unit_price numeric(18, 4) not null check (unit_price >= 0),
  lead_time_days integer check (lead_time_days between 0 and 1000),
  min_quantity numeric(14, 3) check (min_quantity > 0),
  valid_until date,                                  -- where it is another day than the quote's
  note text not null default '',
  order_line_id uuid references purchase_order_line  -- what it became
);
create unique index quote_line_once on quote_line (quote_id, quote_request_line_id);
create index quote_line_request_line on quote_line (quote_request_line_id);
create unique index quote_line_order_line on quote_line (order_line_id) where order_line_id is not null;
select ledger.track('quote_line');

-- What vendors were asked stays as it was sent.
create function rules.quote_request_of_a_draft() returns trigger language plpgsql as $$
declare
  doc jsonb := to_jsonb(case when tg_op = 'DELETE' then old else new end);
  asked uuid := coalesce((doc->>'quote_request_id')::uuid, (select quote_request_id from public.quote_request_line where id = (doc->>'quote_request_line_id')::uuid));
  state text;
begin
  select status into state from public.quote_request where id = asked for share;
  if state <> 'draft' then
    raise exception 'What vendors were asked stays as it was sent.' using errcode = 'QM080', constraint = 'qm-quote-request-fixed', hint = 'Cancel it and ask anew.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger of_a_draft before insert or update or delete on quote_request_line for each row execute function rules.quote_request_of_a_draft();
create trigger of_a_draft before insert or update or delete on quote_request_share for each row execute function rules.quote_request_of_a_draft();

-- A request goes out with a line and a vendor.
create function rules.quote_request_whole() returns trigger language plpgsql as $$
begin
  if new.status = 'sent' and old.status = 'draft' and not (exists (select 1 from public.quote_request_line where quote_request_id = new.id) and exists (select 1 from public.quote where quote_request_id = new.id)) then
    raise exception '% asks for nothing, or nobody.', new.code using errcode = 'QM081', constraint = 'qm-quote-request-empty', hint = 'Give it a line and a vendor.';
  end if;
  if old.status <> 'draft' and (new.due_on, new.team_id) is distinct from (old.due_on, old.team_id) then
    raise exception 'What vendors were asked stays as it was sent.' using errcode = 'QM080', constraint = 'qm-quote-request-fixed', hint = 'Cancel it and ask anew.';
  end if;
  return new;
end $$;
create trigger quote_request_whole before update on quote_request for each row execute function rules.quote_request_whole();

-- A vendor answers while the request is out; whether that is late follows from its day.
create function rules.quote_of_a_request() returns trigger language plpgsql as $$
declare q public.quote_request%rowtype;
begin
  select * into q from public.quote_request where id = coalesce(new.quote_request_id, old.quote_request_id) for share;
  if tg_op = 'DELETE' or tg_op = 'UPDATE' and (new.quote_request_id, new.vendor_id) is distinct from (old.quote_request_id, old.vendor_id) then
    if q.status <> 'draft' then
      raise exception 'What vendors were asked stays as it was sent.' using errcode = 'QM080', constraint = 'qm-quote-request-fixed', hint = 'Cancel it and ask anew.';
    end if;
    if tg_op = 'DELETE' then return old; end if;
  end if;
  if tg_op = 'INSERT' and q.status not in ('draft', 'sent') or tg_op = 'UPDATE' and q.status <> 'sent' and new.status in ('answered', 'declined') then
    raise exception '% is %; it takes no answer.', q.code, q.status using errcode = 'QM082', constraint = 'qm-quote-request-not-out', hint = 'Answers are entered while it is sent.';
  end if;
  new.late := coalesce(new.answered_on > q.due_on, false);
  return new;
end $$;
create trigger of_a_request before insert or update or delete on quote for each row execute function rules.quote_of_a_request();

-- The lines of an answer are of its own request, and stay when it was decided.
create function rules.line_of_a_quote() returns trigger language plpgsql as $$
declare
  k public.quote_line%rowtype;
  q public.quote%rowtype;
  state text;
begin
  k := case when tg_op = 'DELETE' then old else new end;
  select * into q from public.quote where id = k.quote_id for share;
  select status into state from public.quote_request where id = q.quote_request_id for share;
  if tg_op <> 'DELETE' and not exists (select 1 from public.quote_request_line l where l.id = k.quote_request_line_id and l.quote_request_id = q.quote_request_id) then
    raise exception 'That line was not asked in this request.' using errcode = 'QM083', constraint = 'qm-quote-line-elsewhere', hint = 'Answer a line of the same request.';
  end if;
  if tg_op = 'UPDATE' and to_jsonb(new) - '{order_line_id,opened_by,valid_from}'::text[] = to_jsonb(old) - '{order_line_id,opened_by,valid_from}'::text[] then
    if new.order_line_id is not null and not exists (select 1 from public.purchase_order_line x join public.purchase_order o on o.id = x.purchase_order_id join public.quote_request_line l on l.id = new.quote_request_line_id
         where x.id = new.order_line_id and o.vendor_id = q.vendor_id and x.model_id = l.model_id) then
      raise exception 'That order is another vendor''s, or its line another model''s.' using errcode = 'QM084', constraint = 'qm-quote-order', hint = 'An answer becomes an order with its own vendor.';
    end if;
  elsif state <> 'sent' then
    raise exception 'The request is %; its answers stay as they are.', state using errcode = 'QM082', constraint = 'qm-quote-request-not-out', hint = 'Answers are entered while it is sent.';
  end if;
  return k;
end $$;
create trigger of_a_quote before insert or update or delete on quote_line for each row execute function rules.line_of_a_quote();

-- An order remembers the quote that it came of: of the same vendor, and each quote becomes one order.
alter table purchase_order add column quote_id uuid references quote;
create unique index purchase_order_quote on purchase_order (quote_id) where quote_id is not null;
select ledger.track('purchase_order');
create function rules.order_of_a_quote() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from public.quote where id = new.quote_id and vendor_id = new.vendor_id) then
    raise exception 'That quote is another vendor''s.' using errcode = 'QM084', constraint = 'qm-quote-order', hint = 'An answer becomes an order with its own vendor.';
  end if;
  return new;
end $$;
create trigger of_a_quote before insert or update of quote_id, vendor_id on purchase_order for each row when (new.quote_id is not null) execute function rules.order_of_a_quote();
