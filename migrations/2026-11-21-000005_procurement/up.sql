-- Vendors, budgets, purchase orders and what arrives against them.
create table vendor (
  id uuid primary key,
  code text not null check (code = upper(btrim(code)) and code <> ''),
  name text not null check (btrim(name) <> ''),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  payment_terms text not null default '',
  email text,
  phone text,
  tax_id text,
  lead_time_days integer check (lead_time_days between 0 and 1000),
  retired_at timestamptz
);
create unique index vendor_code on vendor (code);
create unique index vendor_name on vendor (lower(name));
select ledger.track('vendor');

-- What a team may spend in a fiscal year: reserved on approval, committed on order, spent on invoice.
create table budget (
  id uuid primary key,
  code text not null,
  team_id uuid not null references team,
  fiscal_year integer not null check (fiscal_year between 2000 and 2200),
  kind text not null check (kind in ('capex', 'opex')),
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  amount numeric(18, 4) not null check (amount >= 0),
  reserved numeric(18, 4) not null default 0 check (reserved >= 0),
  committed numeric(18, 4) not null default 0 check (committed >= 0),
  spent numeric(18, 4) not null default 0 check (spent >= 0),
  over_budget text not null default 'stop' check (over_budget in ('stop', 'warn')),
  constraint budget_not_overspent check (over_budget = 'warn' or reserved + committed + spent <= amount)
);
create unique index budget_code on budget (code);
create unique index budget_once on budget (team_id, fiscal_year, kind, currency);
select ledger.track('budget');

create table purchase_order (
  id uuid primary key,
  code text not null,
  vendor_id uuid not null references vendor,
  team_id uuid not null references team,
  deliver_to_id uuid not null references location,
  budget_id uuid references budget,
  requester_id uuid not null references person,
  approver_id uuid references person,
  status text not null default 'draft',
  currency char(3) not null check (currency ~ '^[A-Z]{3}$'),
  total numeric(18, 4) not null default 0 check (total >= 0),   -- the sum of its lines, each rounded to the currency's minor unit
  needed_by date,
  vendor_reference text,
  notes text not null default '',
  created_at timestamptz not null default clock_timestamp(),
  submitted_at timestamptz,
  approved_at timestamptz,
  ordered_at timestamptz,
  received_at timestamptz,                   -- when its last line was complete
  constraint approver_is_not_requester check (approver_id <> requester_id),
  constraint approved_by_somebody check (status not in ('approved', 'ordered', 'partly_received', 'received', 'closed') or approver_id is not null)
);
create unique index purchase_order_code on purchase_order (code);
create index purchase_order_status on purchase_order (status, code);
create index purchase_order_team on purchase_order (team_id, code);
create index purchase_order_vendor on purchase_order (vendor_id, code);
create index purchase_order_requester on purchase_order (requester_id);

insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('purchase_order', '', 'create', 'draft', 'Raise', '{procurement}', 0),
  ('purchase_order', 'draft', 'submit', 'submitted', 'Submit for approval', '{procurement}', 1),
  ('purchase_order', 'submitted', 'approve', 'approved', 'Approve', '{approver}', 2),
  ('purchase_order', 'submitted', 'reject', 'rejected', 'Reject', '{approver}', 3),
  ('purchase_order', 'submitted', 'withdraw', 'draft', 'Take back to draft', '{procurement}', 4),
  ('purchase_order', 'rejected', 'reopen', 'draft', 'Reopen as draft', '{procurement}', 5),
  ('purchase_order', 'approved', 'order', 'ordered', 'Mark as ordered', '{procurement}', 6),
  ('purchase_order', 'ordered', 'receive', 'partly_received', 'Receive', '{warehouse}', 7),
  ('purchase_order', 'ordered', 'receive_all', 'received', 'Receive', '{}', 8),
  ('purchase_order', 'partly_received', 'receive_all', 'received', 'Receive', '{warehouse}', 9),
  ('purchase_order', 'received', 'close', 'closed', 'Close', '{procurement}', 10),
  ('purchase_order', 'partly_received', 'close_short', 'closed', 'Close short', '{procurement}', 11),
  ('purchase_order', 'draft', 'cancel', 'cancelled', 'Cancel', '{procurement}', 12),
  ('purchase_order', 'submitted', 'cancel', 'cancelled', 'Cancel', '{procurement}', 13),
  ('purchase_order', 'approved', 'cancel', 'cancelled', 'Cancel', '{procurement}', 14),
  ('purchase_order', 'ordered', 'cancel', 'cancelled', 'Cancel', '{procurement}', 15),
  ('purchase_order', 'partly_received', 'undo_receipt', 'ordered', 'Undo a receipt', '{}', 16),
  ('purchase_order', 'received', 'undo_receipt', 'partly_received', 'Undo a receipt', '{}', 17),
  ('purchase_order', 'received', 'undo_all_receipts', 'ordered', 'Undo a receipt', '{}', 18);
create trigger lifecycle before insert or update of status on purchase_order for each row execute function rules.check_transition('purchase_order');
select ledger.track('purchase_order');

create table purchase_order_line (
  id uuid primary key,
  purchase_order_id uuid not null references purchase_order,
  number integer not null check (number > 0),
  model_id uuid not null references model,
  description text not null default '',
  unit text not null,
  quantity numeric(14, 3) not null check (quantity > 0),
  unit_price numeric(18, 4) not null check (unit_price >= 0),
  tolerance_percent numeric(5, 2) not null default 0 check (tolerance_percent between 0 and 100),
  received numeric(14, 3) not null default 0 check (received >= 0),
  constraint whole_pieces check (unit = 'm' or (quantity = trunc(quantity) and received = trunc(received))),
  constraint over_receipt check (received <= quantity * (1 + tolerance_percent / 100))
);
create unique index purchase_order_line_number on purchase_order_line (purchase_order_id, number);
create index purchase_order_line_model on purchase_order_line (model_id);

-- An order that went out keeps its lines as they were approved; only what was received moves.
create function rules.lines_of_a_draft() returns trigger language plpgsql as $$
declare state text;
begin
  select status into state from public.purchase_order
    where id = case when tg_op = 'DELETE' then old.purchase_order_id else new.purchase_order_id end for share;
  if state <> 'draft' and (tg_op <> 'UPDATE'
     or (new.model_id, new.quantity, new.unit_price, new.tolerance_percent, new.number, new.purchase_order_id, new.description)
        is distinct from (old.model_id, old.quantity, old.unit_price, old.tolerance_percent, old.number, old.purchase_order_id, old.description)) then
    raise exception 'The lines of an order that is % cannot be changed.', replace(state, '_', ' ')
      using errcode = 'QM012', constraint = 'qm-order-lines-fixed', hint = 'Take it back to draft first, or cancel it and copy it as a new order.';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger lines_of_a_draft before insert or update or delete on purchase_order_line for each row execute function rules.lines_of_a_draft();
select ledger.track('purchase_order_line');

-- What one person received of one order at one place on one day.
create table receipt (
  id uuid primary key,
  code text not null,
  purchase_order_id uuid not null references purchase_order,
  receiver_id uuid not null references person,
  location_id uuid not null references location,
  received_on date not null,
  delivery_note text not null default ''
);
create unique index receipt_code on receipt (code);
create unique index receipt_of_the_day on receipt (purchase_order_id, receiver_id, location_id, received_on, delivery_note);
select ledger.track('receipt');

-- A piece of a receipt; undone by a counter-entry, never by deletion.
create table receipt_line (
  id uuid primary key,
  receipt_id uuid not null references receipt,
  order_line_id uuid not null references purchase_order_line,
  quantity numeric(14, 3) not null,
  lot text not null default '',
  date_code text not null default '',
  country text not null default '',
  reverses_id uuid unique references receipt_line,
  at timestamptz not null default clock_timestamp(),
  check (case when reverses_id is null then quantity > 0 else quantity < 0 end)
);
create index receipt_line_receipt on receipt_line (receipt_id);
create index receipt_line_order_line on receipt_line (order_line_id);

-- The line's received quantity is the sum of its receipts: moved here, under the line's row lock, and nowhere else.
create function rules.receipt_counts() returns trigger language plpgsql as $$
begin
  update public.purchase_order_line set received = received + new.quantity where id = new.order_line_id;
  return new;
end $$;
create trigger counts after insert on receipt_line for each row execute function rules.receipt_counts();
create function rules.received_by_receipts_only() returns trigger language plpgsql as $$
begin
  -- Deeper than one trigger: not a statement of somebody's, but the receipt's own.
  if new.received is distinct from (case when tg_op = 'INSERT' then 0 else old.received end) and pg_trigger_depth() < 2 then
    raise exception 'The received quantity of a line changes by receipts only.'
      using errcode = 'QM013', constraint = 'qm-received-by-receipts', hint = 'Insert a receipt line, or a counter-entry that reverses one.';
  end if;
  return new;
end $$;
create trigger received_by_receipts_only before insert or update of received on purchase_order_line for each row execute function rules.received_by_receipts_only();
select ledger.insert_only('receipt_line');
select ledger.track('receipt_line');
