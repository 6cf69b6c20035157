//! Where a vendor is: to write to, to send invoices' questions to, to return goods to.

use diesel::OptionalExtension;
use diesel::sql_types::{Bool, Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::record::{self, Vendor};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{VendorAddressId, VendorId};
use crate::ledger::NewEvent;

pub const KINDS: &[&str] = &["headquarters", "ordering", "billing", "returns", "pickup", "other"];

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAddress {
    /// headquarters, ordering, billing, returns, pickup or other
    pub kind: String,
    /// Street and number, with line breaks where there are several lines.
    pub street: String,
    #[serde(default)]
    pub postal_code: String,
    pub city: String,
    #[serde(default)]
    pub region: String,
    /// Two letters of ISO 3166-1, such as DE.
    pub country: String,
    #[serde(default)]
    pub notes: String,
}

/// Fields that are left out stay.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EditAddress {
    pub kind: Option<String>,
    pub street: Option<String>,
    pub postal_code: Option<String>,
    pub city: Option<String>,
    pub region: Option<String>,
    pub country: Option<String>,
    pub notes: Option<String>,
}

#[derive(diesel::QueryableByName)]
struct Held {
    #[diesel(sql_type = SqlUuid)]
    vendor_id: VendorId,
    #[diesel(sql_type = Text)]
    vendor: String,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Bool)]
    retired: bool,
}

pub async fn add(tx: &mut Tx<'_>, caller: &Caller, vendor: &str, new: NewAddress) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Adding a vendor's address")?;
    let vendor_id = VendorId(find::VENDOR.find(tx.conn, vendor).await?);
    let fields = EditAddress { kind: Some(new.kind), street: Some(new.street), postal_code: Some(new.postal_code), city: Some(new.city), region: Some(new.region), country: Some(new.country), notes: Some(new.notes) };
    let fields = checked(fields)?;
    tx.open(NewEvent::new("vendor.add_address", "vendor", vendor_id).details(json!({"code": vendor, "kind": fields.kind}))).await?;
    diesel::sql_query("insert into vendor_address (id, vendor_id, kind, street, postal_code, city, region, country, notes) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind::<SqlUuid, _>(VendorAddressId::new().0).bind::<SqlUuid, _>(vendor_id.0).bind::<Nullable<Text>, _>(fields.kind).bind::<Nullable<Text>, _>(fields.street)
        .bind::<Nullable<Text>, _>(fields.postal_code).bind::<Nullable<Text>, _>(fields.city).bind::<Nullable<Text>, _>(fields.region).bind::<Nullable<Text>, _>(fields.country)
        .bind::<Nullable<Text>, _>(fields.notes).execute(tx.conn).await?;
    record::read(tx.conn, caller, vendor_id, false).await
}

pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, id: VendorAddressId, if_match: Option<&str>, edit: EditAddress) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Editing a vendor's address")?;
    let held = lock(tx, id).await?;
    must_match(if_match, &held.version)?;
    let fields = checked(edit)?;
    tx.open(NewEvent::new("vendor.edit_address", "vendor", held.vendor_id).details(json!({"code": held.vendor, "kind": fields.kind}))).await?;
    diesel::sql_query("update vendor_address set kind = coalesce($2, kind), street = coalesce($3, street), postal_code = coalesce($4, postal_code), city = coalesce($5, city), region = coalesce($6, region),
                              country = coalesce($7, country), notes = coalesce($8, notes) where id = $1")
        .bind::<SqlUuid, _>(id.0).bind::<Nullable<Text>, _>(fields.kind).bind::<Nullable<Text>, _>(fields.street).bind::<Nullable<Text>, _>(fields.postal_code).bind::<Nullable<Text>, _>(fields.city)
        .bind::<Nullable<Text>, _>(fields.region).bind::<Nullable<Text>, _>(fields.country).bind::<Nullable<Text>, _>(fields.notes).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.vendor_id, false).await
}

/// Retires an address: nothing goes there any more.
pub async fn retire(tx: &mut Tx<'_>, caller: &Caller, id: VendorAddressId, reason: Option<String>) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Retiring a vendor's address")?;
    let held = lock(tx, id).await?;
    if held.retired {
        return Err(Problem::refused("address-retired", "Retired already", "This address was retired before. Nothing to do."));
    }
    tx.open(NewEvent::new("vendor.retire_address", "vendor", held.vendor_id).reason(reason).details(json!({"code": held.vendor}))).await?;
    diesel::sql_query("update vendor_address set retired_at = clock_timestamp() where id = $1").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.vendor_id, false).await
}

async fn lock(tx: &mut Tx<'_>, id: VendorAddressId) -> Result<Held> {
    let held: Option<Held> = diesel::sql_query("select a.vendor_id, v.code as vendor, a.opened_by::text as version, a.retired_at is not null as retired from vendor_address a join vendor v on v.id = a.vendor_id where a.id = $1 for update of a")
        .bind::<SqlUuid, _>(id.0).get_result(tx.conn).await.optional()?;
    held.ok_or_else(|| Problem::not_found("vendor address", id))
}

/// Trimmed, and refused where the database would.
fn checked(mut fields: EditAddress) -> Result<EditAddress> {
    for text in [&mut fields.kind, &mut fields.street, &mut fields.postal_code, &mut fields.city, &mut fields.region, &mut fields.country, &mut fields.notes].into_iter().flatten() {
        *text = text.trim().to_owned();
        if text.chars().count() > 500 {
            return Err(Problem::field("street", "Each part of an address has up to 500 characters."));
        }
    }
    if fields.kind.as_deref().is_some_and(|k| !KINDS.contains(&k)) {
        return Err(Problem::field("kind", format!("An address is one of: {}.", KINDS.join(", "))));
    }
    if fields.street.as_deref() == Some("") {
        return Err(Problem::field("street", "Give street and number."));
    }
    if fields.city.as_deref().is_some_and(|c| c.is_empty() || c.chars().count() > 200) {
        return Err(Problem::field("city", "Give the city, up to 200 characters."));
    }
    fields.country = fields.country.map(|c| c.to_uppercase());
    if fields.country.as_deref().is_some_and(|c| c.len() != 2 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
        return Err(Problem::field("country", "A country is two letters of ISO 3166-1, such as DE."));
    }
    Ok(fields)
}
