//! Writing a mail that is to go out, within the operation that it belongs to.

use diesel::sql_types::{Array, Bool, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{DocumentId, MailId, TeamId};

/// A mail whose fields are checked (`letter::checked_…`).
#[derive(Clone, Debug)]
pub struct NewMail {
    pub subject_kind: &'static str,
    pub subject_id: Uuid,
    /// Whose mail it is.
    pub team: TeamId,
    pub document: DocumentId,
    pub recipients: Vec<String>,
    pub copies: Vec<String>,
    pub title: String,
    pub message: String,
}

/// Why nothing can be sent, and what to do: no mail server is set up.
pub const NO_SERVER: &str = "No mail server is set up. An administrator sets QM_SMTP_HOST and QM_SMTP_FROM; until then send it by your own mail.";
/// Why nothing more can be sent about a record.
pub const ON_ITS_WAY: &str = "A mail of it is on its way already. Wait until it has arrived, or give it up.";

#[derive(diesel::QueryableByName)]
struct State {
    #[diesel(sql_type = Nullable<Text>)]
    sender: Option<String>,
    #[diesel(sql_type = Bool)]
    queued: bool,
}

/// What hinders a mail about a record, if anything does. The server tells each of its connections from which address it sends.
pub async fn hindrance(conn: &mut AsyncPgConnection, subject_id: Uuid) -> Result<Option<&'static str>> {
    let state: State = diesel::sql_query("select nullif(current_setting('quartermaster.mail_from', true), '') as sender, exists (select 1 from mail where subject_id = $1 and status = 'queued') as queued")
        .bind::<SqlUuid, _>(subject_id).get_result(conn).await?;
    Ok(match state {
        State { sender: None, .. } => Some(NO_SERVER),
        State { queued: true, .. } => Some(ON_ITS_WAY),
        _ => None,
    })
}

/// The same as a refusal.
pub async fn refuse(conn: &mut AsyncPgConnection, subject_id: Uuid) -> Result<()> {
    match hindrance(conn, subject_id).await? {
        None => Ok(()),
        Some(NO_SERVER) => Err(Problem::refused("no-mail-server", "No mail server", NO_SERVER)),
        Some(other) => Err(Problem::refused("mail-on-its-way", "It is on its way already", other)),
    }
}

/// Writes a mail under the open event; it is delivered once the operation has committed. Answers go to whoever sends it.
pub async fn queue(tx: &mut Tx<'_>, mail: NewMail) -> Result<MailId> {
    let id = MailId::new();
    let sender = tx.by.person_id().ok_or_else(|| Problem::internal("a mail that nobody sends"))?;
    diesel::sql_query(
        "insert into mail (id, subject_kind, subject_id, team_id, document_id, message_id, sender, reply_to, recipients, copies, title, message, sent_by_id, next_attempt_at)
         select $1, $2, $3, $10, $4, '<' || $1 || '@' || split_part(f.sender, '@', 2) || '>', f.sender, case when rules.mail_addresses(array[p.email]) then p.email end, $5, $6, $7, $8, p.id, clock_timestamp()
         from person p, (select current_setting('quartermaster.mail_from') as sender) f where p.id = $9")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(mail.subject_kind).bind::<SqlUuid, _>(mail.subject_id).bind::<SqlUuid, _>(mail.document.0)
        .bind::<Array<Text>, _>(&mail.recipients).bind::<Array<Text>, _>(&mail.copies).bind::<Text, _>(&mail.title).bind::<Text, _>(&mail.message).bind::<SqlUuid, _>(sender.0).bind::<SqlUuid, _>(mail.team.0).execute(tx.conn).await?;
    tx.also_about("mail", id).await?;
    Ok(id)
}
