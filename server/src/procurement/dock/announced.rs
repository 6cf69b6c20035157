//! Verifying at the dock: which of the scanned serials are right, and what of the vendor's shipping notices has come with them.

use diesel::sql_types::{Array, Bool, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Serialize;

use crate::procurement::receiving_line::Line;
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{PurchaseOrderLineId, ReceiptLineId};
use crate::inventory::register;

/// A serial that was scanned and is not received, with the reason.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct NotReceived {
    pub serial: String,
    /// The problem's slug: serial-taken, not-announced, invalid-field
    pub reason: String,
    pub detail: String,
    /// The announced serial that it is nearest to, if one is near: perhaps it was misread.
    pub nearest: Option<String>,
}

/// Scanned serials, sorted out.
#[derive(Debug, Default)]
pub struct Sorted {
    pub right: Vec<String>,
    /// Of the right ones: not announced, and taken all the same.
    pub unannounced: Vec<String>,
    pub wrong: Vec<(NotReceived, Problem)>,
}

#[derive(diesel::QueryableByName)]
struct Expected {
    #[diesel(sql_type = Text)]
    serial: String,
    #[diesel(sql_type = Bool)]
    announced: bool,
}

/// Tells the serials that can be received from those that cannot: here already, a placeholder, or not among those that the vendor announced.
/// Where nothing is announced for the line, everything else is right.
pub async fn sort_out(tx: &mut Tx<'_>, line: &Line, serials: &[String], accept_unannounced: bool) -> Result<Sorted> {
    let known = register::known(tx.conn, serials, &[line.model_id.0]).await?;
    let expected: Vec<Expected> = diesel::sql_query(
        "select w.serial, exists (select 1 from announced_serial s where s.order_line_id = $2 and s.status = 'expected' and s.serial_key = rules.serial_key(w.serial)) as announced
         from unnest($1::text[]) with ordinality w (serial, n) where exists (select 1 from announced_serial s where s.order_line_id = $2 and s.status = 'expected') order by w.n")
        .bind::<Array<Text>, _>(serials).bind::<SqlUuid, _>(line.id.0).load(tx.conn).await?;
    let mut sorted = Sorted::default();
    let mut all: Option<Vec<String>> = None;
    for (n, serial) in serials.iter().enumerate() {
        if labels::scan::is_placeholder_serial(serial) {
            sorted.wrong.push(wrong(serial, register::placeholder(serial), None));
            continue;
        }
        let key = labels::scan::normalise_serial(serial);
        if let Some(holder) = known.iter().find(|k| k.key == key) {
            sorted.wrong.push(wrong(serial, register::taken(holder), None));
            continue;
        }
        if expected.get(n).is_some_and(|e| e.serial == *serial && !e.announced) {
            if accept_unannounced {
                sorted.unannounced.push(serial.clone());
            } else {
                if all.is_none() {
                    all = Some(still_expected(tx, line.id).await?);
                }
                let nearest = nearest(&key, all.as_deref().unwrap_or_default());
                let problem = not_announced(serial, line, nearest.as_deref());
                sorted.wrong.push(wrong(serial, problem, nearest));
                continue;
            }
        }
        sorted.right.push(serial.clone());
    }
    Ok(sorted)
}

fn wrong(serial: &str, problem: Problem, nearest: Option<String>) -> (NotReceived, Problem) {
    (NotReceived { serial: serial.to_owned(), reason: problem.slug().to_owned(), detail: problem.detail().to_owned(), nearest }, problem)
}

fn not_announced(serial: &str, line: &Line, nearest: Option<&str>) -> Problem {
    let mend = match nearest {
        Some(near) => format!("{near} is. Scan it again; was it misread?"),
        None => "Put it aside, or receive it as not announced.".to_owned(),
    };
    let problem = Problem::refused("not-announced", "The vendor did not announce that one", format!("{serial} is not among the serials announced for {}. {mend}", line.model)).with_field("serials", format!("{serial} is not announced"));
    match nearest {
        Some(near) => problem.with("nearest", near),
        None => problem,
    }
}

#[derive(diesel::QueryableByName)]
struct Serial {
    #[diesel(sql_type = Text)]
    serial: String,
}

async fn still_expected(tx: &mut Tx<'_>, line: PurchaseOrderLineId) -> Result<Vec<String>> {
    let all: Vec<Serial> = diesel::sql_query("select serial from announced_serial where order_line_id = $1 and status = 'expected' limit 20000").bind::<SqlUuid, _>(line.0).load(tx.conn).await?;
    Ok(all.into_iter().map(|s| s.serial).collect())
}

/// The one announced serial that differs by at most two characters; none where several do as little.
fn nearest(key: &str, announced: &[String]) -> Option<String> {
    let mut best: Option<(usize, &String, bool)> = None;
    for serial in announced {
        let distance = strsim::levenshtein(key, &labels::scan::normalise_serial(serial));
        match &mut best {
            Some((least, _, alone)) if distance == *least => *alone = false,
            Some((least, ..)) if distance > *least => {}
            _ => best = Some((distance, serial, true)),
        }
    }
    best.filter(|(distance, _, alone)| *distance <= 2 && *alone).map(|(_, serial, _)| serial.clone())
}

/// Enters what of the open notices came with this entry of a receipt: its serials first, then pieces without, oldest notice first, that of the delivery note before all.
pub async fn arrive(tx: &mut Tx<'_>, line: &Line, entry: ReceiptLineId, serials: &[String], quantity: Decimal, delivery_note: &str) -> Result<()> {
    let by_serial = diesel::sql_query(
        "with here as (update announced_serial set status = 'arrived', receipt_line_id = $1
           where order_line_id = $2 and status = 'expected' and serial_key = any(select rules.serial_key(s) from unnest($3::text[]) s) returning notice_line_id)
         insert into notice_arrival (id, notice_line_id, receipt_line_id, quantity) select ledger.uuid_v7(), notice_line_id, $1, count(*) from here group by notice_line_id returning quantity")
        .bind::<SqlUuid, _>(entry.0).bind::<SqlUuid, _>(line.id.0).bind::<Array<Text>, _>(serials).load::<Count>(tx.conn).await?;
    let rest = quantity - by_serial.iter().map(|c| c.quantity).sum::<Decimal>();
    if rest > Decimal::ZERO {
        diesel::sql_query(
            "insert into notice_arrival (id, notice_line_id, receipt_line_id, quantity)
             select ledger.uuid_v7(), r.id, $1, least(r.room, $3 - r.before) from (
               select l.id, f.room, sum(f.room) over (order by (lower(n.reference) = lower($4)) desc, n.code, l.number) - f.room as before
               from shipping_notice_line l join shipping_notice n on n.id = l.shipping_notice_id
                    cross join lateral (select l.quantity - l.arrived - (select count(*) from announced_serial s where s.notice_line_id = l.id and s.status = 'expected') as room) f
               where l.order_line_id = $2 and n.status in ('announced', 'partly_arrived') and f.room > 0) r
             where r.before < $3")
            .bind::<SqlUuid, _>(entry.0).bind::<SqlUuid, _>(line.id.0).bind::<Numeric, _>(rest).bind::<Text, _>(delivery_note).execute(tx.conn).await?;
    }
    settle(tx, entry).await
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = Numeric)]
    quantity: Decimal,
}

/// Takes back what came with an entry that is undone by `counter`: its serials are expected again, unless their notice is over.
pub async fn depart(tx: &mut Tx<'_>, entry: ReceiptLineId, counter: ReceiptLineId) -> Result<()> {
    diesel::sql_query("insert into notice_arrival (id, notice_line_id, receipt_line_id, quantity) select ledger.uuid_v7(), notice_line_id, $2, -sum(quantity) from notice_arrival where receipt_line_id = $1 group by notice_line_id")
        .bind::<SqlUuid, _>(entry.0).bind::<SqlUuid, _>(counter.0).execute(tx.conn).await?;
    diesel::sql_query(
        "update announced_serial s set receipt_line_id = null, status = case when n.status in ('announced', 'partly_arrived', 'arrived')
             and not exists (select 1 from announced_serial x where x.manufacturer_id = s.manufacturer_id and x.serial_key = s.serial_key and x.status = 'expected') then 'expected' else 'missing' end
         from shipping_notice_line l join shipping_notice n on n.id = l.shipping_notice_id where l.id = s.notice_line_id and s.receipt_line_id = $1").bind::<SqlUuid, _>(entry.0).execute(tx.conn).await?;
    settle(tx, counter).await
}

/// A notice has arrived once every line of it has, partly before.
async fn settle(tx: &mut Tx<'_>, entry: ReceiptLineId) -> Result<()> {
    diesel::sql_query(
        "update shipping_notice n set status = s.status from (
           select l.shipping_notice_id, case when bool_and(l.arrived >= l.quantity) then 'arrived' when bool_or(l.arrived > 0) then 'partly_arrived' else 'announced' end as status
           from shipping_notice_line l where l.shipping_notice_id in (select x.shipping_notice_id from notice_arrival a join shipping_notice_line x on x.id = a.notice_line_id where a.receipt_line_id = $1)
           group by l.shipping_notice_id) s
         where n.id = s.shipping_notice_id and n.status <> s.status and n.status in ('announced', 'partly_arrived', 'arrived')").bind::<SqlUuid, _>(entry.0).execute(tx.conn).await?;
    Ok(())
}

#[derive(diesel::QueryableByName)]
struct Order {
    #[diesel(sql_type = Nullable<Text>)]
    code: Option<String>,
}

/// The order that one of these serials is announced for, if it is one order only.
pub async fn order_of(tx: &mut Tx<'_>, serials: &[String]) -> Result<Option<String>> {
    let found: Order = diesel::sql_query(
        "select case when count(distinct o.code) = 1 then max(o.code) end as code from announced_serial s join purchase_order_line l on l.id = s.order_line_id join purchase_order o on o.id = l.purchase_order_id
         where s.status = 'expected' and s.serial_key = any(select rules.serial_key(x) from unnest($1::text[]) x)").bind::<Array<Text>, _>(serials).get_result(tx.conn).await?;
    Ok(found.code)
}
