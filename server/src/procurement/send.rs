//! Sending an order to its vendor: the mail, the PDF that it carries and the order's step are one operation. Delivering the mail is the
//! mail part's.

use diesel::sql_types::{Array, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::progress;
use super::record::{self, PurchaseOrder};
use super::paper;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::documents::add;
use crate::documents::subjects::Subject;
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::PurchaseOrderId;
use crate::ledger::NewEvent;
use crate::mail::letter::{checked_addresses, checked_message, checked_title};
use crate::mail::queue::{self, NewMail};
use crate::mail::record::Mail;

/// The states in which an order goes to its vendor: agreed upon, and not all of it here.
pub const SENDABLE: [&str; 3] = ["approved", "ordered", "partly_received"];

/// What a mail says unless somebody writes something else.
const TEMPLATE: &str = include_str!("mail.txt");

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Send {
    /// Addresses, without names.
    pub to: Vec<String>,
    #[serde(default)]
    pub cc: Vec<String>,
    pub subject: String,
    pub message: String,
}

/// The mails of an order, and one as it would be now.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Letters {
    /// The newest first.
    items: Vec<Mail>,
    draft: Draft,
}

/// A mail to begin with: to whoever takes orders there, else to the vendor's own address.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Draft {
    to: Vec<String>,
    cc: Vec<String>,
    subject: String,
    message: String,
    /// Name of the PDF that it carries.
    attachment: String,
}

#[derive(diesel::QueryableByName)]
struct Facts {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = diesel::sql_types::Integer)]
    revision: i32,
    #[diesel(sql_type = Array<Text>)]
    addresses: Vec<String>,
    #[diesel(sql_type = Nullable<Text>)]
    contact: Option<String>,
    #[diesel(sql_type = Text)]
    vendor: String,
    #[diesel(sql_type = Nullable<Text>)]
    company: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    buyer: Option<String>,
}

/// What was sent of an order, and what would be sent now.
pub async fn letters(conn: &mut AsyncPgConnection, caller: &Caller, id: PurchaseOrderId, past: bool) -> Result<Letters> {
    let items = crate::mail::record::of(conn, caller, id.0, past).await?;
    let facts: Facts = diesel::sql_query(
        "select o.code, coalesce(o.amendments, 0) as revision, v.name as vendor, (select c.name from company c) as company, (select p.name from person p where p.id = $2) as buyer, k.contact,
                case when cardinality(k.addresses) > 0 then k.addresses when v.email is not null and v.email <> '' then array[v.email] else '{}' end as addresses
         from purchase_order o join vendor v on v.id = o.vendor_id
         cross join lateral (select coalesce(array_agg(c.email order by c.name), '{}') as addresses, case when count(*) = 1 then min(c.name) end as contact
           from vendor_contact c where c.vendor_id = v.id and c.retired_at is null and c.email is not null and c.role ~* 'order|sales') k
         where o.id = $1")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(caller.person().0).get_result(conn).await?;
    let code = match facts.revision {
        0 => facts.code.clone(),
        n => format!("{}, revision {n}", facts.code),
    };
    let from = facts.company.as_ref().map(|c| format!(" from {c}")).unwrap_or_default();
    let words = [("{contact}", facts.contact.as_deref().unwrap_or(&facts.vendor)), ("{code}", &code), ("{buyer}", facts.buyer.as_deref().unwrap_or_default()), ("{company}", facts.company.as_deref().unwrap_or_default())];
    let message = words.iter().fold(TEMPLATE.to_owned(), |text, (place, word)| text.replace(place, word)).trim_end().to_owned();
    Ok(Letters { items, draft: Draft { to: facts.addresses, cc: Vec::new(), subject: format!("Purchase order {code}{from}"), message, attachment: paper::file_name(&facts.code, facts.revision) } })
}

/// Sends an order. It names the version that it is based on, so that of two who send at once one does. Locks the order.
pub async fn send(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, ask: Send) -> Result<PurchaseOrder> {
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Sending {}", held.code))?;
    if !SENDABLE.contains(&held.status.as_str()) {
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}. It goes to the vendor once it is approved, until all of it is here.", held.code, held.status.replace('_', " "))).with("state", &held.status));
    }
    must_match(if_match, &held.version)?;
    queue::refuse(tx.conn, held.id.0).await?;
    let recipients = checked_addresses("to", ask.to)?;
    if recipients.is_empty() {
        return Err(Problem::field("to", "Say to whom it goes. An address of the vendor's, or of a contact with the role orders, is proposed the next time."));
    }
    let copies = checked_addresses("cc", ask.cc)?;
    let title = checked_title("subject", &ask.subject)?;
    let message = checked_message("message", &ask.message)?;
    tx.open(NewEvent::new("purchase_order.send", "purchase_order", held.id).team(held.team_id).details(json!({"code": held.code, "total": held.total, "currency": held.currency}))).await?;
    if held.status == "approved" {
        progress::mark_ordered(tx, &held, None).await?;
    }
    diesel::sql_query("update purchase_order set sent_at = clock_timestamp() where id = $1").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
    // After the step, so that it bears the day on which it was ordered.
    let paper = paper::of(tx.conn, held.id).await?;
    let document = add::add(tx, Subject { kind: "purchase_order", id: held.id.0 }, &paper.name, add::Kind::SentOrder, &paper.bytes).await?;
    queue::queue(tx, NewMail { subject_kind: "purchase_order", subject_id: held.id.0, team: held.team_id, document, recipients, copies, title, message }).await?;
    record::read(tx.conn, caller, held.id, false).await
}
