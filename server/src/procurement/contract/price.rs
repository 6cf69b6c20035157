//! What models cost under a contract, and what is known of a model's price when it is ordered.

use chrono::NaiveDate;
use diesel::OptionalExtension;
use diesel::sql_types::{Date, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::cover::not_ended;
use super::record::{self, Contract};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::{Quantity, checked_amount};
use crate::http::{Problem, Result};
use crate::ids::ContractPriceId;
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetPrice {
    /// Code or id.
    pub model: String,
    #[schema(value_type = String)]
    pub unit_price: Decimal,
    /// From this quantity on; left out: 1.
    #[serde(default)]
    pub from_quantity: Option<Quantity>,
}

#[derive(diesel::QueryableByName)]
struct Unit {
    #[diesel(sql_type = Text)]
    unit: String,
}

#[derive(diesel::QueryableByName)]
struct Entry {
    #[diesel(sql_type = Text)]
    contract: String,
    #[diesel(sql_type = Text)]
    model: String,
    #[diesel(sql_type = SqlUuid)]
    model_id: Uuid,
}

/// Sets what a model costs from a quantity on.
pub async fn set(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: SetPrice) -> Result<Contract> {
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Setting prices of {}", held.code))?;
    not_ended(&held)?;
    let model = find::MODEL.find_for(tx.conn, "model", &ask.model).await?;
    let unit: Unit = diesel::sql_query("select unit from model where id = $1").bind::<SqlUuid, _>(model).get_result(tx.conn).await?;
    let quantity = ask.from_quantity.unwrap_or(Quantity(Decimal::ONE)).checked("from_quantity", &unit.unit)?;
    let price = checked_amount("unit_price", ask.unit_price)?;
    tx.open(NewEvent::new("contract.set_price", "contract", held.id).team(held.team_id).details(json!({"code": held.code, "title": held.title, "model": ask.model, "unit_price": price, "currency": held.currency}))).await?;
    tx.also_about("model", model).await?;
    diesel::sql_query("insert into contract_price (id, contract_id, model_id, from_quantity, unit_price) values ($1, $2, $3, $4, $5) on conflict (contract_id, model_id, from_quantity) do update set unit_price = excluded.unit_price")
        .bind::<SqlUuid, _>(ContractPriceId::new().0).bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(model).bind::<Numeric, _>(quantity).bind::<Numeric, _>(price).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// Takes a price out.
pub async fn remove(tx: &mut Tx<'_>, caller: &Caller, id: ContractPriceId, reason: Option<String>) -> Result<Contract> {
    let entry: Option<Entry> = diesel::sql_query("select c.code as contract, m.code as model, m.id as model_id from contract_price p join contract c on c.id = p.contract_id join model m on m.id = p.model_id where p.id = $1")
        .bind::<SqlUuid, _>(id.0).get_result(tx.conn).await.optional()?;
    let entry = entry.ok_or_else(|| Problem::not_found("contract price", id))?;
    let held = record::lock(tx.conn, &entry.contract).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Setting prices of {}", held.code))?;
    not_ended(&held)?;
    tx.open(NewEvent::new("contract.remove_price", "contract", held.id).team(held.team_id).reason(reason).details(json!({"code": held.code, "title": held.title, "model": entry.model}))).await?;
    tx.also_about("model", entry.model_id).await?;
    diesel::sql_query("delete from contract_price where id = $1").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// What a model cost and would cost.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Prices {
    /// The last price paid to the vendor.
    last: Option<Paid>,
    /// The last price paid to anybody.
    last_of_any: Option<Paid>,
    /// The price under the vendor's contract that is in force for the quantity: the lowest.
    contract: Option<Agreed>,
    lead_time: Option<LeadTime>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = PricePaid)]
pub struct Paid {
    #[diesel(sql_type = Text)]
    order: String,
    #[diesel(sql_type = Text)]
    vendor: String,
    #[diesel(sql_type = Date)]
    on: NaiveDate,
    /// After discount.
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    unit_price: Decimal,
    #[diesel(sql_type = Text)]
    currency: String,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = PriceAgreed)]
pub struct Agreed {
    #[diesel(sql_type = Text)]
    contract: String,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    unit_price: Decimal,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    from_quantity: Decimal,
    #[diesel(sql_type = Nullable<Date>)]
    until: Option<NaiveDate>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct LeadTime {
    #[diesel(sql_type = Integer)]
    days: i32,
    /// model: known for this model; vendor: what the vendor usually takes
    #[diesel(sql_type = Text)]
    of: String,
}

const PAID: &str = "
  select o.code as order, v.code as vendor, coalesce(o.ordered_at, o.approved_at, o.created_at)::date as on, trim_scale(l.unit_price * (1 - coalesce(l.discount_percent, 0) / 100)) as unit_price, o.currency::text as currency
  from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id join vendor v on v.id = o.vendor_id
  where l.model_id = $1 and ($2::uuid is null or o.vendor_id = $2) and o.status in ('approved', 'ordered', 'partly_received', 'received', 'closed') order by coalesce(o.ordered_at, o.approved_at, o.created_at) desc, l.number limit 1";

/// What is known of a model's price: paid last, agreed by contract, and how long it takes. Without a vendor, what was paid to anybody.
pub async fn known(conn: &mut AsyncPgConnection, model: Uuid, vendor: Option<Uuid>, quantity: Decimal, currency: Option<String>) -> Result<Prices> {
    let last_of_any = diesel::sql_query(PAID).bind::<SqlUuid, _>(model).bind::<Nullable<SqlUuid>, _>(None::<Uuid>).get_result(conn).await.optional()?;
    let Some(vendor) = vendor else { return Ok(Prices { last: None, last_of_any, contract: None, lead_time: None }) };
    let last = diesel::sql_query(PAID).bind::<SqlUuid, _>(model).bind::<Nullable<SqlUuid>, _>(Some(vendor)).get_result(conn).await.optional()?;
    let contract = diesel::sql_query("select code as contract, unit_price, currency, trim_scale(from_quantity) as from_quantity, ends_on as until from rules.contract_price($1, $2, $3, $4, ledger.today())")
        .bind::<SqlUuid, _>(vendor).bind::<SqlUuid, _>(model).bind::<Numeric, _>(quantity).bind::<Nullable<Text>, _>(currency).get_result(conn).await.optional()?;
    let lead_time = diesel::sql_query("select coalesce(t.days, v.lead_time_days) as days, case when t.days is null then 'vendor' else 'model' end as of from vendor v left join vendor_lead_time t on t.vendor_id = v.id and t.model_id = $2
                                       where v.id = $1 and coalesce(t.days, v.lead_time_days) is not null").bind::<SqlUuid, _>(vendor).bind::<SqlUuid, _>(model).get_result(conn).await.optional()?;
    Ok(Prices { last, last_of_any, contract, lead_time })
}
