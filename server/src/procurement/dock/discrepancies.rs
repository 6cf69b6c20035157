//! Discrepancies: what came damaged, was the wrong thing, was refused at the dock, was not announced or did not come. Reported
//! where it is seen, open until somebody says what became of it.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, Jsonb, Nullable, Numeric, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::procurement::receiving_line::{self, Wanted};
use crate::procurement::record::{self, Held};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::actions::{Action, transitions};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{DiscrepancyId, PurchaseOrderLineId, ReceiptLineId, ShippingNoticeId, TeamId};
use crate::ledger::NewEvent;

/// What is not taken in.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDiscrepancy {
    pub purchase_order: String,
    /// refused (sent back at the dock) or wrong_item (put aside; it is not what was ordered)
    pub kind: String,
    /// Number or id of the order's line, if it is known.
    #[serde(default)]
    pub line: Option<String>,
    pub quantity: Quantity,
    #[serde(default)]
    pub serials: Vec<String>,
    /// With wrong_item: what it is instead.
    #[serde(default)]
    pub found: String,
    #[serde(default)]
    pub note: String,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settle {
    /// What became of it.
    pub resolution: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Discrepancy {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = DiscrepancyRow)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: DiscrepancyId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    purchase_order: String,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    vendor: Value,
    /// {number, model}, if it is known
    #[diesel(sql_type = Nullable<Jsonb>)]
    line: Option<Value>,
    #[diesel(sql_type = Nullable<Text>)]
    shipping_notice: Option<String>,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = Quantity)]
    #[serde(serialize_with = "quantity")]
    quantity: Decimal,
    #[diesel(sql_type = Array<Text>)]
    serials: Vec<String>,
    #[diesel(sql_type = Text)]
    found: String,
    #[diesel(sql_type = Text)]
    note: String,
    #[diesel(sql_type = Text)]
    resolution: String,
    #[diesel(sql_type = Text)]
    reported_by: String,
    #[diesel(sql_type = Timestamptz)]
    reported_at: DateTime<Utc>,
    #[diesel(sql_type = Nullable<Text>)]
    resolved_by: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    resolved_at: Option<DateTime<Utc>>,
}

fn quantity<S: serde::Serializer>(quantity: &Decimal, to: S) -> std::result::Result<S::Ok, S::Error> {
    Quantity(*quantity).serialize(to)
}

/// A discrepancy that is written with the receipt or the notice that shows it; the operation has opened its event.
pub struct Found<'a> {
    pub kind: &'static str,
    pub line: Option<PurchaseOrderLineId>,
    pub receipt_line: Option<ReceiptLineId>,
    pub notice: Option<ShippingNoticeId>,
    pub quantity: Decimal,
    pub serials: &'a [String],
    pub found: &'a str,
    pub note: &'a str,
}

/// Writes one; answers its id and code.
pub async fn write(tx: &mut Tx<'_>, held: &Held, what: Found<'_>) -> Result<(DiscrepancyId, String)> {
    let (id, code) = (DiscrepancyId::new(), tx.next_code("DR", "discrepancy").await?);
    diesel::sql_query(
        "insert into discrepancy (id, code, purchase_order_id, order_line_id, receipt_line_id, shipping_notice_id, kind, quantity, serials, found, note, reported_by_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce($12, $13))")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(held.id.0).bind::<Nullable<SqlUuid>, _>(what.line.map(|l| l.0)).bind::<Nullable<SqlUuid>, _>(what.receipt_line.map(|l| l.0))
        .bind::<Nullable<SqlUuid>, _>(what.notice.map(|n| n.0)).bind::<Text, _>(what.kind).bind::<Numeric, _>(what.quantity).bind::<Array<Text>, _>(what.serials).bind::<Text, _>(what.found).bind::<Text, _>(what.note)
        .bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).bind::<SqlUuid, _>(held.requester_id.0).execute(tx.conn).await?;
    tx.also_about("discrepancy", id).await?;
    Ok((id, code))
}

/// Reports what is not taken in: refused, or the wrong thing. Nothing is received by it. Locks the order.
pub async fn report(tx: &mut Tx<'_>, caller: &Caller, new: NewDiscrepancy) -> Result<Discrepancy> {
    let held = record::lock(tx.conn, &new.purchase_order).await?;
    caller.require(&[Role::Warehouse], held.team_id, &format!("Reporting what came for {}", held.code))?;
    if !matches!(held.status.as_str(), "ordered" | "partly_received" | "received") {
        return Err(Problem::refused("wrong-state", "Nothing can have come for it", format!("{} is {}. Only what was ordered can arrive.", held.code, held.status.replace('_', " "))).with("state", &held.status));
    }
    let kind = match new.kind.as_str() {
        "refused" => "refused",
        "wrong_item" => "wrong_item",
        other => return Err(Problem::field("kind", format!("{other} is not reported by hand. There is refused and wrong_item; what is damaged is received with its condition."))),
    };
    let (found, note) = (new.found.trim(), new.note.trim());
    if kind == "refused" && note.is_empty() {
        return Err(Problem::field("note", "Say why it was refused; the vendor will ask."));
    }
    if kind == "wrong_item" && found.is_empty() {
        return Err(Problem::field("found", "Say what it is instead: a part number, or what stands on the carton."));
    }
    let line = match new.line.as_deref() {
        Some(line) => Some(receiving_line::find(tx, &held, &Wanted { line: Some(line), part_number: None, serials: false }).await?),
        None => None,
    };
    let quantity = new.quantity.checked("quantity", line.as_ref().map_or("pcs", |l| l.unit.as_str()))?;
    let serials: Vec<String> = new.serials.iter().map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
    if serials.iter().any(|s| s.chars().count() > 100 || s.chars().any(char::is_control)) || serials.len() > 1000 {
        return Err(Problem::field("serials", "A serial has at most 100 characters, none of them control characters; a report has at most 1,000."));
    }
    tx.open(NewEvent::new("discrepancy.report", "purchase_order", held.id).team(held.team_id).reason(Some(note.to_owned()).filter(|n| !n.is_empty()))
        .details(json!({"code": held.code, "kind": kind, "line": line.as_ref().map(|l| l.number), "quantity": Quantity(quantity), "found": found, "serials": serials}))).await?;
    let (id, _) = write(tx, &held, Found { kind, line: line.map(|l| l.id), receipt_line: None, notice: None, quantity, serials: &serials, found, note }).await?;
    read(tx.conn, caller, id, false).await
}

/// Reports what a notice announced and did not bring, a report for each line. For the operation that closes the notice.
pub async fn report_missing(tx: &mut Tx<'_>, held: &Held, notice: ShippingNoticeId, note: &str) -> Result<()> {
    #[derive(diesel::QueryableByName)]
    struct Missing {
        #[diesel(sql_type = SqlUuid)]
        order_line_id: PurchaseOrderLineId,
        #[diesel(sql_type = Numeric)]
        quantity: Decimal,
        #[diesel(sql_type = Array<Text>)]
        serials: Vec<String>,
    }
    let missing: Vec<Missing> = diesel::sql_query(
        "select l.order_line_id, l.quantity - l.arrived as quantity, array(select s.serial from announced_serial s where s.notice_line_id = l.id and s.status = 'expected' order by s.serial) as serials
         from shipping_notice_line l where l.shipping_notice_id = $1 and l.arrived < l.quantity order by l.number").bind::<SqlUuid, _>(notice.0).load(tx.conn).await?;
    for one in missing {
        write(tx, held, Found { kind: "missing", line: Some(one.order_line_id), receipt_line: None, notice: Some(notice), quantity: one.quantity, serials: &one.serials, found: "", note }).await?;
    }
    Ok(())
}

/// Settles a report with what became of it, or opens it again (`resolution` says why).
pub async fn settle(tx: &mut Tx<'_>, caller: &Caller, code: &str, step: &str, words: &str) -> Result<Discrepancy> {
    let id = DiscrepancyId(find::DISCREPANCY.find(tx.conn, code).await?);
    diesel::sql_query("select 1 from discrepancy where id = $1 for update").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    let Discrepancy { row, .. } = read(tx.conn, caller, id, false).await?;
    let step = transitions(tx.conn, "discrepancy").await?.into_iter().find(|t| t.action == step && t.from_state == row.status)
        .ok_or_else(|| Problem::refused("wrong-state", "That is done already", format!("{} is {}.", row.code, row.status)).with("state", &row.status))?;
    caller.require(&step.roles(), row.team_id, &format!("Settling {}", row.code))?;
    let words = words.trim();
    if words.is_empty() {
        return Err(Problem::field("resolution", "Say what became of it: credited, replaced, found."));
    }
    tx.open(NewEvent::new(if step.action == "resolve" { "discrepancy.resolve" } else { "discrepancy.reopen" }, "discrepancy", id).team(row.team_id).reason(Some(words.to_owned())).details(json!({"code": row.code, "order": row.purchase_order}))).await?;
    let resolved = step.to_state == "resolved";
    diesel::sql_query("update discrepancy set status = $2, resolution = case when $3 then $4 else '' end, resolved_by_id = case when $3 then coalesce($5, reported_by_id) end, resolved_at = case when $3 then clock_timestamp() end where id = $1")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&step.to_state).bind::<diesel::sql_types::Bool, _>(resolved).bind::<Text, _>(words).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).execute(tx.conn).await?;
    read(tx.conn, caller, id, false).await
}

pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: DiscrepancyId, past: bool) -> Result<Discrepancy> {
    let row: Row = diesel::sql_query(
        "select d.id, d.opened_by::text as version, d.code, d.kind, d.status, o.code as purchase_order, o.team_id, jsonb_build_object('code', v.code, 'name', v.name) as vendor,
                case when l.id is not null then jsonb_build_object('number', l.number, 'model', m.name) end as line, n.code as shipping_notice, d.quantity, d.serials, d.found, d.note, d.resolution,
                p.name as reported_by, d.reported_at, r.name as resolved_by, d.resolved_at
         from discrepancy d join purchase_order o on o.id = d.purchase_order_id join vendor v on v.id = o.vendor_id join person p on p.id = d.reported_by_id left join person r on r.id = d.resolved_by_id
              left join purchase_order_line l on l.id = d.order_line_id left join model m on m.id = l.model_id left join shipping_notice n on n.id = d.shipping_notice_id where d.id = $1")
        .bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let past = past.then(|| crate::inventory::record::PAST.to_owned());
    let actions = transitions(conn, "discrepancy").await?.into_iter().filter(|t| t.from_state == row.status)
        .map(|t| Action::post(t.action.as_str(), t.label.clone(), format!("/api/v1/discrepancies/{}/{}", row.code, t.action)).unless(past.clone()).needs(caller, &t.roles(), row.team_id).input(&["resolution"])).collect();
    Ok(Discrepancy { row, actions })
}
