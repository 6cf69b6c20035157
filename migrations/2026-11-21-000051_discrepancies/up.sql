-- What is not as it was ordered or announced: damaged, the wrong thing, refused at the dock, missing. Kept until somebody says what became of it.
alter table receipt_line add column condition text check (condition in ('good', 'damaged'));
alter table receipt_line alter column condition set default 'good';
select ledger.track('receipt_line');

create table discrepancy (
  id uuid primary key,
  code text not null,
  purchase_order_id uuid not null references purchase_order,
  order_line_id uuid references purchase_order_line,
  receipt_line_id uuid references receipt_line,
  shipping_notice_id uuid references shipping_notice,
  kind text not null check (kind in ('damaged', 'wrong_item', 'refused', 'not_announced', 'missing')),
  quantity numeric(14, 3) not null check (quantity > 0),
  serials text[] not null default '{}',
  found text not null default '',            -- what was in the carton instead
  note text not null default '',
  status text not null default 'open',
  resolution text not null default '',
  reported_by_id uuid not null references person,
  reported_at timestamptz not null default clock_timestamp(),
  resolved_by_id uuid references person,
  resolved_at timestamptz,
  constraint damaged_was_received check (kind not in ('damaged', 'not_announced') or receipt_line_id is not null),
  constraint refused_was_not_received check (kind not in ('refused', 'wrong_item', 'missing') or receipt_line_id is null),
  constraint wrong_item_is_named check (kind <> 'wrong_item' or btrim(found) <> ''),
  constraint refused_with_reason check (kind not in ('damaged', 'refused') or btrim(note) <> ''),
  constraint resolved_with_words check (status <> 'resolved' or (btrim(resolution) <> '' and resolved_by_id is not null))
);
create unique index discrepancy_code on discrepancy (code);
create index discrepancy_order on discrepancy (purchase_order_id);
create index discrepancy_open on discrepancy (reported_at) where status = 'open';
insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('discrepancy', '', 'report', 'open', 'Report', '{warehouse}', 0),
  ('discrepancy', 'open', 'resolve', 'resolved', 'Settle', '{procurement,warehouse}', 1),
  ('discrepancy', 'resolved', 'reopen', 'open', 'Open again', '{procurement,warehouse}', 2);
create trigger lifecycle before insert or update of status on discrepancy for each row execute function rules.check_transition('discrepancy');
create function rules.discrepancy_stays() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (new.purchase_order_id, new.order_line_id, new.receipt_line_id, new.kind, new.quantity, new.serials, new.found, new.note, new.reported_by_id)
     is distinct from (old.purchase_order_id, old.order_line_id, old.receipt_line_id, old.kind, old.quantity, old.serials, old.found, old.note, old.reported_by_id) then
    raise exception 'What was reported stays as it was reported.'
      using errcode = 'QM074', constraint = 'qm-reported-stays', hint = 'Settle it with words, and report anew what is so.';
  end if;
  return new;
end $$;
create trigger aa_stays before update or delete on discrepancy for each row execute function rules.discrepancy_stays();
select ledger.track('discrepancy');
