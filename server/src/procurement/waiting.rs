//! Orders, requests and invoices that wait for somebody: to be approved, sent, finished, received, asked after; to be accepted and ordered; to be released or paid; what the dock reported, to be settled.

use diesel_async::AsyncPgConnection;

use crate::auth::{Caller, Role};
use crate::http::Result;
use crate::http::waiting::{Waiting, load};

const TO_APPROVE: &str = "
  select 'purchase_order' as kind, o.code, v.name || ' for ' || t.code as title,
         case when a.amendment_id is null then 'Raised' else 'Amended' end || ' by ' || r.name || ': ' || rules.money_text(a.total, a.currency::text) || ' ' || a.currency as why,
         case when o.needed_by <= ledger.today() + 7 then 1 else 2 end as urgency, a.asked_at as at, 'approve' as action
  from approval a join purchase_order o on o.id = a.purchase_order_id join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id join person r on r.id = a.requester_id
       cross join lateral rules.may_decide(a.id, $2) d
  where a.status = 'pending' and d.hindrance is null and cardinality($1) > 0 order by a.asked_at limit $3";

const TO_BUY: &str = "
  select 'purchase_order' as kind, o.code, v.name || ' for ' || t.code as title,
         case when mail.failed then 'Its mail did not reach the vendor: send it again, or give it up' else case o.status when 'approved' then 'Approved: send it to the vendor, or mark it as ordered' when 'rejected' then 'Sent back: change it or cancel it'
                       when 'draft' then 'A draft of yours, not submitted yet' else 'Late: due on ' || to_char(late.due_on, 'YYYY-MM-DD') || ', not all of it has arrived' end end as why,
         case o.status when 'draft' then 3 when 'rejected' then 2 else 1 end as urgency, coalesce(o.approved_at, o.submitted_at, o.created_at) as at,
         case o.status when 'approved' then 'order' when 'rejected' then 'reopen' when 'draft' then 'submit' else 'open' end as action
  from purchase_order o join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id
       left join lateral (select true as failed from mail m where m.subject_id = o.id and m.status = 'failed' limit 1) mail on true
       left join lateral (select min(w.due_on) as due_on from rules.open_lines() w where w.purchase_order_id = o.id and w.due_on < ledger.today()) late on o.status in ('ordered', 'partly_received')
  where o.team_id = any($1) and (o.status = 'approved' or (o.status in ('draft', 'rejected') and o.requester_id = $2) or late.due_on is not null or mail.failed)
  order by urgency, at limit $3";

const TO_RECEIVE: &str = "
  select 'purchase_order' as kind, o.code, v.name || ' for ' || t.code as title,
         trim_scale(l.arrived)::text || ' of ' || trim_scale(l.ordered)::text || ' pieces have arrived' || coalesce(', needed by ' || to_char(o.needed_by, 'YYYY-MM-DD'), '') as why,
         case when o.needed_by < ledger.today() then 1 when l.arrived > 0 then 2 else 3 end as urgency, o.ordered_at as at, 'receive' as action
  from purchase_order o join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id
       join lateral (select sum(least(x.received, x.quantity)) as arrived, sum(x.quantity - coalesce(x.cancelled, 0)) as ordered from purchase_order_line x where x.purchase_order_id = o.id) l on true
  where o.status in ('ordered', 'partly_received') and o.team_id = any($1) and $2 is not null order by urgency, o.ordered_at limit $3";

const REQUESTS_TO_BUY: &str = "
  select 'requisition' as kind, q.code, w.what || ' for ' || t.code as title,
         case q.status when 'submitted' then 'Asked by ' || p.name || ': accept or refuse it' else 'Accepted: ' || trim_scale(w.rest) || ' to order' end || coalesce(', needed by ' || to_char(q.needed_by, 'YYYY-MM-DD'), '') as why,
         case when q.needed_by < ledger.today() + 14 then 1 else 2 end as urgency, coalesce(q.decided_at, q.submitted_at) as at, case q.status when 'submitted' then 'accept' else 'order' end as action
  from requisition q join team t on t.id = q.team_id join person p on p.id = q.requester_id
       join lateral (select string_agg(trim_scale(l.quantity) || ' x ' || coalesce(m.name, l.description), ', ' order by l.number) filter (where l.number <= 3) as what, sum(l.quantity - l.bundled) filter (where l.refused is null) as rest
                     from requisition_line l left join model m on m.id = l.model_id where l.requisition_id = q.id) w on true
  where q.team_id = any($1) and $2 is not null and (q.status = 'accepted' and w.rest > 0 or q.status = 'submitted' and (q.board_id is null or q.board_agreed_by_id is not null)) order by urgency, at limit $3";

const QUOTES: &str = "
  select 'quote_request' as kind, q.code, q.title || ' for ' || t.code as title,
         case when w.answered = w.asked then 'All of ' || w.asked || ' vendors have answered: choose' else 'Due ' || to_char(q.due_on, 'YYYY-MM-DD') || ', ' || w.answered || ' of ' || w.asked || ' vendors have answered' end as why,
         case when w.answered = w.asked then 1 else 2 end as urgency, q.sent_at as at, 'choose' as action
  from quote_request q join team t on t.id = q.team_id join lateral (select count(*) as asked, count(*) filter (where k.status <> 'asked') as answered from quote k where k.quote_request_id = q.id) w on true
  where q.status = 'sent' and q.team_id = any($1) and $2 is not null and (w.answered = w.asked or q.due_on < ledger.today()) order by urgency, q.due_on limit $3";

/// Of one's own: sent back with a reason, or never submitted; and what waits for a board that one is of.
const MY_REQUESTS: &str = "
  select 'requisition' as kind, q.code, q.reason || ' for ' || t.code as title,
         case when q.requester_id <> $2 then 'Over its budget: ' || rules.money_text(q.estimate, q.currency::text) || ' ' || q.currency || ' asked by ' || p.name when q.status = 'refused' then 'Refused: ' || coalesce(q.decision, '') else 'A draft of yours, not submitted yet' end as why,
         case when q.status = 'draft' then 3 else 2 end as urgency, coalesce(q.decided_at, q.submitted_at, q.created_at) as at, case q.status when 'draft' then 'submit' when 'refused' then 'reopen' else 'agree' end as action
  from requisition q join team t on t.id = q.team_id join person p on p.id = q.requester_id
  where cardinality($1) > 0 and (q.requester_id = $2 and q.status in ('draft', 'refused')
     or q.requester_id <> $2 and q.status = 'submitted' and q.board_agreed_by_id is null and q.board_id in (select m.group_id from approver_group_member m where m.person_id = $2)) order by at desc limit $3";

const TO_RELEASE: &str = "
  select 'invoice' as kind, i.code, v.name || ' ' || i.number as title,
         'Held for ' || (select string_agg(distinct replace(d.kind, '_', ' '), ', ') from match_difference d where d.invoice_id = i.id and d.release_id is null) || ': ' || rules.money_text(i.total, i.currency::text) || ' ' || i.currency as why,
         case when i.due_on <= ledger.today() + 7 then 1 else 2 end as urgency, i.entered_at as at, 'release' as action
  from invoice i join vendor v on v.id = i.vendor_id cross join lateral rules.may_release(i.id, $2) m
  where i.status = 'held' and m.hindrance is null and cardinality($1) > 0 order by i.due_on nulls last, i.entered_at limit $3";

const TO_PAY: &str = "
  select 'invoice' as kind, i.code, v.name || ' ' || i.number as title,
         'Approved, due ' || to_char(i.due_on, 'YYYY-MM-DD') || ': ' || rules.money_text(i.total, i.currency::text) || ' ' || i.currency as why,
         case when i.due_on <= ledger.today() then 1 else 2 end as urgency, i.approved_at as at, 'pay' as action
  from invoice i join vendor v on v.id = i.vendor_id join purchase_order o on o.id = i.purchase_order_id
  where i.status = 'approved' and i.due_on <= ledger.today() + 7 and o.team_id = any($1) and $2 is not null order by i.due_on, i.code limit $3";

const DISCREPANCIES: &str = "
  select 'discrepancy' as kind, d.code, v.name || ': ' || trim_scale(d.quantity) || ' ' || replace(d.kind, '_', ' ') as title,
         concat_ws(', ', 'On ' || o.code, nullif(m.name, ''), nullif(d.note, '')) as why, case when d.kind in ('damaged', 'refused') then 1 else 2 end as urgency, d.reported_at as at, 'resolve' as action
  from discrepancy d join purchase_order o on o.id = d.purchase_order_id join vendor v on v.id = o.vendor_id left join purchase_order_line l on l.id = d.order_line_id left join model m on m.id = l.model_id
  where d.status = 'open' and o.team_id = any($1) and $2 is not null order by urgency, d.reported_at limit $3";

/// What waits for the caller in procurement and at the dock.
pub async fn waiting(conn: &mut AsyncPgConnection, caller: &Caller) -> Result<Vec<Waiting>> {
    let mut all = Vec::new();
    for (role, sql) in [(Role::Approver, TO_APPROVE), (Role::Procurement, TO_BUY), (Role::Procurement, REQUESTS_TO_BUY), (Role::Procurement, QUOTES), (Role::Procurement, DISCREPANCIES), (Role::Warehouse, TO_RECEIVE), (Role::Approver, TO_RELEASE), (Role::Procurement, TO_PAY)] {
        all.extend(load(conn, sql, caller.reaches(role), caller.person().0).await?);
    }
    all.extend(load(conn, MY_REQUESTS, caller.teams(), caller.person().0).await?);
    Ok(all)
}
