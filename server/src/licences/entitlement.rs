//! Recording an entitlement: so many seats of a title, bought on an order line or entered by hand.

use chrono::NaiveDate;
use diesel::{OptionalExtension, sql_types};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use super::record::{self, Entitlement};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::{checked_amount, checked_currency};
use crate::http::{Problem, Result};
use crate::ids::{EntitlementId, ModelId, PurchaseOrderId, PurchaseOrderLineId, TeamId, VendorId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewEntitlement {
    /// Code or id of a software title.
    pub model: String,
    /// Code of the owning team.
    pub team: String,
    /// What is counted.
    pub metric: Metric,
    /// At least 1.
    pub seats: i32,
    pub starts_on: NaiveDate,
    /// Its last day; left out for perpetual.
    #[serde(default)]
    pub ends_on: Option<NaiveDate>,
    #[serde(default)]
    pub vendor: Option<String>,
    /// Id of the order line that bought it. Vendor and cost come from there.
    #[serde(default)]
    pub order_line: Option<PurchaseOrderLineId>,
    /// What all seats cost together.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub cost: Option<Decimal>,
    #[serde(default)]
    pub currency: Option<String>,
    #[serde(default)]
    pub notes: String,
}

#[derive(Clone, Copy, Debug, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    Device,
    User,
    Core,
    Socket,
    Concurrent,
    Site,
    Subscription,
}

impl Metric {
    fn as_str(self) -> &'static str {
        match self {
            Metric::Device => "device",
            Metric::User => "user",
            Metric::Core => "core",
            Metric::Socket => "socket",
            Metric::Concurrent => "concurrent",
            Metric::Site => "site",
            Metric::Subscription => "subscription",
        }
    }
}

#[derive(diesel::QueryableByName)]
struct Bought {
    #[diesel(sql_type = sql_types::Uuid)]
    order_id: PurchaseOrderId,
    #[diesel(sql_type = sql_types::Text)]
    order: String,
    #[diesel(sql_type = sql_types::Uuid)]
    vendor_id: VendorId,
    #[diesel(sql_type = sql_types::Numeric)]
    unit_price: Decimal,
    #[diesel(sql_type = sql_types::Text)]
    currency: String,
    #[diesel(sql_type = sql_types::Text)]
    status: String,
}

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = sql_types::BigInt)]
    number: i64,
}

/// Records an entitlement. Refuses a title that is not software, an order that was not approved, and more seats than the order line
/// bought over all its entitlements (the line is locked by the database's trigger).
pub async fn record(tx: &mut Tx<'_>, caller: &Caller, new: NewEntitlement) -> Result<Entitlement> {
    if new.seats < 1 {
        return Err(Problem::field("seats", "An entitlement has at least one seat."));
    }
    if new.ends_on.is_some_and(|end| end < new.starts_on) {
        return Err(Problem::field("ends_on", "It ends before it starts."));
    }
    let model = ModelId(find::MODEL.find_for(tx.conn, "model", &new.model).await?);
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &new.team).await?);
    caller.require(&[Role::LicenceManager], team, &format!("Recording licences for {}", new.team))?;
    let bought = match new.order_line {
        Some(line) => Some(order_of(tx, line).await?),
        None => None,
    };
    let vendor = match (&bought, &new.vendor) {
        (Some(bought), _) => Some(bought.vendor_id),
        (None, Some(vendor)) => Some(VendorId(find::VENDOR.find_for(tx.conn, "vendor", vendor).await?)),
        (None, None) => None,
    };
    let cost = new.cost.map(|c| checked_amount("cost", c)).transpose()?;
    let currency = new.currency.as_deref().map(checked_currency).transpose()?;
    let (cost, currency) = match (cost, currency, &bought) {
        (None, None, Some(bought)) => (Some(bought.unit_price * Decimal::from(new.seats)), Some(bought.currency.clone())),
        (Some(_), None, Some(bought)) => (cost, Some(bought.currency.clone())),
        (Some(_), None, None) => return Err(Problem::field("currency", "A cost needs its currency, such as EUR.")),
        (None, Some(_), _) => return Err(Problem::field("cost", "A currency needs a cost.")),
        (cost, currency, _) => (cost, currency),
    };

    let id = EntitlementId::new();
    let number: Number = diesel::sql_query("select nextval('entitlement_number') as number").get_result(tx.conn).await?;
    let code = format!("ENT-{:05}", number.number);
    tx.open(NewEvent::new("entitlement.record", "entitlement", id).team(team)
        .details(json!({"code": code, "seats": new.seats, "metric": new.metric.as_str(), "order": bought.as_ref().map(|b| &b.order)}))).await?;
    if let Some(bought) = &bought {
        tx.also_about("purchase_order", bought.order_id).await?;
    }
    diesel::sql_query("insert into entitlement (id, code, model_id, team_id, vendor_id, order_line_id, metric, seats, starts_on, ends_on, cost, currency, notes)
                       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
        .bind::<sql_types::Uuid, _>(id.0).bind::<sql_types::Text, _>(&code).bind::<sql_types::Uuid, _>(model.0).bind::<sql_types::Uuid, _>(team.0)
        .bind::<sql_types::Nullable<sql_types::Uuid>, _>(vendor.map(|v| v.0)).bind::<sql_types::Nullable<sql_types::Uuid>, _>(new.order_line.map(|l| l.0))
        .bind::<sql_types::Text, _>(new.metric.as_str()).bind::<sql_types::Integer, _>(new.seats)
        .bind::<sql_types::Date, _>(new.starts_on).bind::<sql_types::Nullable<sql_types::Date>, _>(new.ends_on)
        .bind::<sql_types::Nullable<sql_types::Numeric>, _>(cost).bind::<sql_types::Nullable<sql_types::Text>, _>(currency).bind::<sql_types::Text, _>(new.notes)
        .execute(tx.conn).await?;
    record::read(tx.conn, caller, id, false).await
}

async fn order_of(tx: &mut Tx<'_>, line: PurchaseOrderLineId) -> Result<Bought> {
    let bought: Option<Bought> = diesel::sql_query(
        "select o.id as order_id, o.code as order, o.vendor_id, l.unit_price, o.currency::text as currency, o.status from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id where l.id = $1")
        .bind::<sql_types::Uuid, _>(line.0).get_result(tx.conn).await.optional()?;
    let bought = bought.ok_or_else(|| Problem::unknown("order_line", "order line", line))?;
    if matches!(bought.status.as_str(), "draft" | "submitted" | "rejected" | "cancelled") {
        return Err(Problem::refused("order-not-approved", "That order was not approved", format!("{} is {}. Seats count once the order is approved.", bought.order, bought.status)));
    }
    Ok(bought)
}
