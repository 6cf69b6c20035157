-- What a vendor announces before it arrives, with the serials, so that the dock only verifies them.
create table shipping_notice (
  id uuid primary key,
  code text not null,
  purchase_order_id uuid not null references purchase_order,
  reference text not null check (btrim(reference) <> ''),   -- the vendor's number of it, as on the delivery note
  carrier text not null default '',
  tracking_number text not null default '',
  shipped_on date,
  expected_on date,
  note text not null default '',
  status text not null default 'announced',
  entered_by_id uuid not null references person,
  entered_at timestamptz not null default clock_timestamp(),
  constraint shipped_before_expected check (expected_on >= shipped_on)
);
create unique index shipping_notice_code on shipping_notice (code);
create unique index shipping_notice_reference on shipping_notice (purchase_order_id, lower(reference)) where status <> 'cancelled';
create index shipping_notice_open on shipping_notice (expected_on) where status in ('announced', 'partly_arrived');

insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('shipping_notice', '', 'announce', 'announced', 'Announce', '{procurement,warehouse}', 0),
  ('shipping_notice', 'announced', 'arrive', 'partly_arrived', 'Receive', '{}', 1),
  ('shipping_notice', 'announced', 'arrive_all', 'arrived', 'Receive', '{}', 2),
  ('shipping_notice', 'partly_arrived', 'arrive_all', 'arrived', 'Receive', '{}', 3),
  ('shipping_notice', 'partly_arrived', 'close', 'closed', 'Close: the rest does not come', '{procurement,warehouse}', 4),
  ('shipping_notice', 'announced', 'cancel', 'cancelled', 'Cancel', '{procurement,warehouse}', 5),
  ('shipping_notice', 'partly_arrived', 'undo', 'announced', 'Undo a receipt', '{}', 6),
  ('shipping_notice', 'arrived', 'undo', 'partly_arrived', 'Undo a receipt', '{}', 7),
  ('shipping_notice', 'arrived', 'undo_all', 'announced', 'Undo a receipt', '{}', 8);
create trigger lifecycle before insert or update of status on shipping_notice for each row execute function rules.check_transition('shipping_notice');
select ledger.track('shipping_notice');

create table shipping_notice_line (
  id uuid primary key,
  shipping_notice_id uuid not null references shipping_notice,
  number integer not null check (number > 0),
  order_line_id uuid not null references purchase_order_line,
  package text not null default '',          -- the carton or pallet, as its label says (SSCC)
  lot text not null default '',
  quantity numeric(14, 3) not null check (quantity > 0),
  arrived numeric(14, 3) not null default 0 check (arrived >= 0),
  serials integer not null default 0,
  constraint no_more_serials_than_pieces check (serials <= quantity),
  constraint no_more_arrives_than_announced check (arrived <= quantity)
);
create unique index shipping_notice_line_number on shipping_notice_line (shipping_notice_id, number);
create index shipping_notice_line_of_order on shipping_notice_line (order_line_id);
create function rules.notice_line_fits() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from public.purchase_order_line l join public.shipping_notice n on n.purchase_order_id = l.purchase_order_id where l.id = new.order_line_id and n.id = new.shipping_notice_id) then
    raise exception 'A shipping notice announces lines of its own order only.'
      using errcode = 'QM070', constraint = 'qm-notice-of-its-order', hint = 'Name a line of the order that the notice is for.';
  end if;
  if exists (select 1 from public.purchase_order_line l where l.id = new.order_line_id and l.unit <> 'm') and new.quantity <> trunc(new.quantity) then
    raise exception 'Pieces are counted whole.' using errcode = 'QM015', constraint = 'qm-whole-pieces', hint = 'Give a whole number of pieces.';
  end if;
  if tg_op = 'UPDATE' and (new.order_line_id, new.shipping_notice_id, new.number, new.quantity) is distinct from (old.order_line_id, old.shipping_notice_id, old.number, old.quantity) then
    raise exception 'What was announced stays as it was announced.'
      using errcode = 'QM071', constraint = 'qm-announced-stays', hint = 'Cancel the notice and enter it anew.';
  end if;
  if (new.arrived, new.serials) is distinct from (case when tg_op = 'INSERT' then 0 else old.arrived end, case when tg_op = 'INSERT' then 0 else old.serials end) and pg_trigger_depth() < 2 then
    raise exception 'What arrived of a notice changes by receipts only, and its count of serials with its serials.'
      using errcode = 'QM072', constraint = 'qm-arrived-by-receipts', hint = 'Receive it against the order.';
  end if;
  return new;
end $$;
create trigger fits before insert or update on shipping_notice_line for each row execute function rules.notice_line_fits();
select ledger.track('shipping_notice_line');

-- What of a notice came with which entry of a receipt; taken back by a counter-entry.
create table notice_arrival (
  id uuid primary key,
  notice_line_id uuid not null references shipping_notice_line,
  receipt_line_id uuid not null references receipt_line,
  quantity numeric(14, 3) not null check (quantity <> 0)
);
create index notice_arrival_line on notice_arrival (notice_line_id);
create index notice_arrival_receipt on notice_arrival (receipt_line_id);
create function rules.notice_arrives() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from public.receipt_line r join public.shipping_notice_line l on l.order_line_id = r.order_line_id where r.id = new.receipt_line_id and l.id = new.notice_line_id) then
    raise exception 'What arrives of a notice is received on the order line that it announces.'
      using errcode = 'QM070', constraint = 'qm-notice-of-its-order', hint = 'Receive it on the line that the notice names.';
  end if;
  update public.shipping_notice_line set arrived = arrived + new.quantity where id = new.notice_line_id;
  return new;
end $$;
create trigger counts after insert on notice_arrival for each row execute function rules.notice_arrives();
select ledger.insert_only('notice_arrival');
select ledger.track('notice_arrival');

create table announced_serial (
  id uuid primary key,
  notice_line_id uuid not null references shipping_notice_line,
  order_line_id uuid not null references purchase_order_line,
  manufacturer_id uuid not null references manufacturer,
  serial text not null check (btrim(serial) = serial and serial <> '' and not rules.is_placeholder(serial)),
  serial_key text not null generated always as (rules.serial_key(serial)) stored,
  status text not null default 'expected' check (status in ('expected', 'arrived', 'missing', 'cancelled')),
  receipt_line_id uuid references receipt_line,
  check ((status = 'arrived') = (receipt_line_id is not null))
);
-- A serial is announced once at a time, as it is here once.
create unique index announced_serial_once on announced_serial (manufacturer_id, serial_key) where status = 'expected';
create index announced_serial_line on announced_serial (notice_line_id);
create index announced_serial_expected on announced_serial (order_line_id, serial_key) where status = 'expected';
create index announced_serial_key on announced_serial (serial_key) where status = 'expected';
create index announced_serial_receipt on announced_serial (receipt_line_id) where receipt_line_id is not null;
create function rules.count_announced() returns trigger language plpgsql as $$
begin
  update public.shipping_notice_line l set serials = l.serials + n.added
    from (select notice_line_id, count(*)::integer as added from entered group by notice_line_id) n where l.id = n.notice_line_id;
  if exists (select 1 from entered e join public.shipping_notice_line l on l.id = e.notice_line_id join public.purchase_order_line o on o.id = l.order_line_id join public.model m on m.id = o.model_id
             where e.order_line_id <> l.order_line_id or e.manufacturer_id <> m.manufacturer_id or m.tracking <> 'serialised') then
    raise exception 'Serials are announced for the line that they arrive on, and for what is tracked one by one.'
      using errcode = 'QM073', constraint = 'qm-announced-serial', hint = 'Announce what is counted by quantity alone.';
  end if;
  return null;
end $$;
create trigger counted after insert on announced_serial referencing new table as entered for each statement execute function rules.count_announced();
select ledger.track('announced_serial');
