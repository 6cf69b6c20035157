//! The story of a record: every event about it and about what led to it, newest first, in words.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::db::RunQueryDsl;
use crate::http::Result;

/// One event of a story.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Entry {
    #[serde(flatten)]
    row: Row,
    /// What happened, as a person says it.
    sentence: String,
    /// What it changed in the record itself.
    changes: Vec<Change>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = StoryRow)]
struct Row {
    #[diesel(sql_type = SqlUuid)]
    event_id: Uuid,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
    #[diesel(sql_type = Text)]
    actor: String,
    #[diesel(sql_type = Nullable<Text>)]
    on_behalf_of: Option<String>,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Nullable<Text>)]
    reason: Option<String>,
    #[diesel(sql_type = Text)]
    subject_kind: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    subject_id: Option<Uuid>,
    #[diesel(sql_type = Nullable<Text>)]
    request_id: Option<String>,
    #[diesel(sql_type = Jsonb)]
    details: Value,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = StoryChange)]
struct Change {
    column: String,
    before: Value,
    after: Value,
}

#[derive(Serialize, utoipa::ToSchema)]
pub struct Story {
    items: Vec<Entry>,
}

#[derive(diesel::QueryableByName)]
struct Version {
    #[diesel(sql_type = SqlUuid)]
    opened_by: Uuid,
    #[diesel(sql_type = Jsonb)]
    doc: Value,
}

/// Columns that say nothing to a reader.
const QUIET: [&str; 10] = ["opened_by", "valid_from", "closed_by", "valid_to", "verified_at", "verified_by", "verified_how", "serial_key", "id", "path"];

/// The newest 500 events about the row `id` of `table`, which the caller names as a constant, with what each changed in it.
pub async fn story(conn: &mut AsyncPgConnection, table: &'static str, id: Uuid, as_of: Option<DateTime<Utc>>) -> Result<Story> {
    story_led(conn, table, id, None, &[], as_of).await
}

/// The same with the events about the record that led to it, but for those `others`: actions that concern this row only where they name it, such as the
/// receipt of another piece of the same order.
pub async fn story_led(conn: &mut AsyncPgConnection, table: &'static str, id: Uuid, led_by: Option<Uuid>, others: &[&str], as_of: Option<DateTime<Utc>>) -> Result<Story> {
    let rows: Vec<Row> = diesel::sql_query(
        "select e.id as event_id, e.at, coalesce(p.name, e.device, 'system') as actor, b.name as on_behalf_of, e.action, e.reason, e.subject_kind, e.subject_id, e.request_id, e.details
         from (select id from event where subject_id = $1 union select event_id from event_subject where subject_id = $1
               union select l.id from (select id from event where subject_id = $3 union select event_id from event_subject where subject_id = $3) l join event x on x.id = l.id where x.action <> all($4)) s join event e on e.id = s.id
         left join person p on p.id = e.actor_id left join person b on b.id = e.on_behalf_of where e.at <= coalesce($2, 'infinity') order by e.at desc, e.id desc limit 500")
        .bind::<SqlUuid, _>(id).bind::<Nullable<Timestamptz>, _>(as_of).bind::<Nullable<SqlUuid>, _>(led_by).bind::<Array<Text>, _>(others).load(conn).await?;
    let versions: Vec<Version> = diesel::sql_query(format!(
        "select opened_by, doc from (select opened_by, to_jsonb(r) as doc from public.{table} r where id = $1 union all select opened_by, to_jsonb(r) from history.{table} r where id = $1) versions
         order by doc->>'valid_from'"))
        .bind::<SqlUuid, _>(id).load(conn).await?;
    let mut changes: HashMap<Uuid, Vec<Change>> = HashMap::new();
    let mut before = Map::new();
    for version in versions {
        let Value::Object(after) = version.doc else { continue };
        if !before.is_empty() {
            changes.insert(version.opened_by, differences(&before, &after));
        }
        before = after;
    }
    let items = rows.into_iter().map(|row| Entry { sentence: sentence(&row.action, &row.details), changes: changes.remove(&row.event_id).unwrap_or_default(), row }).collect();
    Ok(Story { items })
}

fn differences(before: &Map<String, Value>, after: &Map<String, Value>) -> Vec<Change> {
    after.iter().filter(|(column, value)| !QUIET.contains(&column.as_str()) && before.get(*column).unwrap_or(&Value::Null) != *value)
        .map(|(column, value)| Change { column: column.clone(), before: before.get(column).cloned().unwrap_or(Value::Null), after: value.clone() }).collect()
}

/// An action and its details as a sentence.
pub fn sentence(action: &str, details: &Value) -> String {
    let get = |key: &str| match details.get(key) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(Value::Array(items)) => items.iter().map(|i| i.as_str().map_or_else(|| i.to_string(), str::to_owned)).collect::<Vec<_>>().join(", "),
        Some(other) => other.to_string(),
    };
    let text = match action {
        "purchase_order.create" => format!("Raised {} with {}", get("code"), get("vendor")),
        "purchase_order.edit" => format!("Edited {}", get("code")),
        "purchase_order.send" => format!("Sent {} to the vendor", get("code")),
        "mail.deliver" => format!("The mail of {} was delivered", get("code")),
        "mail.delay" => format!("The mail of {} was put off", get("code")),
        "mail.fail" => format!("The mail of {} failed", get("code")),
        "mail.send_again" => format!("Sent the mail of {} again", get("code")),
        "mail.give_up" => format!("Gave the mail of {} up", get("code")),
        "company.edit" | "company.set_logo" | "company.remove_logo" => "Changed the letterhead".to_owned(),
        "purchase_order.submit" => format!("Submitted {} for approval", get("code")),
        "purchase_order.approve" if details.get("amendment").and_then(Value::as_bool) == Some(true) => format!("Approved the amendment of {}: {}", get("code"), get("step")),
        "purchase_order.approve" if matches!(get("step").as_str(), "" | "Approval") => format!("Approved {}", get("code")),
        "purchase_order.approve" => format!("Approved {}: {}", get("code"), get("step")),
        "purchase_order.reject" => format!("Rejected {}", get("code")),
        "purchase_order.amend" => format!("Amended {}", get("code")),
        "purchase_order.withdraw_amendment" => format!("Withdrew the amendment of {}", get("code")),
        "purchase_order.bundle" => format!("Added requests to {}", get("code")),
        "requisition.create" => format!("Wrote the request {}", get("code")),
        "requisition.edit" => format!("Edited {}", get("code")),
        "requisition.submit" => format!("Submitted {}", get("code")),
        "requisition.accept" => format!("Accepted {}", get("code")),
        "requisition.refuse" if details.get("lines").is_some() => format!("Refused line {} of {}", get("lines"), get("code")),
        "requisition.refuse" => format!("Refused {}", get("code")),
        "requisition.withdraw" => format!("Withdrew {}", get("code")),
        "requisition.reopen" => format!("Took {} back to draft", get("code")),
        "requisition.agree" => format!("The board agreed that {} is over its budget", get("code")),
        "vendor.create" => format!("Made the vendor {}", get("name")),
        "vendor.edit" => format!("Edited {}", get("code")),
        "vendor.add_contact" => "Added a contact".to_owned(),
        "vendor.edit_contact" => "Edited a contact".to_owned(),
        "vendor.retire_contact" => "Retired a contact".to_owned(),
        "vendor.add_address" => format!("Added an address for {}", get("kind")),
        "vendor.edit_address" => "Edited an address".to_owned(),
        "vendor.retire_address" => "Retired an address".to_owned(),
        "vendor.set_lead_time" if get("days").is_empty() => format!("The usual lead time holds for {} again", get("model")),
        "vendor.set_lead_time" => format!("Set the lead time of {} to {} days", get("model"), get("days")),
        "contract.create" => format!("Entered {}: {}", get("code"), get("title")),
        "contract.renew" => format!("Renewed {} by {}", get("follows"), get("code")),
        "contract.edit" => format!("Edited {}", get("code")),
        "contract.activate" => format!("{} is signed", get("code")),
        "contract.give_notice" => format!("Gave notice of {}", get("code")),
        "contract.withdraw_notice" => format!("Took the notice of {} back", get("code")),
        "contract.end" => format!("Ended {}", get("code")),
        "contract.discard" => format!("Discarded {}", get("code")),
        "contract.cover" => format!("{} covers {} from now on", get("code"), get("thing")),
        "contract.uncover" => format!("{} no longer covers {}", get("code"), get("thing")),
        "contract.set_price" => format!("{} has {} at {} {}", get("code"), get("model"), get("unit_price"), get("currency")),
        "contract.remove_price" => format!("Took the price of {} out of {}", get("model"), get("code")),
        "quote_request.create" => format!("Wrote {} for {} vendors", get("code"), get("vendors")),
        "quote_request.edit" => format!("Edited {}", get("code")),
        "quote_request.send" => format!("Sent {}", get("code")),
        "quote_request.cancel" => format!("Cancelled {}", get("code")),
        "quote_request.answer" => format!("{} answered {}", get("vendor"), get("code")),
        "quote_request.decline" => format!("{} does not offer for {}", get("vendor"), get("code")),
        "quote_request.choose" => format!("Chose {} in {}", get("vendors"), get("code")),
        "budget.create" => format!("Made the budget {}", get("code")),
        "approver_group.put" => format!("Set up the approver group {}", get("code")),
        "approval_policy.put" => format!("Set up the approval policy {}", get("code")),
        "purchase_order.order" => format!("Ordered {} {}", get("code"), get("vendor_reference")),
        "purchase_order.cancel" => format!("Cancelled {}", get("code")),
        "purchase_order.close" => format!("Closed {}", get("code")),
        "purchase_order.receive" => format!("Received {} x {} of {} at {}", get("quantity"), get("model"), get("code"), get("location")),
        "purchase_order.undo_receipt" => format!("Undid a receipt of {}", get("code")),
        "invoice.enter" => format!("Entered invoice {} as {} for {}", get("number"), get("code"), get("order")),
        "invoice.release" => format!("Released {} although it does not match: {}", get("code"), get("differences")),
        "invoice.match" => format!("Matched {} again", get("code")),
        "invoice.pay" => format!("Paid {} {}", get("code"), get("reference")),
        "invoice.undo_payment" => format!("Undid the payment of {}", get("code")),
        "invoice.cancel" => format!("Cancelled invoice {} ({})", get("code"), get("number")),
        "invoice.credit" => format!("Entered credit note {} ({}) for {}", get("credit_note"), get("credit_number"), get("code")),
        "invoice.cancel_credit" => format!("Cancelled credit note {} of {}", get("credit_note"), get("code")),
        "vendor_return.send" => format!("Returned {} to the vendor by {}, RMA {}, for a {}", get("what"), get("code"), get("rma_number"), get("expects")),
        "vendor_return.cancel" => format!("Took back what {} had returned", get("code")),
        "document.add" => format!("Added a document: {}", get("kind").replace('_', " ")),
        "document.retire" => format!("Retired a document: {}", get("kind").replace('_', " ")),
        "asset.enter" => format!("Entered by hand: {} {}", get("model"), get("serial")),
        "asset.edit" => "Edited".to_owned(),
        "asset.move" => format!("Moved from {} to {}", get("from"), get("to")),
        "asset.verify" => format!("Seen at {}", get("place")),
        "asset.add_code" => format!("Attached {} {}", get("kind").replace('_', " "), get("value")),
        "asset.change_state" => format!("{}: from {} to {}", get("label"), get("from").replace('_', " "), get("to").replace('_', " ")),
        "asset.place" => format!("Placed in {} at {}", get("rack"), get("units")),
        "asset.unplace" => format!("Taken out of {} to {}", get("rack"), get("to")),
        "stock.put_away" => format!("Put away in {}", get("code")),
        "stock.move" => format!("Moved {} x {} from {} to {}", get("quantity"), get("code"), get("from"), get("to")),
        "stock.adjust" => format!("Adjusted {} by {} in {}", get("code"), get("change"), get("location")),
        "cable.connect" => format!("Cabled {} to {} with {}", get("a"), get("b"), get("code")),
        "cable.disconnect" => format!("Disconnected {} between {} and {}", get("code"), get("a"), get("b")),
        "entitlement.record" => format!("Recorded {} with {} seats", get("code"), get("seats")),
        "licence.assign" => format!("Gave {} a seat of {} ({})", get("to"), get("title"), get("entitlement")),
        "licence.release" => format!("Released the seat of {} in {} ({})", get("from"), get("title"), get("entitlement")),
        "rack.create" => format!("Made rack {}", get("code")),
        "import" => format!("Imported {} rows of {} from a file", get("rows"), get("subject")),
        other => {
            let words = other.replace(['.', '_'], " ");
            let mut chars = words.chars();
            chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
        }
    };
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
