//! Vendors that look like one: told when one is entered, and passed by whoever knows better.

use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;

use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};
use crate::ids::VendorId;

/// A vendor that is likely the same.
#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Likely {
    #[diesel(sql_type = SqlUuid)]
    id: VendorId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
    /// What is the same: the tax id, the name but for its legal form, the domain of an e-mail address.
    #[diesel(sql_type = Text)]
    why: String,
}

/// What a vendor is recognised by; none where it is not known or has not changed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Marks<'a> {
    pub name: Option<&'a str>,
    pub tax_id: Option<&'a str>,
    pub email: Option<&'a str>,
}

/// At most ten vendors that look like this one, `but` itself.
pub async fn likely(conn: &mut AsyncPgConnection, marks: Marks<'_>, but: Option<VendorId>) -> Result<Vec<Likely>> {
    Ok(diesel::sql_query("select id, code, name, why from rules.likely_vendors($1, $2, $3, $4)")
        .bind::<Nullable<Text>, _>(marks.name).bind::<Nullable<Text>, _>(marks.tax_id).bind::<Nullable<Text>, _>(marks.email)
        .bind::<Nullable<SqlUuid>, _>(but.map(|v| v.0)).load(conn).await?)
}

/// Refuses with `likely-duplicate` and what it is like, unless that was seen and confirmed.
pub async fn refuse(conn: &mut AsyncPgConnection, marks: Marks<'_>, but: Option<VendorId>, confirmed: bool) -> Result<()> {
    if confirmed {
        return Ok(());
    }
    let found = likely(conn, marks, but).await?;
    // Of the very same name there is one, whatever is confirmed: the database says so.
    let Some(first) = found.first().filter(|_| !found.iter().any(|l| marks.name.is_some_and(|n| l.name.to_lowercase() == n.trim().to_lowercase()))) else { return Ok(()) };
    Err(Problem::refused("likely-duplicate", "That vendor is likely here already",
        format!("{} ({}) has {}. Use it; if this is another vendor all the same, send it again with confirm_duplicate.", first.code, first.name, first.why))
        .with("candidates", &found))
}
