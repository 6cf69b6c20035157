//! Adding a document and retiring it. The content is kept once, whatever it is added to.

use diesel::sql_types::{Binary, Integer, Nullable, Text, Uuid as SqlUuid};
use diesel::OptionalExtension;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::record::{self, Document};
use super::subjects::{self, Subject};
use super::media;
use crate::auth::Caller;
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::DocumentId;
use crate::ledger::NewEvent;

/// What a document is to its record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DocumentKind)]
pub enum Kind {
    Invoice,
    CreditNote,
    Quote,
    Contract,
    SentOrder,
    OrderConfirmation,
    DeliveryNote,
    Photo,
    Certificate,
    Correspondence,
    #[default]
    Other,
}

impl Kind {
    pub const ALL: &[&str] = &["invoice", "credit_note", "quote", "contract", "sent_order", "order_confirmation", "delivery_note", "photo", "certificate", "correspondence", "other"];

    pub fn as_str(self) -> &'static str {
        Self::ALL[self as usize]
    }
}

/// What comes beside the file.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct NewDocument {
    /// What it belongs to: vendor, purchase_order, shipping_notice, discrepancy, contract, asset or entitlement
    pub subject_kind: String,
    /// Code or id of the record
    pub subject_id: String,
    /// The file's name
    pub name: String,
    /// What it is; left out: other
    #[param(inline)]
    #[serde(default)]
    pub kind: Kind,
}

#[derive(diesel::QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlUuid)]
    id: DocumentId,
}

/// Adds a file that somebody sent. Refuses what is not kept, a name that says something else, and the same file twice on one record.
pub async fn upload(tx: &mut Tx<'_>, caller: &Caller, new: NewDocument, bytes: &[u8]) -> Result<Document> {
    let subject = subjects::find(tx.conn, &new.subject_kind, &new.subject_id).await?;
    let (team, allowed) = subjects::may_change(tx.conn, caller, subject.kind, subject.id, &format!("Adding documents to {}", new.subject_id)).await?;
    allowed?;
    let (_, name) = media::tell(&new.name, bytes)?;
    if same(tx, subject, &name, new.kind, &Sha256::digest(bytes)).await?.is_some() {
        return Err(Problem::refused("document-exists", "It is there already", format!("{name} is among the documents of {} already. Nothing was added.", new.subject_id)));
    }
    // Its name may name somebody: it stands in the row, where it can be erased.
    let mut event = NewEvent::new("document.add", subject.kind, subject.id).details(json!({"kind": new.kind.as_str(), "size": bytes.len(), "code": new.subject_id}));
    if let Some(team) = team {
        event = event.team(team);
    }
    tx.open(event).await?;
    let id = add(tx, subject, &name, new.kind, bytes).await?;
    record::read(tx.conn, caller, id, false).await
}

/// Adds a document within an operation whose event is open; who may do that is the operation's to ask. The same file under the same
/// name on the same record is the document that is there. Refuses a file of a kind that is not kept.
pub async fn add(tx: &mut Tx<'_>, subject: Subject, name: &str, kind: Kind, bytes: &[u8]) -> Result<DocumentId> {
    let (media, name) = media::tell(name, bytes)?;
    let (digest, size) = keep(tx, bytes).await?;
    let id = DocumentId::new();
    let added = diesel::sql_query("insert into document (id, subject_kind, subject_id, kind, name, media_type, size, sha256, added_by_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(subject.kind).bind::<SqlUuid, _>(subject.id).bind::<Text, _>(kind.as_str()).bind::<Text, _>(&name).bind::<Text, _>(media.media_type())
        .bind::<Integer, _>(size).bind::<Binary, _>(digest.as_slice()).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).execute(tx.conn).await?;
    if added == 0 {
        return same(tx, subject, &name, kind, &digest).await?.ok_or_else(|| Problem::internal("a document that is neither there nor new"));
    }
    tx.also_about("document", id).await?;
    Ok(id)
}

/// Keeps content, once whatever it is for; its digest and size.
pub async fn keep(tx: &mut Tx<'_>, bytes: &[u8]) -> Result<([u8; 32], i32)> {
    let size = i32::try_from(bytes.len()).map_err(|_| Problem::field("file", "A file of 2 GiB and more is not kept."))?;
    let digest: [u8; 32] = Sha256::digest(bytes).into();
    diesel::sql_query("insert into document_content as c (sha256, size, bytes) values ($1, $2, $3) on conflict (sha256) do update set bytes = excluded.bytes where c.bytes is null")
        .bind::<Binary, _>(digest.as_slice()).bind::<Integer, _>(size).bind::<Binary, _>(bytes).execute(tx.conn).await?;
    Ok((digest, size))
}

async fn same(tx: &mut Tx<'_>, subject: Subject, name: &str, kind: Kind, digest: &[u8]) -> Result<Option<DocumentId>> {
    let found: Option<Found> = diesel::sql_query("select id from document where subject_id = $1 and sha256 = $2 and kind = $3 and name = $4 and retired_at is null")
        .bind::<SqlUuid, _>(subject.id).bind::<Binary, _>(digest).bind::<Text, _>(kind.as_str()).bind::<Text, _>(name).get_result(tx.conn).await.optional()?;
    Ok(found.map(|f| f.id))
}

/// Retires a document: it no longer counts, and stays to be read.
pub async fn retire(tx: &mut Tx<'_>, caller: &Caller, id: DocumentId, reason: Option<String>) -> Result<Document> {
    diesel::sql_query("select 1 from document where id = $1 for update").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    let document = record::row(tx.conn, id).await?;
    let (team, allowed) = subjects::may_change(tx.conn, caller, &document.subject_kind, document.subject_id, "Retiring a document").await?;
    allowed?;
    if document.retired_at.is_some() {
        return Err(Problem::refused("document-retired", "Retired already", format!("{} was retired before. Nothing to do.", document.name)));
    }
    let subject = subjects::find(tx.conn, &document.subject_kind, &document.subject_id.to_string()).await?;
    let mut event = NewEvent::new("document.retire", subject.kind, subject.id).reason(reason).details(json!({"kind": document.kind, "code": document.subject}));
    if let Some(team) = team {
        event = event.team(team);
    }
    tx.open(event).await?;
    tx.also_about("document", id).await?;
    diesel::sql_query("update document set retired_at = clock_timestamp() where id = $1").bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, id, false).await
}
