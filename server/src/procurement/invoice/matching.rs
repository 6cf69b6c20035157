//! What a person does about an invoice that does not match: releases it, has it matched again, or says how far vendors may be off. The match
//! itself is the database's (`rules.match_order`).

use diesel::OptionalExtension;
use diesel::sql_types::{Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::procurement::lines::percent;
use super::invoices::{open, said};
use super::record::{self, Invoice};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::checked_amount;
use crate::http::record::{Key, must_match};
use crate::http::{Problem, Result};
use crate::ids::{InvoiceReleaseId, MatchToleranceId};
use crate::ledger::NewEvent;

/// Lets an invoice pass although it does not match: an approver of the order's team who did not enter it; what is over the budget, a member
/// of the budget's board. Needs a reason.
pub async fn release(tx: &mut Tx<'_>, caller: &Caller, code: &str, reason: Option<String>) -> Result<Invoice> {
    let held = record::lock(tx.conn, code).await?;
    caller.require_anywhere(&[Role::Approver], &format!("Releasing {}", held.code))?;
    held.must_be("held")?;
    if let Some(hindrance) = record::hindrance(tx.conn, held.id, caller.person()).await? {
        return Err(Problem::refused("may-not-release", "This release is not yours", hindrance));
    }
    let reason = said(reason)?;
    let differences = record::differences(tx.conn, held.id).await?;
    open(tx, &held, "invoice.release", Some(reason.clone()), json!({"differences": differences})).await?;
    diesel::sql_query("insert into invoice_release (id, invoice_id, person_id, reason) values ($1, $2, $3, $4)")
        .bind::<SqlUuid, _>(InvoiceReleaseId::new().0).bind::<SqlUuid, _>(held.id.0).bind::<SqlUuid, _>(caller.person().0).bind::<Text, _>(reason).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// Matches a held invoice again: after a tolerance or a budget was changed. Everything else matches it by itself.
pub async fn match_again(tx: &mut Tx<'_>, caller: &Caller, code: &str) -> Result<Invoice> {
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement, Role::Approver], held.team_id, &format!("Matching {}", held.code))?;
    held.must_be("held")?;
    open(tx, &held, "invoice.match", None, json!({})).await?;
    diesel::sql_query("update invoice set matched_at = clock_timestamp() where id = $1").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// How far invoices may be off before they are held. What is left out is 0.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct PutTolerance {
    /// Code of the vendor; left out, for all vendors without their own.
    pub vendor: Option<String>,
    /// How much more than was received, in per cent.
    #[schema(value_type = Option<String>)]
    pub quantity_percent: Decimal,
    /// How much above the order's price, in per cent.
    #[schema(value_type = Option<String>)]
    pub price_percent: Decimal,
    /// How much above the order's freight, in per cent.
    #[schema(value_type = Option<String>)]
    pub freight_percent: Decimal,
    /// How much more or less tax on a line, as an amount.
    #[schema(value_type = Option<String>)]
    pub tax_amount: Decimal,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Tolerance {
    #[diesel(sql_type = SqlUuid)]
    id: MatchToleranceId,
    #[diesel(sql_type = Text)]
    version: String,
    /// Code of the vendor, or null for all.
    #[diesel(sql_type = Nullable<Text>)]
    vendor: Option<String>,
    #[diesel(sql_type = Text)]
    quantity_percent: String,
    #[diesel(sql_type = Text)]
    price_percent: String,
    #[diesel(sql_type = Text)]
    freight_percent: String,
    #[diesel(sql_type = Text)]
    tax_amount: String,
}

#[derive(diesel::QueryableByName)]
struct Standing {
    #[diesel(sql_type = SqlUuid)]
    id: MatchToleranceId,
    #[diesel(sql_type = Text)]
    version: String,
}

/// Sets the tolerances of all vendors, or of one. Only an administrator of the whole organisation.
pub async fn put_tolerance(tx: &mut Tx<'_>, caller: &Caller, if_match: Option<&str>, put: PutTolerance) -> Result<Tolerance> {
    crate::auth::accounts::require_over_all(tx, caller, "Setting tolerances").await?;
    let vendor = match put.vendor.as_deref().filter(|v| !v.trim().is_empty()) {
        Some(code) => Some(find::VENDOR.find_for(tx.conn, "vendor", code).await?),
        None => None,
    };
    for (field, given) in [("quantity_percent", put.quantity_percent), ("price_percent", put.price_percent), ("freight_percent", put.freight_percent)] {
        percent(field, "A tolerance", given)?;
    }
    checked_amount("tax_amount", put.tax_amount)?;
    let there: Option<Standing> = diesel::sql_query("select id, opened_by::text as version from match_tolerance where vendor_id is not distinct from $1 for update").bind::<Nullable<SqlUuid>, _>(vendor).get_result(tx.conn).await.optional()?;
    if let Some(there) = &there {
        must_match(if_match, &there.version)?;
    }
    let id = there.map_or_else(MatchToleranceId::new, |t| t.id);
    tx.open(NewEvent::new("match_tolerance.put", "match_tolerance", id).details(json!({"vendor": put.vendor, "price_percent": put.price_percent, "quantity_percent": put.quantity_percent}))).await?;
    diesel::sql_query(
        "insert into match_tolerance (id, vendor_id, quantity_percent, price_percent, freight_percent, tax_amount) values ($1, $2, $3, $4, $5, $6)
         on conflict (id) do update set quantity_percent = excluded.quantity_percent, price_percent = excluded.price_percent, freight_percent = excluded.freight_percent, tax_amount = excluded.tax_amount")
        .bind::<SqlUuid, _>(id.0).bind::<Nullable<SqlUuid>, _>(vendor).bind::<Numeric, _>(put.quantity_percent).bind::<Numeric, _>(put.price_percent).bind::<Numeric, _>(put.freight_percent).bind::<Numeric, _>(put.tax_amount)
        .execute(tx.conn).await?;
    read_tolerance(tx.conn, &id.to_string()).await
}

/// By id, by the vendor's code, or `all` for that of all vendors.
pub async fn read_tolerance(conn: &mut AsyncPgConnection, named: &str) -> Result<Tolerance> {
    let (by, key): (&str, Option<Uuid>) = match Key::from(named) {
        Key::Id(id) => ("t.id = $1", Some(id)),
        Key::Code(code) if code.eq_ignore_ascii_case("all") => ("t.vendor_id is null and $1 is null", None),
        Key::Code(code) => ("t.vendor_id = $1", Some(find::VENDOR.find(conn, code).await?)),
    };
    diesel::sql_query(format!(
        "select t.id, t.opened_by::text as version, v.code as vendor, trim_scale(quantity_percent)::text as quantity_percent, trim_scale(price_percent)::text as price_percent, trim_scale(freight_percent)::text as freight_percent, trim_scale(tax_amount)::text as tax_amount
         from match_tolerance t left join vendor v on v.id = t.vendor_id where {by}")).bind::<Nullable<SqlUuid>, _>(key).get_result(conn).await.optional()?.ok_or_else(|| Problem::not_found("tolerance", named))
}
