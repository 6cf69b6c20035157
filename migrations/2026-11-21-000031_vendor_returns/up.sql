-- What goes back to the vendor, against what was received: for a credit, or for a replacement.
create table vendor_return (
  id uuid primary key,
  code text not null,
  purchase_order_id uuid not null references purchase_order,
  rma_number text not null check (rma_number = btrim(rma_number) and length(rma_number) between 1 and 60),
  reason text not null check (btrim(reason) <> ''),
  expects text not null check (expects in ('credit', 'replacement')),
  status text not null default 'sent',
  carrier text not null default '',
  returned_by_id uuid not null references person,
  returned_at timestamptz not null default clock_timestamp()
);
create unique index vendor_return_code on vendor_return (code);
create index vendor_return_order on vendor_return (purchase_order_id);
create index vendor_return_status on vendor_return (status, code);
insert into transition (lifecycle, from_state, action, to_state, label, roles, position) values
  ('vendor_return', '', 'send', 'sent', 'Send back', '{warehouse,procurement}', 0),
  ('vendor_return', 'sent', 'credit', 'credited', 'Credited', '{}', 1),
  ('vendor_return', 'sent', 'replace', 'replaced', 'Replaced', '{}', 2),
  ('vendor_return', 'sent', 'cancel', 'cancelled', 'It came back', '{warehouse}', 3),
  ('asset', 'received', 'return_to_vendor', 'returned', 'Return to the vendor', '{}', 11),
  ('asset', 'in_test', 'return_to_vendor', 'returned', 'Return to the vendor', '{}', 11),
  ('asset', 'ready', 'return_to_vendor', 'returned', 'Return to the vendor', '{}', 11),
  ('asset', 'in_repair', 'return_to_vendor', 'returned', 'Return to the vendor', '{}', 11),
  ('asset', 'returned', 'take_back', 'received', 'Came back from the vendor', '{}', 12),
  ('asset', 'returned', 'settle_return', 'gone', 'Stays with the vendor', '{}', 13);
alter table asset add constraint returned_is_with_vendor check (status <> 'returned' or place = 'vendor');
create trigger lifecycle before insert or update of status on vendor_return for each row execute function rules.check_transition('vendor_return');
create trigger no_delete before delete on vendor_return for each row execute function rules.no_delete();

create table vendor_return_line (
  id uuid primary key,
  vendor_return_id uuid not null references vendor_return,
  receipt_line_id uuid not null references receipt_line,
  order_line_id uuid not null references purchase_order_line,   -- the receipt's
  quantity numeric(14, 3) not null check (quantity > 0),
  location_id uuid references location                          -- where counted pieces were taken from
);
create unique index vendor_return_line_once on vendor_return_line (vendor_return_id, receipt_line_id);
create index vendor_return_line_receipt on vendor_return_line (receipt_line_id);
create index vendor_return_line_order_line on vendor_return_line (order_line_id);
create table vendor_return_asset (
  id uuid primary key,
  vendor_return_line_id uuid not null references vendor_return_line,
  asset_id uuid not null references asset
);
create unique index vendor_return_asset_once on vendor_return_asset (vendor_return_line_id, asset_id);
create index vendor_return_asset_asset on vendor_return_asset (asset_id);

-- A return stays as it was sent. What is replaced is to be received again: only an order that is still open gets it.
create function rules.return_facts() returns trigger language plpgsql as $$
declare o public.purchase_order%rowtype;
begin
  if tg_op = 'UPDATE' then
    if (new.purchase_order_id, new.code, new.rma_number, new.reason, new.expects, new.returned_by_id) is distinct from (old.purchase_order_id, old.code, old.rma_number, old.reason, old.expects, old.returned_by_id) then
      raise exception 'A return stays as it was sent.' using errcode = 'QM085', constraint = 'qm-return-fixed', hint = 'Take it back and send another.';
    elsif new.status in ('credited', 'replaced') and new.status <> old.status and pg_trigger_depth() < 2 then
      raise exception 'A return is settled by a credit note, or by what arrives in its place.' using errcode = 'QM086', constraint = 'qm-return-settled-by', hint = 'Enter the credit note, or receive the replacement.';
    end if;
    return new;
  end if;
  select * into o from public.purchase_order where id = new.purchase_order_id for update;
  if not (o.status in ('partly_received', 'received') or o.status = 'closed' and new.expects = 'credit') then
    raise exception '% is %; nothing of it can go back for a %.', o.code, replace(o.status, '_', ' '), new.expects
      using errcode = 'QM087', constraint = 'qm-nothing-to-return', hint = case when o.status = 'closed' then 'Return it for a credit, and order the replacement anew.' else 'Receive it first.' end;
  end if;
  return new;
end $$;
create trigger facts before insert or update on vendor_return for each row execute function rules.return_facts();

create function rules.return_line_fits() returns trigger language plpgsql as $$
declare
  back public.vendor_return%rowtype;
  came record;
  gone numeric;
begin
  select * into back from public.vendor_return where id = new.vendor_return_id;
  perform 1 from public.purchase_order where id = back.purchase_order_id for update;
  select r.order_line_id, r.quantity, l.purchase_order_id, l.unit, r.reverses_id is not null or exists (select 1 from public.receipt_line u where u.reverses_id = r.id) as undone into came
    from public.receipt_line r join public.purchase_order_line l on l.id = r.order_line_id where r.id = new.receipt_line_id;
  select coalesce(sum(x.quantity), 0) into gone from public.vendor_return_line x join public.vendor_return v on v.id = x.vendor_return_id where x.receipt_line_id = new.receipt_line_id and v.status <> 'cancelled';
  new.order_line_id := came.order_line_id;
  if came.purchase_order_id is distinct from back.purchase_order_id or back.status <> 'sent' then
    raise exception 'A return takes back what its own order received.' using errcode = 'QM088', constraint = 'qm-return-of-its-order', hint = 'Name a receipt of that order.';
  elsif came.undone or gone + new.quantity > came.quantity then
    raise exception 'Of that entry, % can go back, not %.', case when came.undone then '0' else trim_scale(came.quantity - gone)::text end, trim_scale(new.quantity)
      using errcode = 'QM089', constraint = 'qm-over-return', hint = 'Return what was received and is still here.';
  elsif came.unit <> 'm' and new.quantity <> trunc(new.quantity) then
    raise exception 'Pieces are counted whole; % is not.', new.quantity using errcode = 'QM015', constraint = 'qm-whole-pieces', hint = 'Give a whole number.';
  end if;
  return new;
end $$;
create trigger fits before insert on vendor_return_line for each row execute function rules.return_line_fits();

-- What is to be replaced is no longer received: its line is open again for as many.
create function rules.return_counts() returns trigger language plpgsql as $$
begin
  update public.purchase_order_line l set received = received - new.quantity from public.vendor_return v where v.id = new.vendor_return_id and v.expects = 'replacement' and l.id = new.order_line_id;
  return null;
end $$;
create trigger counts after insert on vendor_return_line for each row execute function rules.return_counts();
create function rules.return_taken_back() returns trigger language plpgsql as $$
begin
  update public.purchase_order_line l set received = received + x.quantity from public.vendor_return_line x where x.vendor_return_id = new.id and new.expects = 'replacement' and l.id = x.order_line_id;
  return null;
end $$;
create trigger counts after update of status on vendor_return for each row when (new.status = 'cancelled' and old.status <> 'cancelled') execute function rules.return_taken_back();

-- What went back is not undone beside it.
create function rules.returned_stays() returns trigger language plpgsql as $$
begin
  if exists (select 1 from public.vendor_return_line x join public.vendor_return v on v.id = x.vendor_return_id where x.receipt_line_id = new.reverses_id and v.status <> 'cancelled') then
    raise exception 'Some of that entry went back to the vendor.' using errcode = 'QM090', constraint = 'qm-returned-already', hint = 'Return the rest of it too.';
  end if;
  return new;
end $$;
create trigger returned_stays before insert on receipt_line for each row when (new.reverses_id is not null) execute function rules.returned_stays();

select ledger.track('vendor_return');
select ledger.insert_only('vendor_return_line');
select ledger.track('vendor_return_line');
select ledger.insert_only('vendor_return_asset');
select ledger.track('vendor_return_asset');

-- A return that is credited or replaced: its assets stay with the vendor and leave the books.
create function rules.settle_return(p_return uuid, p_status text) returns void language plpgsql as $$
begin
  update public.vendor_return set status = p_status where id = p_return;
  perform ledger.also_about('vendor_return', p_return);
  perform ledger.also_about('asset', x.asset_id) from public.vendor_return_asset x join public.vendor_return_line l on l.id = x.vendor_return_line_id where l.vendor_return_id = p_return;
  update public.asset a set status = 'gone', place = 'gone', at_vendor_id = null
    from public.vendor_return_asset x join public.vendor_return_line l on l.id = x.vendor_return_line_id where l.vendor_return_id = p_return and a.id = x.asset_id and a.status = 'returned';
end $$;
