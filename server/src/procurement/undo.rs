//! Undoing a receipt: a counter-entry, never a deletion.

use diesel::OptionalExtension;
use diesel::sql_types::{Bool, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde_json::json;

use super::dock::announced;
use super::receiving;
use super::record::{self, PurchaseOrder};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{LocationId, ModelId, ReceiptLineId, TeamId};
use crate::inventory::stock::{self, End, Movement};
use crate::ledger::NewEvent;

#[derive(diesel::QueryableByName)]
struct Entry {
    #[diesel(sql_type = Text)]
    order: String,
    #[diesel(sql_type = SqlUuid)]
    receipt_id: uuid::Uuid,
    #[diesel(sql_type = SqlUuid)]
    order_line_id: uuid::Uuid,
    #[diesel(sql_type = Numeric)]
    quantity: Decimal,
    #[diesel(sql_type = Text)]
    lot: String,
    #[diesel(sql_type = SqlUuid)]
    model_id: ModelId,
    #[diesel(sql_type = Text)]
    tracking: String,
    #[diesel(sql_type = SqlUuid)]
    location_id: LocationId,
    #[diesel(sql_type = SqlUuid)]
    team_id: TeamId,
    #[diesel(sql_type = Bool)]
    reversed: bool,
    #[diesel(sql_type = Nullable<Text>)]
    touched: Option<String>,
}

/// Takes back one entry of a receipt. Refuses once its assets were put to use or its stock has moved on. Needs a reason.
pub async fn undo(tx: &mut Tx<'_>, caller: &Caller, entry: ReceiptLineId, reason: Option<String>) -> Result<PurchaseOrder> {
    let found: Option<Entry> = diesel::sql_query(
        "select o.code as order, x.receipt_id, x.order_line_id, x.quantity, x.lot, l.model_id, m.tracking, r.location_id, o.team_id,
                x.reverses_id is not null or exists (select 1 from receipt_line u where u.reverses_id = x.id) as reversed,
                (select string_agg(a.tag, ', ') from asset a where a.receipt_line_id = x.id and (a.status <> 'received' or a.place <> 'location')) as touched
         from receipt_line x join receipt r on r.id = x.receipt_id join purchase_order_line l on l.id = x.order_line_id join purchase_order o on o.id = l.purchase_order_id join model m on m.id = l.model_id
         where x.id = $1").bind::<SqlUuid, _>(entry.0).get_result(tx.conn).await.optional()?;
    let found = found.ok_or_else(|| Problem::not_found("receipt entry", entry))?;
    let held = record::lock(tx.conn, &found.order).await?;
    caller.require(&[Role::Warehouse], held.team_id, &format!("Undoing a receipt of {}", held.code))?;
    let reason = reason.filter(|r| !r.trim().is_empty()).ok_or_else(|| Problem::field("reason", "Say why; it stays in the ledger."))?;
    if found.reversed {
        return Err(Problem::refused("undone-already", "Undone already", "This entry was undone before. Nothing to do."));
    }
    if held.status == "closed" {
        return Err(Problem::refused("wrong-state", "The order is closed", format!("{} is closed; its receipts stay as they are.", held.code)));
    }
    if let Some(tags) = found.touched {
        return Err(Problem::refused("in-use", "It is in use", format!("{tags} went on since. Bring it back, or return it to the vendor.")));
    }
    tx.open(NewEvent::new("purchase_order.undo_receipt", "purchase_order", held.id).team(held.team_id).reason(Some(reason.clone())).details(json!({"code": held.code, "quantity": found.quantity.normalize()}))).await?;
    let counter = ReceiptLineId::new();
    diesel::sql_query("insert into receipt_line (id, receipt_id, order_line_id, quantity, lot, reverses_id) values ($1, $2, $3, $4, $5, $6)")
        .bind::<SqlUuid, _>(counter.0).bind::<SqlUuid, _>(found.receipt_id).bind::<SqlUuid, _>(found.order_line_id).bind::<Numeric, _>(-found.quantity).bind::<Text, _>(&found.lot).bind::<SqlUuid, _>(entry.0)
        .execute(tx.conn).await?;
    if found.tracking == "serialised" {
        diesel::sql_query("select ledger.also_about('asset', id) from asset where receipt_line_id = $1").bind::<SqlUuid, _>(entry.0).execute(tx.conn).await?;
        diesel::sql_query("update asset set status = 'gone', place = 'gone', location_id = null where receipt_line_id = $1").bind::<SqlUuid, _>(entry.0).execute(tx.conn).await?;
    } else if found.tracking == "counted" {
        stock::move_stock(tx, Movement { model: found.model_id, team: found.team_id, lot: found.lot, quantity: found.quantity, from: End::Location(found.location_id), to: End::Vendor, receipt_line: Some(entry), unit_cost: None, currency: None, reason }).await?;
    }
    announced::depart(tx, entry, counter).await?;
    receiving::settle_order(tx, &held).await?;
    record::read(tx.conn, caller, held.id, false).await
}
