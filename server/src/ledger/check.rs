//! `quartermaster check`: proves the books. Each proof is a query that finds what contradicts it.

use diesel::sql_types::Text;
use diesel_async::AsyncPgConnection;

use super::verify;
use crate::db::RunQueryDsl;
use crate::http::Result;

/// One thing that has to hold.
struct Proof {
    what: &'static str,
    /// Selects `line`: a sentence for each contradiction.
    sql: &'static str,
}

const PROOFS: &[Proof] = &[
    Proof {
        what: "stock levels equal the sum of their movements",
        sql: "with moved as (select model_id, location_id, team_id, lot, sum(quantity) as quantity from (
                select model_id, to_location_id as location_id, team_id, lot, quantity from stock_movement where to_location_id is not null
                union all select model_id, from_location_id, team_id, lot, -quantity from stock_movement where from_location_id is not null) m group by 1, 2, 3, 4)
              select format('model %s in location %s: level %s, movements %s', coalesce(l.model_id, m.model_id), coalesce(l.location_id, m.location_id), coalesce(l.quantity, 0), coalesce(m.quantity, 0)) as line
              from stock_level l full join moved m using (model_id, location_id, team_id, lot) where coalesce(l.quantity, 0) <> coalesce(m.quantity, 0)",
    },
    Proof {
        what: "received quantities equal the sum of their receipts, less what went back to be replaced",
        sql: "select format('line %s of %s: received %s, receipts %s, to be replaced %s', l.number, o.code, l.received, coalesce(r.quantity, 0), coalesce(b.quantity, 0)) as line
              from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id
              left join (select order_line_id, sum(quantity) as quantity from receipt_line group by 1) r on r.order_line_id = l.id
              left join (select x.order_line_id, sum(x.quantity) as quantity from vendor_return_line x join vendor_return v on v.id = x.vendor_return_id where v.expects = 'replacement' and v.status <> 'cancelled' group by 1) b on b.order_line_id = l.id
              where l.received <> coalesce(r.quantity, 0) - coalesce(b.quantity, 0)",
    },
    Proof {
        what: "what arrived of a shipping notice equals its arrivals, and its serials are counted",
        sql: "select format('line %s of %s: arrived %s, arrivals %s, serials %s of %s', l.number, n.code, l.arrived, coalesce(a.quantity, 0), coalesce(s.n, 0), l.serials) as line
              from shipping_notice_line l join shipping_notice n on n.id = l.shipping_notice_id
              left join (select notice_line_id, sum(quantity) as quantity from notice_arrival group by 1) a on a.notice_line_id = l.id
              left join (select notice_line_id, count(*) as n from announced_serial group by 1) s on s.notice_line_id = l.id
              where l.arrived <> coalesce(a.quantity, 0) or l.serials <> coalesce(s.n, 0)",
    },
    Proof {
        what: "nothing was received beyond its order's tolerance",
        sql: "select format('line %s of %s', l.number, o.code) as line from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id where l.received > (l.quantity - l.cancelled) * (1 + l.tolerance_percent / 100)",
    },
    Proof {
        what: "every serialised piece received is an asset",
        sql: "select format('line %s of %s: %s received, %s assets', l.number, o.code, l.received, count(a.id)) as line
              from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id join model m on m.id = l.model_id and m.tracking = 'serialised'
              left join asset a on a.order_line_id = l.id and a.receipt_line_id is not null and not (a.status = 'gone' and exists (select 1 from receipt_line u where u.reverses_id = a.receipt_line_id))
                and not exists (select 1 from vendor_return_asset x join vendor_return_line y on y.id = x.vendor_return_line_id join vendor_return v on v.id = y.vendor_return_id where x.asset_id = a.id and v.expects = 'replacement' and v.status <> 'cancelled')
              group by l.id, l.number, o.code, l.received having l.received <> count(a.id)",
    },
    Proof {
        what: "every asset is in exactly one place",
        sql: "select tag as line from asset where (status = 'gone') <> (place = 'gone')
              or num_nonnulls(location_id, rack_id, in_asset_id, with_person_id, at_vendor_id) <> case when place = 'gone' then 0 else 1 end",
    },
    Proof {
        what: "no two assets share a rack unit",
        sql: "select format('%s and %s', a.tag, b.tag) as line from asset a join asset b on a.rack_id = b.rack_id and a.id < b.id and a.rack_units && b.rack_units and a.rack_faces && b.rack_faces",
    },
    Proof {
        what: "no two assets of a manufacturer share a serial",
        sql: "select format('%s: %s', serial_key, string_agg(tag, ', ')) as line from asset where serial_key is not null and status <> 'gone' and serial_exception is null
              group by manufacturer_id, component_role, serial_key having count(*) > 1",
    },
    Proof {
        what: "no port has two cables",
        sql: "select format('port %s', port_id) as line from cable_end group by port_id having count(*) > 1",
    },
    Proof {
        what: "seats given equal the assignments in force, and are never more than were bought",
        sql: "select e.code as line from entitlement e left join (select entitlement_id, count(*) as n from licence_assignment where released_at is null group by 1) s on s.entitlement_id = e.id
              where e.assigned <> coalesce(s.n, 0) or e.assigned > e.seats",
    },
    Proof {
        what: "an order's total is the sum of its rounded lines, their tax and the freight",
        sql: "select format('%s: total %s, lines %s', o.code, o.total, s.total) as line from purchase_order o
              join (select l.purchase_order_id, sum(c.net + c.tax) as total from purchase_order_line l join purchase_order x on x.id = l.purchase_order_id,
                    rules.cost(l.quantity - l.cancelled, l.unit_price, l.discount_percent, l.tax_percent, rules.minor_unit(x.currency::text)) c group by 1) s on s.purchase_order_id = o.id
              where o.total <> s.total + o.freight",
    },
    Proof {
        what: "a budget's sums equal its entries",
        sql: "select b.code as line from budget b left join (select budget_id, sum(reserved) as reserved, sum(committed) as committed, sum(spent) as spent from budget_entry group by 1) e on e.budget_id = b.id
              where (b.reserved, b.committed, b.spent) is distinct from (coalesce(e.reserved, 0), coalesce(e.committed, 0), coalesce(e.spent, 0))
                 or b.shared <> (select coalesce(sum(x.amount), 0) from budget x where x.parent_id = b.id)",
    },
    Proof {
        what: "what of a request is ordered and received equals its shares in orders, and is never more than was asked",
        sql: "select format('line %s of %s', l.number, q.code) as line from requisition_line l join requisition q on q.id = l.requisition_id
              left join (select k.requisition_line_id, sum(k.quantity) as bundled, sum(k.quantity) filter (where o.status in ('ordered', 'partly_received', 'received', 'closed')) as ordered, sum(k.received) as received
                         from request_share k join purchase_order_line x on x.id = k.order_line_id join purchase_order o on o.id = x.purchase_order_id group by 1) s on s.requisition_line_id = l.id
              where (l.bundled, l.ordered, l.received) is distinct from (coalesce(s.bundled, 0), coalesce(s.ordered, 0), coalesce(s.received, 0)) or l.bundled > l.quantity
              union all select format('line %s of %s: %s for requests', x.number, o.code, sum(k.quantity)) from request_share k join purchase_order_line x on x.id = k.order_line_id join purchase_order o on o.id = x.purchase_order_id
              group by x.id, o.code having sum(k.quantity) > x.quantity - x.cancelled",
    },
    Proof {
        what: "an invoice's total is the sum of its lines, and a credit note gives back no more than was charged",
        sql: "select i.code as line from invoice i left join (select invoice_id, sum(net) as net, sum(tax) as tax from invoice_line group by 1) l on l.invoice_id = i.id where (i.net, i.tax, i.total) is distinct from (l.net, l.tax, l.net + l.tax)
              union all select n.code from credit_note n left join (select credit_note_id, sum(net) as net, sum(tax) as tax from credit_note_line group by 1) l on l.credit_note_id = n.id where (n.net, n.tax, n.total) is distinct from (l.net, l.tax, l.net + l.tax)
              union all select format('line %s of %s', l.number, i.code) from invoice_line l join invoice i on i.id = l.invoice_id cross join lateral rules.left_of_line(l.id) r where least(r.quantity, r.net, r.tax) < 0",
    },
    Proof {
        what: "what is approved for payment matches what was ordered and received, or was released",
        sql: "select format('%s: %s', i.code, n.kind) as line from invoice i cross join lateral rules.differences(i.id) n left join match_difference d on d.invoice_id = i.id and d.kind = n.kind and d.invoice_line_id is not distinct from n.invoice_line_id
              where i.status in ('held', 'approved') and (d.id is null or d.excess <> n.excess or i.status = 'approved' and d.release_id is null)
              union all select format('%s: %s', i.code, d.kind) from invoice i join match_difference d on d.invoice_id = i.id where i.status = 'approved' and d.release_id is null",
    },
    Proof {
        what: "a budget has spent what its approved invoices come to, less their credit notes, and commits no more of an order than is still to be invoiced",
        sql: "select format('%s: %s spent and %s committed more than it should be', o.code, -m.spent, -m.committed) as line from purchase_order o cross join lateral rules.budget_move(o.id) m
              where exists (select 1 from invoice i where i.purchase_order_id = o.id) and (m.spent <> 0 or m.committed < 0)",
    },
    Proof {
        what: "what was returned is with the vendor, once",
        sql: "select format('%s by %s', a.tag, v.code) as line from vendor_return v join vendor_return_line l on l.vendor_return_id = v.id join vendor_return_asset x on x.vendor_return_line_id = l.id join asset a on a.id = x.asset_id
              where v.status = 'sent' and a.status <> 'returned' or v.status in ('credited', 'replaced') and a.status <> 'gone'
              union all select format('%s', v.code) from vendor_return v join vendor_return_line l on l.vendor_return_id = v.id join purchase_order_line o on o.id = l.order_line_id join model m on m.id = o.model_id and m.tracking = 'serialised'
              where l.quantity <> (select count(*) from vendor_return_asset x where x.vendor_return_line_id = l.id)",
    },
    Proof {
        what: "no order costs more than was approved",
        sql: "select format('%s: costs %s, approved %s', o.code, o.total, a.total) as line from purchase_order o join (select purchase_order_id, max(total) as total from approval where status = 'approved' group by 1) a on a.purchase_order_id = o.id
              where o.status in ('approved', 'ordered', 'partly_received', 'received', 'closed') and o.total > a.total",
    },
];

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// The outcome of one proof: what was to be proven and up to ten contradictions.
pub struct Outcome {
    pub what: &'static str,
    pub contradictions: Vec<String>,
}

/// Runs every proof, the ledger's own last.
pub async fn check(conn: &mut AsyncPgConnection) -> Result<Vec<Outcome>> {
    let mut outcomes = Vec::new();
    for proof in PROOFS {
        let lines: Vec<Line> = diesel::sql_query(format!("select line from ({}) found limit 10", proof.sql)).load(conn).await?;
        outcomes.push(Outcome { what: proof.what, contradictions: lines.into_iter().map(|l| l.line).collect() });
    }
    let stray = verify::rows_without_event(conn).await?;
    outcomes.push(Outcome { what: "every version of every record names an event of the ledger", contradictions: stray.into_iter().collect() });
    let seals = match verify::verify(conn, |_| {}).await? {
        verify::Verdict::Intact { .. } => None,
        verify::Verdict::Touched(what) => Some(what),
    };
    outcomes.push(Outcome { what: "the seals are intact", contradictions: seals.into_iter().collect() });
    Ok(outcomes)
}
