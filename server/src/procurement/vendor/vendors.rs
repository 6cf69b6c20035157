//! Vendors: from whom things are bought.

use diesel::sql_types::{BigInt, Integer, Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::duplicates::{self, Marks};
use super::record::{self, Vendor};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::email::is_address;
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
    /// Where orders go to.
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub tax_id: Option<String>,
    /// What it usually takes.
    #[serde(default)]
    pub lead_time_days: Option<i32>,
    /// Makes it though there are vendors that look like it.
    #[serde(default)]
    pub confirm_duplicate: Option<bool>,
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
    /// Keeps the change though there are vendors that look like it then.
    pub confirm_duplicate: Option<bool>,
}

#[derive(diesel::QueryableByName)]
struct Next {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// What holds of a new vendor and of an edited one.
fn check_fields(name: Option<&str>, email: Option<&str>, lead_time_days: Option<i32>) -> Result<()> {
    if name.is_some_and(|n| n.is_empty() || n.chars().count() > 200) {
        return Err(Problem::field("name", "Give the vendor's name, up to 200 characters."));
    }
    if email.is_some_and(|e| !e.trim().is_empty() && !is_address(e.trim())) {
        return Err(Problem::field("email", "That is not an e-mail address, such as orders@vendor.example."));
    }
    if lead_time_days.is_some_and(|d| !(0..=1000).contains(&d)) {
        return Err(Problem::field("lead_time_days", "A lead time is 0 to 1000 days."));
    }
    Ok(())
}

/// Makes a vendor. Refuses a name or code that another has, and one that is likely here already unless that is confirmed.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewVendor) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Making a vendor")?;
    let name = new.name.trim().to_owned();
    check_fields(Some(&name), new.email.as_deref(), new.lead_time_days)?;
    let currency = checked_currency(&new.currency)?;
    let code = match new.code.as_deref().map(str::trim).filter(|c| !c.is_empty()) {
        Some(code) => checked_code("A vendor's code", code)?,
        None => free_code(tx, &code_from(&name)).await?,
    };
    let marks = Marks { name: Some(&name), tax_id: new.tax_id.as_deref(), email: new.email.as_deref() };
    duplicates::refuse(tx.conn, marks, None, new.confirm_duplicate == Some(true)).await?;
    let id = VendorId::new();
    tx.open(NewEvent::new("vendor.create", "vendor", id).details(json!({"code": code, "name": name}))).await?;
    diesel::sql_query("insert into vendor (id, code, name, currency, payment_terms, email, phone, tax_id, lead_time_days) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(code).bind::<Text, _>(name).bind::<Text, _>(currency).bind::<Text, _>(new.payment_terms)
        .bind::<Nullable<Text>, _>(new.email).bind::<Nullable<Text>, _>(new.phone).bind::<Nullable<Text>, _>(new.tax_id).bind::<Nullable<Integer>, _>(new.lead_time_days)
        .execute(tx.conn).await?;
    record::read(tx.conn, caller, id, false).await
}

/// Edits a vendor. A name, tax id or address that makes it look like another is refused unless that is confirmed.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, edit: EditVendor) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Editing a vendor")?;
    let id = VendorId(find::VENDOR.find(tx.conn, code).await?);
    // Held until the edit is made: of two edits of one version, one is refused.
    diesel::sql_query("select 1 from vendor where id = $1 for update").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    must_match(if_match, record::read(tx.conn, caller, id, false).await?.version())?;
    check_fields(edit.name.as_deref().map(str::trim), edit.email.as_deref(), edit.lead_time_days)?;
    let marks = Marks { name: edit.name.as_deref(), tax_id: edit.tax_id.as_deref(), email: edit.email.as_deref() };
    duplicates::refuse(tx.conn, marks, Some(id), edit.confirm_duplicate == Some(true)).await?;
    tx.open(NewEvent::new("vendor.edit", "vendor", id).details(json!({"code": code}))).await?;
    diesel::sql_query("update vendor set name = coalesce($2, name), payment_terms = coalesce($3, payment_terms), email = coalesce($4, email), phone = coalesce($5, phone), tax_id = coalesce($6, tax_id), lead_time_days = coalesce($7, lead_time_days) where id = $1")
        .bind::<SqlUuid, _>(id.0).bind::<Nullable<Text>, _>(edit.name.map(|n| n.trim().to_owned())).bind::<Nullable<Text>, _>(edit.payment_terms).bind::<Nullable<Text>, _>(edit.email)
        .bind::<Nullable<Text>, _>(edit.phone).bind::<Nullable<Text>, _>(edit.tax_id).bind::<Nullable<Integer>, _>(edit.lead_time_days).execute(tx.conn).await?;
    record::read(tx.conn, caller, id, false).await
}

fn code_from(name: &str) -> String {
    let code: String = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty()).take(3).collect::<Vec<_>>().join("-").to_uppercase();
    let code: String = code.chars().take(20).collect::<String>().trim_end_matches('-').to_owned();
    if code.is_empty() { "VENDOR".to_owned() } else { code }
}

/// The code, or with the first number behind it that makes it one of its own. Codes are given out one at a time until the transaction ends.
async fn free_code(tx: &mut Tx<'_>, code: &str) -> Result<String> {
    diesel::sql_query("select pg_advisory_xact_lock(hashtext('vendor.code'))").execute(tx.conn).await?;
    let next: Next = diesel::sql_query("select coalesce(max(case when code = $1 then 1 else substring(code from length($1) + 2)::bigint end), 0) + 1 as number from vendor where code = $1 or code ~ ('^' || $1 || '-[0-9]{1,6}$')")
        .bind::<Text, _>(code).get_result(tx.conn).await?;
    Ok(if next.number == 1 { code.to_owned() } else { format!("{code}-{}", next.number) })
}
