//! The list of scans that nobody could place, worked off by somebody.

use diesel::sql_types::{Nullable, Text, Uuid as SqlUuid};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::auth::Caller;
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::UnknownScanId;
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolve {
    /// What it was: in a sentence.
    pub resolution: String,
    /// The text is a secret, such as a password on a label: forget it.
    #[serde(default)]
    pub redact: bool,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Resolved {
    pub id: UnknownScanId,
    pub status: String,
}

/// Keeps an unknown scan as an operation of its own; the same text again only counts up.
pub async fn keep(tx: &mut Tx<'_>, text: &str, task: Option<&str>) -> Result<()> {
    let id = UnknownScanId::new();
    tx.open(NewEvent::new("scan.unknown", "unknown_scan", id).details(json!({"task": task}))).await?;
    diesel::sql_query("insert into unknown_scan as u (id, text, person_id, device, task) values ($1, $2, $3, $4, $5)
                       on conflict (md5(text)) where status = 'open' do update set seen = u.seen + 1")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(visible(text)).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0))
        .bind::<Nullable<Text>, _>(tx.by.device.clone()).bind::<Nullable<Text>, _>(task).execute(tx.conn).await?;
    Ok(())
}

/// Marks an unknown scan as worked off.
pub async fn resolve(tx: &mut Tx<'_>, _: &Caller, id: UnknownScanId, ask: Resolve) -> Result<Resolved> {
    if ask.resolution.trim().is_empty() {
        return Err(Problem::field("resolution", "Say what it was."));
    }
    tx.open(NewEvent::new("scan.resolve", "unknown_scan", id).details(json!({"resolution": ask.resolution, "redact": ask.redact}))).await?;
    let status = if ask.redact { "redacted" } else { "resolved" };
    let changed = diesel::sql_query("update unknown_scan set status = $2, resolution = $3, text = case when $2 = 'redacted' then 'redacted' else text end where id = $1 and status = 'open'")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(status).bind::<Text, _>(ask.resolution.trim()).execute(tx.conn).await?;
    if changed == 0 {
        return Err(Problem::not_found("open unknown scan", id));
    }
    Ok(Resolved { id, status: status.to_owned() })
}

/// Control characters as their Unicode pictures, so that text columns and eyes can hold them.
fn visible(text: &str) -> String {
    text.chars().map(|c| match c as u32 {
        code @ 0..=0x1f => char::from_u32(0x2400 + code).unwrap_or(c),
        0x7f => '\u{2421}',
        _ => c,
    }).collect()
}
