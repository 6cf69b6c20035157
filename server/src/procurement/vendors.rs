//! Vendors: from whom things are bought.

use diesel::sql_types::{BigInt, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::checked_currency;
use crate::http::record::{checked_code, must_match};
use crate::http::{Problem, Result};
use crate::ids::VendorId;
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVendor {
    pub name: String,
    /// Left out, it is made from the name.
    #[serde(default)]
    pub code: Option<String>,
    /// ISO 4217, such as EUR.
    pub currency: String,
    #[serde(default)]
    pub payment_terms: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub tax_id: Option<String>,
    #[serde(default)]
    pub lead_time_days: Option<i32>,
}

/// Fields that are left out stay.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EditVendor {
    pub name: Option<String>,
    pub payment_terms: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub tax_id: Option<String>,
    pub lead_time_days: Option<i32>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Vendor {
    #[diesel(sql_type = SqlUuid)]
    id: VendorId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    payment_terms: String,
    #[diesel(sql_type = Nullable<Text>)]
    email: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    tax_id: Option<String>,
    #[diesel(sql_type = Nullable<Integer>)]
    lead_time_days: Option<i32>,
    #[diesel(sql_type = BigInt)]
    order_count: i64,
}

/// What holds of a new vendor and of an edited one.
fn check_fields(name: Option<&str>, lead_time_days: Option<i32>) -> Result<()> {
    if name.is_some_and(|n| n.is_empty() || n.chars().count() > 200) {
        return Err(Problem::field("name", "Give the vendor's name, up to 200 characters."));
    }
    if lead_time_days.is_some_and(|d| !(0..=1000).contains(&d)) {
        return Err(Problem::field("lead_time_days", "A lead time is 0 to 1000 days."));
    }
    Ok(())
}

/// Makes a vendor. Refuses a name or code that another has.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewVendor) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Making a vendor")?;
    let name = new.name.trim().to_owned();
    check_fields(Some(&name), new.lead_time_days)?;
    let currency = checked_currency(&new.currency)?;
    let code = checked_code("A vendor's code", &new.code.unwrap_or_else(|| code_from(&name)))?;
    let id = VendorId::new();
    tx.open(NewEvent::new("vendor.create", "vendor", id).details(json!({"code": code, "name": name}))).await?;
    diesel::sql_query("insert into vendor (id, code, name, currency, payment_terms, email, phone, tax_id, lead_time_days) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(code).bind::<Text, _>(name).bind::<Text, _>(currency).bind::<Text, _>(new.payment_terms)
        .bind::<Nullable<Text>, _>(new.email).bind::<Nullable<Text>, _>(new.phone).bind::<Nullable<Text>, _>(new.tax_id).bind::<Nullable<Integer>, _>(new.lead_time_days)
        .execute(tx.conn).await?;
    read(tx.conn, id).await
}

/// Edits a vendor.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, edit: EditVendor) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Editing a vendor")?;
    let id = VendorId(find::VENDOR.find(tx.conn, code).await?);
    // Held until the edit is made: of two edits of one version, one is refused.
    diesel::sql_query("select 1 from vendor where id = $1 for update").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    must_match(if_match, &read(tx.conn, id).await?.version)?;
    check_fields(edit.name.as_deref().map(str::trim), edit.lead_time_days)?;
    tx.open(NewEvent::new("vendor.edit", "vendor", id).details(json!({"code": code}))).await?;
    diesel::sql_query("update vendor set name = coalesce($2, name), payment_terms = coalesce($3, payment_terms), email = coalesce($4, email), phone = coalesce($5, phone), tax_id = coalesce($6, tax_id), lead_time_days = coalesce($7, lead_time_days) where id = $1")
        .bind::<SqlUuid, _>(id.0).bind::<Nullable<Text>, _>(edit.name.map(|n| n.trim().to_owned())).bind::<Nullable<Text>, _>(edit.payment_terms).bind::<Nullable<Text>, _>(edit.email)
        .bind::<Nullable<Text>, _>(edit.phone).bind::<Nullable<Text>, _>(edit.tax_id).bind::<Nullable<Integer>, _>(edit.lead_time_days).execute(tx.conn).await?;
    read(tx.conn, id).await
}

pub async fn read(conn: &mut AsyncPgConnection, id: VendorId) -> Result<Vendor> {
    Ok(diesel::sql_query("select v.id, v.opened_by::text as version, v.code, v.name, v.currency::text as currency, v.payment_terms, v.email, v.phone, v.tax_id, v.lead_time_days,
                                 (select count(*) from purchase_order o where o.vendor_id = v.id) as order_count from vendor v where v.id = $1").bind::<SqlUuid, _>(id.0).get_result(conn).await?)
}

fn code_from(name: &str) -> String {
    let code: String = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).take(3).collect::<Vec<_>>().join("-").to_uppercase();
    let code: String = code.chars().take(20).collect();
    if code.is_empty() { "VENDOR".to_owned() } else { code }
}
