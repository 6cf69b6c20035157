//! Whose books these are: what stands on the company's letters.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Binary, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use labels::paper::Picture;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::documents::add::keep;
use crate::http::actions::Action;
use crate::http::number::checked_currency;
use crate::http::record::must_match;
use crate::http::email::checked_address;
use crate::http::{Problem, Result};
use crate::ids::CompanyId;
use crate::ledger::NewEvent;

/// The version of a company that nobody has entered yet.
const NONE_YET: &str = "none";

/// The most bytes of a logo.
pub const LOGO_LIMIT: usize = 1 << 20;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Company {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = CompanyRecord)]
struct Row {
    /// None while nobody entered anything.
    #[diesel(sql_type = Nullable<SqlUuid>)]
    id: Option<CompanyId>,
    #[diesel(sql_type = Text)]
    version: String,
    /// Its legal name.
    #[diesel(sql_type = Text)]
    name: String,
    /// With its line breaks.
    #[diesel(sql_type = Text)]
    address: String,
    #[diesel(sql_type = Nullable<Text>)]
    registration: Option<String>,
    #[diesel(sql_type = Text)]
    tax_id: String,
    #[diesel(sql_type = Nullable<Text>)]
    email: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<String>,
    /// Where vendors send their invoices.
    #[diesel(sql_type = Nullable<Text>)]
    invoice_email: Option<String>,
    /// Printed below every order.
    #[diesel(sql_type = Text)]
    order_terms: String,
    /// What amounts in other currencies are compared in.
    #[diesel(sql_type = Text)]
    base_currency: String,
    /// Of the logo's content, in hexadecimal digits; where it is: /api/v1/company/logo
    #[diesel(sql_type = Nullable<Text>)]
    logo: Option<String>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    changed_at: Option<DateTime<Utc>>,
}

/// Fields that are left out stay; an empty text takes one away.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EditCompany {
    pub name: Option<String>,
    pub address: Option<String>,
    pub registration: Option<String>,
    pub tax_id: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub invoice_email: Option<String>,
    pub order_terms: Option<String>,
    /// ISO 4217; stays once there are orders.
    pub base_currency: Option<String>,
}

/// A logo as it is given out.
#[derive(diesel::QueryableByName)]
pub struct Logo {
    #[diesel(sql_type = Text)]
    pub media_type: String,
    #[diesel(sql_type = Text)]
    pub sha256: String,
    #[diesel(sql_type = Binary)]
    pub bytes: Vec<u8>,
}

/// Reads the company. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, past: bool) -> Result<Company> {
    let row: Row = diesel::sql_query(
        "select c.id, coalesce(c.opened_by::text, $1) as version, coalesce(c.name, '') as name, coalesce(c.address, '') as address, c.registration, coalesce(c.tax_id, '') as tax_id, c.email, c.phone,
                c.invoice_email, coalesce(c.order_terms, '') as order_terms, coalesce(c.base_currency::text, 'EUR') as base_currency, encode(c.logo_sha256, 'hex') as logo, c.valid_from as changed_at
         from (select 1) one left join company c on true").bind::<Text, _>(NONE_YET).get_result(conn).await?;
    let hindrance = match past {
        true => Some("You are looking at the past.".to_owned()),
        false => may(caller).err().map(|p| p.detail().to_owned()),
    };
    let none = row.id.is_none().then(|| "Enter the company's name first.".to_owned());
    let bare = row.logo.is_none().then(|| "There is no logo.".to_owned());
    let actions = vec![
        Action::patch("edit", "Edit", "/api/v1/company").primary().unless(hindrance.clone()).input(&["name", "address", "registration", "tax_id", "email", "phone", "invoice_email", "order_terms", "base_currency"]),
        Action::post("set_logo", "Set the logo", "/api/v1/company/logo").unless(hindrance.clone()).unless(none),
        Action::post("remove_logo", "Remove the logo", "/api/v1/company/remove-logo").unless(hindrance).unless(bare),
    ];
    Ok(Company { row, actions })
}

/// What is on every letter of the company, its administrators answer for.
fn may(caller: &Caller) -> Result<()> {
    caller.require_anywhere(&[Role::Administrator], "Changing the company's letterhead")
}

/// Changes the company, or enters it. One at a time, the first time too.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, if_match: Option<&str>, edit: EditCompany) -> Result<Company> {
    may(caller)?;
    let before = lock(tx, caller).await?;
    must_match(if_match, &before.version)?;
    let text = |field: &str, given: Option<String>, now: &str, most: usize| -> Result<String> {
        let text = given.map_or_else(|| now.to_owned(), |t| t.trim().to_owned());
        match text.chars().count() <= most && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\r' && c != '\t') {
            true => Ok(text),
            false => Err(Problem::field(field, format!("Plain text of up to {most} characters."))),
        }
    };
    let line = |field: &str, given: Option<String>, now: Option<&str>, most: usize| -> Result<String> {
        let text = text(field, given, now.unwrap_or_default(), most)?;
        match text.contains(['\n', '\r']) {
            true => Err(Problem::field(field, "One line.")),
            false => Ok(text),
        }
    };
    let name = line("name", edit.name, Some(&before.name), 200)?;
    if name.is_empty() {
        return Err(Problem::field("name", "Give the company's legal name; letters begin with it."));
    }
    let address = text("address", edit.address, &before.address, 1000)?;
    let registration = line("registration", edit.registration, before.registration.as_deref(), 200)?;
    let tax_id = line("tax_id", edit.tax_id, Some(&before.tax_id), 100)?;
    let phone = line("phone", edit.phone, before.phone.as_deref(), 100)?;
    let email = line("email", edit.email, before.email.as_deref(), 320)?;
    let invoice_email = line("invoice_email", edit.invoice_email, before.invoice_email.as_deref(), 320)?;
    for (field, address) in [("email", &email), ("invoice_email", &invoice_email)] {
        if !address.is_empty() {
            checked_address(field, address)?;
        }
    }
    let terms = text("order_terms", edit.order_terms, &before.order_terms, 20_000)?;
    let currency = checked_currency(edit.base_currency.as_deref().unwrap_or(&before.base_currency))?;
    let id = before.id.unwrap_or_else(CompanyId::new);
    tx.open(NewEvent::new("company.edit", "company", id).details(json!({"name": name}))).await?;
    diesel::sql_query("insert into company as c (id, name, address, tax_id, base_currency, order_terms, registration, email, phone, invoice_email)
                       values ($1, $2, $3, $4, $5, $6, nullif($7, ''), nullif($8, ''), nullif($9, ''), nullif($10, ''))
                       on conflict (id) do update set (name, address, tax_id, base_currency, order_terms, registration, email, phone, invoice_email)
                         = (excluded.name, excluded.address, excluded.tax_id, excluded.base_currency, excluded.order_terms, excluded.registration, excluded.email, excluded.phone, excluded.invoice_email)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&name).bind::<Text, _>(&address).bind::<Text, _>(&tax_id).bind::<Text, _>(&currency).bind::<Text, _>(&terms)
        .bind::<Text, _>(&registration).bind::<Text, _>(&email).bind::<Text, _>(&phone).bind::<Text, _>(&invoice_email).execute(tx.conn).await?;
    read(tx.conn, caller, false).await
}

/// Puts a logo on the company's letters: PNG or JPEG.
pub async fn set_logo(tx: &mut Tx<'_>, caller: &Caller, bytes: &[u8]) -> Result<Company> {
    may(caller)?;
    let id = entered(lock(tx, caller).await?)?;
    Picture::read(bytes).map_err(|why| Problem::field("file", format!("This is no logo: {why}. Send a PNG or JPEG of up to 1 MiB.")))?;
    let media = if bytes.starts_with(b"\x89PNG") { "image/png" } else { "image/jpeg" };
    tx.open(NewEvent::new("company.set_logo", "company", id).details(json!({"size": bytes.len()}))).await?;
    let (digest, _) = keep(tx, bytes).await?;
    diesel::sql_query("update company set logo_sha256 = $2, logo_type = $3 where id = $1").bind::<SqlUuid, _>(id).bind::<Binary, _>(digest.as_slice()).bind::<Text, _>(media).execute(tx.conn).await?;
    read(tx.conn, caller, false).await
}

/// Takes the logo off the company's letters.
pub async fn remove_logo(tx: &mut Tx<'_>, caller: &Caller) -> Result<Company> {
    may(caller)?;
    let before = lock(tx, caller).await?;
    if before.logo.is_none() {
        return Err(Problem::refused("no-logo", "There is no logo", "The company's letters have no logo. Nothing to do."));
    }
    let id = entered(before)?;
    tx.open(NewEvent::new("company.remove_logo", "company", id)).await?;
    diesel::sql_query("update company set logo_sha256 = null, logo_type = null where id = $1").bind::<SqlUuid, _>(id).execute(tx.conn).await?;
    read(tx.conn, caller, false).await
}

/// The logo that is on the letters.
pub async fn logo(conn: &mut AsyncPgConnection) -> Result<Logo> {
    let found: Vec<Logo> = diesel::sql_query("select c.logo_type as media_type, encode(k.sha256, 'hex') as sha256, k.bytes from company c join document_content k on k.sha256 = c.logo_sha256 where k.bytes is not null").load(conn).await?;
    found.into_iter().next().ok_or_else(|| Problem::not_found("logo", "of the company"))
}

/// The company as it stands; nobody else changes it until the transaction ends. There may be no row to lock yet.
async fn lock(tx: &mut Tx<'_>, caller: &Caller) -> Result<Row> {
    diesel::sql_query("select pg_advisory_xact_lock(hashtext('company'))").execute(tx.conn).await?;
    Ok(read(tx.conn, caller, false).await?.row)
}

fn entered(row: Row) -> Result<Uuid> {
    row.id.map(|id| id.0).ok_or_else(|| Problem::refused("no-company", "The company has no name yet", "Enter the company's legal name first."))
}
