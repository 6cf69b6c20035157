//! Scan and do, in one transaction: receive a carton, put things away. What a rule refuses comes back as an outcome, so that a
//! queue of scans never stops; it changes nothing.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::resolve::{self, Match};
use crate::auth::Caller;
use crate::db::{Tx, find};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::inventory::put_away::{self, PutAway};
use crate::procurement::dock::announced::{self, NotReceived};
use crate::procurement::receiving::{self, ReceiveLine};

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Act {
    /// As it came from the scanner.
    pub text: String,
    /// receive or put_away
    pub task: String,
    /// With receive: the order. Left out, the carton's own K field or AI 400 says which.
    #[serde(default)]
    pub purchase_order: Option<String>,
    /// With receive: the line, when several fit.
    #[serde(default)]
    pub line: Option<String>,
    /// With receive: the bin that it stands in.
    #[serde(default)]
    pub location: Option<String>,
    /// With receive: how many, where the carton does not say.
    #[serde(default)]
    pub quantity: Option<Quantity>,
    /// With receive: good or damaged.
    #[serde(default)]
    pub condition: Option<String>,
    /// With receive of something damaged: what is.
    #[serde(default)]
    pub note: String,
    /// With receive: take in what the vendor did not announce, and report it.
    #[serde(default)]
    pub accept_unannounced: bool,
    /// With put_away: the assets scanned before this bin.
    #[serde(default)]
    pub codes: Vec<String>,
}

/// What a scan did.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Acted {
    /// done, look (somebody has to decide) or refused
    pub outcome: &'static str,
    pub title: String,
    pub detail: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<Match>,
    /// Of the order that is being received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    /// Serials of the carton that were not taken in, each with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub not_received: Vec<NotReceived>,
    /// How to take it back: POST there with a reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undo: Option<String>,
    /// The refusal, as a problem document.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Object)]
    pub problem: Option<Value>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Progress {
    pub order: String,
    pub done: Quantity,
    pub of: Quantity,
    pub status: String,
}

/// Refusals that a person can put right on the spot, in amber; every other one is red.
const LOOK: [&str; 7] = ["serial-taken", "not-announced", "which-line", "how-many", "unknown-carton", "invalid-field", "not-found"];

/// A refusal as an outcome.
pub fn refused(problem: &Problem) -> Acted {
    let outcome = if LOOK.contains(&problem.slug()) { "look" } else { "refused" };
    let value = serde_json::to_value(problem).unwrap_or(Value::Null);
    Acted { outcome, title: value["title"].as_str().unwrap_or("Refused").to_owned(), detail: problem.detail().to_owned(), records: Vec::new(), progress: None, not_received: Vec::new(), undo: None, problem: Some(value) }
}

/// Does what the task says with what the scan names.
pub async fn act(tx: &mut Tx<'_>, caller: &Caller, ask: Act) -> Result<Acted> {
    match ask.task.as_str() {
        "receive" => receive(tx, caller, ask).await,
        "put_away" => put_in_bin(tx, caller, ask).await,
        other => Err(Problem::field("task", format!("There is no task {other}. There is receive and put_away; to look something up, POST /api/v1/scan."))),
    }
}

async fn receive(tx: &mut Tx<'_>, caller: &Caller, ask: Act) -> Result<Acted> {
    let scan = resolve::parse(&ask.text)?;
    let meaning = &scan.meaning;
    // A carton that names another order than the one in hand is a question, not a mistake to swallow.
    if let (Some(open), Some(said)) = (&ask.purchase_order, &meaning.purchase_order)
        && !open.eq_ignore_ascii_case(said)
        && find::PURCHASE_ORDER.look_up(tx.conn, said).await?.is_some()
    {
        return Err(Problem::field("purchase_order", format!("The carton is for {said}, you are receiving {open}. Scan {said} to receive it there.")));
    }
    let mut serials = meaning.serials.clone();
    // A bare text during receiving is a serial, as it stands: nothing is stripped unless it is marked.
    if serials.is_empty() && meaning.part_number.is_none() && meaning.quantity.is_none() && meaning.purchase_order.is_none() && scan.fields.is_empty() {
        serials = vec![meaning.dell_service_tag.clone().unwrap_or_else(|| scan.text.clone())];
    }
    // One field S: the whole text may be the serial. If the vendor's serials begin with S, the whole text is a known asset's.
    if scan.fields.len() == 1 && serials.len() == 1 && resolve::matches(tx.conn, &scan).await?.iter().any(|m| m.kind == "asset" && m.how == "the whole text as a serial") {
        serials = vec![scan.text.clone()];
    }
    // Without an order in hand and on the carton: what the vendor announced says which.
    let order = match ask.purchase_order.clone().or_else(|| meaning.purchase_order.clone()) {
        Some(order) => order,
        None => announced::order_of(tx, &serials).await?.ok_or_else(|| Problem::field("purchase_order", "Scan the order's code first."))?,
    };
    let quantity = meaning.quantity.map(|q| Quantity(q.into())).or(ask.quantity);
    let done = receiving::receive(tx, caller, &order, ReceiveLine {
        line: ask.line, part_number: meaning.part_number.clone().or_else(|| meaning.gtin.clone()), location: ask.location, serials, quantity,
        lot: meaning.lot.clone().unwrap_or_default(), date_code: meaning.date_code.clone().unwrap_or_default(), country: meaning.country.clone().unwrap_or_default(), delivery_note: meaning.packing_list.clone().unwrap_or_default(),
        condition: ask.condition, note: ask.note, partial: true, accept_unannounced: ask.accept_unannounced,
    }).await?;
    let id = find::PURCHASE_ORDER.find(tx.conn, &done.order).await?;
    let progress = receiving::progress(tx, id).await?;
    let records = done.assets.iter().map(|a| Match { kind: "asset".to_owned(), id: a.id.0, code: a.tag.clone(), title: done.model.clone(), subtitle: a.serial.clone(), state: Some("received".to_owned()), how: "received".to_owned() }).collect();
    let tags = done.assets.iter().map(|a| a.tag.as_str()).collect::<Vec<_>>().join(", ");
    let into = if tags.is_empty() { format!("Into {}.", done.location) } else { format!("{tags} in {}.", done.location) };
    let told: String = done.not_received.iter().map(|n| format!(" Not taken in: {}", n.detail)).collect();
    Ok(Acted {
        outcome: if done.not_received.is_empty() { "done" } else { "look" },
        title: format!("Received {} x {}", done.quantity.0.normalize(), done.model),
        detail: format!("{into} {} of {} on this line.{told}", done.received.0.normalize(), done.ordered.0.normalize()),
        records,
        progress: Some(Progress { order: done.order, done: Quantity(progress.received), of: Quantity(progress.ordered), status: progress.status.unwrap_or_default() }),
        not_received: done.not_received,
        undo: Some(format!("/api/v1/receipt-lines/{}/undo", done.receipt_line)),
        problem: None,
    })
}

async fn put_in_bin(tx: &mut Tx<'_>, caller: &Caller, ask: Act) -> Result<Acted> {
    let scan = resolve::parse(&ask.text)?;
    let bin = resolve::bin(tx.conn, &scan).await?.ok_or_else(|| Problem::field("text", format!("{} is not a bin. Scan the label of the bin that the things go into.", scan.text)))?;
    let done = put_away::put_away(tx, caller, PutAway { codes: ask.codes, stock: Vec::new(), to: bin.code.clone() }).await?;
    Ok(Acted {
        outcome: "done",
        title: format!("{} put away in {}", if done.assets.len() == 1 { "1 thing".to_owned() } else { format!("{} things", done.assets.len()) }, done.to),
        detail: done.assets.join(", "),
        records: vec![bin],
        progress: None,
        not_received: Vec::new(),
        undo: None,
        problem: None,
    })
}
