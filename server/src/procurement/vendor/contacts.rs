//! Whom one speaks to at a vendor.

use diesel::OptionalExtension;
use diesel::sql_types::{Bool, Nullable, Text, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::record::{self, Vendor};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::email::is_address;
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{VendorContactId, VendorId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContact {
    pub name: String,
    /// As they call it: sales, support, accounts.
    #[serde(default)]
    pub role: String,
    #[serde(default)]
    pub email: Option<String>,
    #[serde(default)]
    pub phone: Option<String>,
    #[serde(default)]
    pub notes: String,
}

/// Fields that are left out stay; an e-mail address or a phone number is taken away by an empty text.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EditContact {
    pub name: Option<String>,
    pub role: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
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

/// Adds a contact. Refuses an address that another contact of the vendor has.
pub async fn add(tx: &mut Tx<'_>, caller: &Caller, vendor: &str, new: NewContact) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Adding a vendor's contact")?;
    let vendor_id = VendorId(find::VENDOR.find(tx.conn, vendor).await?);
    check(Some(&new.name), new.email.as_deref(), &[Some(&new.role), new.phone.as_deref(), Some(&new.notes)])?;
    let id = VendorContactId::new();
    // Whom it is about stands in the row, where it can be erased.
    tx.open(NewEvent::new("vendor.add_contact", "vendor", vendor_id).details(json!({"code": vendor, "role": new.role.trim()}))).await?;
    diesel::sql_query("insert into vendor_contact (id, vendor_id, name, role, email, phone, notes) values ($1, $2, $3, $4, nullif($5, ''), nullif($6, ''), $7)")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(vendor_id.0).bind::<Text, _>(new.name.trim()).bind::<Text, _>(new.role.trim())
        .bind::<Nullable<Text>, _>(new.email.map(trimmed)).bind::<Nullable<Text>, _>(new.phone.map(trimmed)).bind::<Text, _>(new.notes.trim()).execute(tx.conn).await?;
    record::read(tx.conn, caller, vendor_id, false).await
}

/// Edits a contact.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, id: VendorContactId, if_match: Option<&str>, edit: EditContact) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Editing a vendor's contact")?;
    let held = lock(tx, id).await?;
    must_match(if_match, &held.version)?;
    check(edit.name.as_deref(), edit.email.as_deref(), &[edit.role.as_deref(), edit.phone.as_deref(), edit.notes.as_deref()])?;
    tx.open(NewEvent::new("vendor.edit_contact", "vendor", held.vendor_id).details(json!({"code": held.vendor}))).await?;
    diesel::sql_query("update vendor_contact set name = coalesce($2, name), role = coalesce($3, role), email = case when $4 is null then email else nullif($4, '') end,
                              phone = case when $5 is null then phone else nullif($5, '') end, notes = coalesce($6, notes) where id = $1")
        .bind::<SqlUuid, _>(id.0).bind::<Nullable<Text>, _>(edit.name.map(trimmed)).bind::<Nullable<Text>, _>(edit.role.map(trimmed)).bind::<Nullable<Text>, _>(edit.email.map(trimmed))
        .bind::<Nullable<Text>, _>(edit.phone.map(trimmed)).bind::<Nullable<Text>, _>(edit.notes.map(trimmed)).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.vendor_id, false).await
}

/// Retires a contact: no longer there to be spoken to.
pub async fn retire(tx: &mut Tx<'_>, caller: &Caller, id: VendorContactId, reason: Option<String>) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Retiring a vendor's contact")?;
    let held = lock(tx, id).await?;
    if held.retired {
        return Err(Problem::refused("contact-retired", "Retired already", "This contact was retired before. Nothing to do."));
    }
    tx.open(NewEvent::new("vendor.retire_contact", "vendor", held.vendor_id).reason(reason).details(json!({"code": held.vendor}))).await?;
    diesel::sql_query("update vendor_contact set retired_at = clock_timestamp() where id = $1").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.vendor_id, false).await
}

async fn lock(tx: &mut Tx<'_>, id: VendorContactId) -> Result<Held> {
    let held: Option<Held> = diesel::sql_query("select c.vendor_id, v.code as vendor, c.opened_by::text as version, c.retired_at is not null as retired from vendor_contact c join vendor v on v.id = c.vendor_id where c.id = $1 for update of c")
        .bind::<SqlUuid, _>(id.0).get_result(tx.conn).await.optional()?;
    held.ok_or_else(|| Problem::not_found("vendor contact", id))
}

fn trimmed(text: String) -> String {
    text.trim().to_owned()
}

fn check(name: Option<&str>, email: Option<&str>, others: &[Option<&str>]) -> Result<()> {
    if name.is_some_and(|n| n.trim().is_empty() || n.chars().count() > 200) {
        return Err(Problem::field("name", "Give the contact's name, up to 200 characters."));
    }
    if email.map(str::trim).is_some_and(|e| !e.is_empty() && !is_address(e)) {
        return Err(Problem::field("email", "That is not an e-mail address, such as sales@vendor.example."));
    }
    match others.iter().flatten().any(|t| t.chars().count() > 2000) {
        true => Err(Problem::field("notes", "Up to 2000 characters.")),
        false => Ok(()),
    }
}
