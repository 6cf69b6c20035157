//! Finding the records that a scan can mean. An exact hit of the whole text wins; then what its fields say; then the person is asked.

use diesel::OptionalExtension;
use diesel::sql_types::{Array, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use labels::scan::{Candidate, CandidateKind, Scan};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ScanAsk {
    /// As it came from the scanner, control characters and all.
    pub text: String,
    /// What the person is doing: look_up, receive, put_away.
    #[serde(default)]
    pub task: Option<String>,
    /// The order that is being received.
    #[serde(default)]
    pub purchase_order: Option<String>,
    /// The bin that things are being received in.
    #[serde(default)]
    pub location: Option<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Answer {
    /// {raw, text, standard, fields, meaning, candidates, warnings}
    #[schema(value_type = Object)]
    pub parse: Value,
    pub matches: Vec<Match>,
    /// known, unknown or ambiguous
    pub outcome: &'static str,
    /// What to tell the person.
    pub say: String,
    pub next: Vec<Next>,
}

/// A record that the scan names.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Match {
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = SqlUuid)]
    pub id: Uuid,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub subtitle: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub state: Option<String>,
    /// By which reading it was found.
    #[diesel(sql_type = Text)]
    pub how: String,
}

/// Something that can be done next.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Next {
    pub name: String,
    pub label: String,
    pub method: &'static str,
    pub href: String,
    pub input: Vec<&'static str>,
}

impl Next {
    pub fn new(name: &str, label: impl Into<String>, method: &'static str, href: impl Into<String>, input: &[&'static str]) -> Self {
        Self { name: name.to_owned(), label: label.into(), method, href: href.into(), input: input.to_vec() }
    }
}

/// Parses a text, or refuses it with the parser's own sentence.
pub fn parse(text: &str) -> Result<Scan> {
    labels::scan::parse(text).map_err(|e| Problem::new(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, "unreadable-scan", "That scan cannot be used", e.to_string()).with("code", e.code()).with_field("text", e.to_string()))
}

/// Every record that the candidates name, each once, in the order of the candidates; whole-text hits alone when there are any.
pub async fn matches(conn: &mut AsyncPgConnection, scan: &Scan) -> Result<Vec<Match>> {
    let mut found: Vec<Match> = Vec::new();
    for candidate in &scan.candidates {
        // A tag of ours was looked up among all codes already.
        if candidate.kind == CandidateKind::WholeText && scan.candidates.iter().any(|c| c.kind == CandidateKind::AssetTag && c.value == candidate.value) {
            continue;
        }
        let whole = matches!(candidate.kind, CandidateKind::AssetTag | CandidateKind::WholeText);
        if !whole && candidate.why != "the whole text as a serial" && found.iter().any(|m| m.how == "the whole text" || m.how == "an asset tag of ours") {
            break;
        }
        for hit in look_up(conn, candidate).await? {
            if !found.iter().any(|m| m.id == hit.id) {
                found.push(hit);
            }
        }
    }
    Ok(found)
}

const BY_CODE: &str = "
  select 'asset' as kind, a.id, a.tag as code, m.name as title, a.serial as subtitle, a.status as state, $2 as how from asset a join model m on m.id = a.model_id where a.tag = $1
  union all select case l.kind when 'rack' then 'rack' when 'bin' then 'bin' else 'location' end, l.id, l.code, l.name, coalesce(l.bin_kind, l.kind), null, $2 from location l where l.code = $1
  union all select 'purchase_order', o.id, o.code, v.name, null, o.status, $2 from purchase_order o join vendor v on v.id = o.vendor_id where o.code = $1
  union all select 'shipping_notice', n.id, n.code, v.name, 'for ' || o.code, n.status, $2 from shipping_notice n join purchase_order o on o.id = n.purchase_order_id join vendor v on v.id = o.vendor_id where n.code = $1
  union all select 'cable', c.id, c.code, c.kind, c.color, c.status, $2 from cable c where c.code = $1
  union all select 'entitlement', e.id, e.code, m.name, null, null, $2 from entitlement e join model m on m.id = e.model_id where e.code = $1
  union all select 'asset', a.id, a.tag, m.name, x.kind || ' ' || x.value, a.status, $2 from asset_alias x join asset a on a.id = x.asset_id join model m on m.id = a.model_id where x.value_key = rules.serial_key($1)";
const BY_SERIAL: &str = "select * from (select 'asset' as kind, a.id, a.tag as code, m.name as title, a.serial as subtitle, a.status as state, $2 as how from asset a join model m on m.id = a.model_id
  where a.serial_key = rules.serial_key($1)
  union all select 'shipping_notice', n.id, n.code, m.name || ' for ' || o.code, s.serial, n.status, $2 from announced_serial s join shipping_notice_line l on l.id = s.notice_line_id join shipping_notice n on n.id = l.shipping_notice_id
       join purchase_order o on o.id = n.purchase_order_id join purchase_order_line x on x.id = s.order_line_id join model m on m.id = x.model_id where s.serial_key = rules.serial_key($1) and s.status = 'expected'
  ) found order by state = 'gone' limit 5";
const BY_ALIAS: &str = "select 'asset' as kind, a.id, a.tag as code, m.name as title, x.kind || ' ' || x.value as subtitle, a.status as state, $2 as how from asset_alias x join asset a on a.id = x.asset_id join model m on m.id = a.model_id
  where x.value_key = rules.serial_key($1)
  union all select 'asset', a.id, a.tag, m.name, 'port ' || p.name, a.status, $2 from port p join asset a on a.id = p.asset_id join model m on m.id = a.model_id where $1 ~ '^([0-9a-f]{2}:){5}[0-9a-f]{2}$' and p.mac = $1::macaddr
  union all select 'asset', a.id, a.tag, m.name, a.serial, a.status, $2 from asset a join model m on m.id = a.model_id where a.serial_key = rules.serial_key($1) limit 5";
const BY_PART: &str = "select 'model' as kind, m.id, m.code, m.name as title, f.name as subtitle, null::text as state, $2 as how from model m join manufacturer f on f.id = m.manufacturer_id
  where lower(m.part_number) = lower($1) or exists (select 1 from part_number p where p.model_id = m.id and lower(p.value) = lower($1)) order by m.code limit 5";

async fn look_up(conn: &mut AsyncPgConnection, candidate: &Candidate) -> Result<Vec<Match>> {
    let sql = match candidate.kind {
        CandidateKind::AssetTag | CandidateKind::WholeText | CandidateKind::PurchaseOrder => BY_CODE,
        CandidateKind::Serial => BY_SERIAL,
        CandidateKind::Mac | CandidateKind::Wwn | CandidateKind::ServiceTag | CandidateKind::AssetIdentifier => BY_ALIAS,
        CandidateKind::PartNumber | CandidateKind::Gtin => BY_PART,
    };
    Ok(diesel::sql_query(sql).bind::<Text, _>(&candidate.value).bind::<Text, _>(&candidate.why).load(conn).await?)
}

/// The bin that a scan names, if it names one.
pub async fn bin(conn: &mut AsyncPgConnection, scan: &Scan) -> Result<Option<Match>> {
    let codes: Vec<&str> = scan.candidates.iter().filter(|c| c.kind == CandidateKind::WholeText).map(|c| c.value.as_str()).collect();
    Ok(diesel::sql_query("select 'bin' as kind, id, code, name as title, bin_kind as subtitle, null::text as state, 'the whole text' as how from location where code = any($1) and kind = 'bin' limit 1")
        .bind::<Array<Text>, _>(codes).get_result(conn).await.optional()?)
}

/// Answers what a text is: a look, nothing is changed.
pub async fn resolve(conn: &mut AsyncPgConnection, ask: &ScanAsk) -> Result<Answer> {
    let scan = parse(&ask.text)?;
    let matches = matches(conn, &scan).await?;
    let assets: Vec<&Match> = matches.iter().filter(|m| m.kind != "model").collect();
    let (outcome, say) = match assets.as_slice() {
        [] => match matches.as_slice().first() {
            Some(model) => ("known", format!("A {}.", model.title)),
            None => ("unknown", "Nobody has scanned this before. Receive it, attach it to something known, or put it on the list.".to_owned()),
        },
        [one] => ("known", format!("{}: {}{}", one.code, one.title, one.state.as_deref().map(|s| format!(", {}", s.replace('_', " "))).unwrap_or_default())),
        many => ("ambiguous", format!("This can mean {}. Choose.", many.iter().map(|m| m.code.as_str()).collect::<Vec<_>>().join(" or "))),
    };
    let next = next_steps(&scan, &matches);
    Ok(Answer { parse: serde_json::to_value(&scan).map_err(Problem::internal)?, matches, outcome, say, next })
}

fn next_steps(scan: &Scan, matches: &[Match]) -> Vec<Next> {
    let mut next = Vec::new();
    for found in matches {
        match found.kind.as_str() {
            "asset" => {
                next.push(Next::new("open", format!("Open {}", found.code), "GET", format!("/api/v1/assets/{}", found.code), &[]));
                next.push(Next::new("put_away", "Put away", "POST", "/api/v1/put-away", &["to"]));
                next.push(Next::new("place", "Place in a rack", "POST", format!("/api/v1/assets/{}/place", found.code), &["rack", "unit"]));
            }
            "purchase_order" => next.push(Next::new("receive", format!("Receive {}", found.code), "POST", format!("/api/v1/purchase-orders/{}/receive", found.code), &["serials", "quantity", "location"])),
            "shipping_notice" => next.push(Next::new("receive", format!("Receive what {} announces", found.code), "POST", "/api/v1/scan/act", &["purchase_order"])),
            "rack" => next.push(Next::new("open", format!("Open {}", found.code), "GET", format!("/api/v1/racks/{}/elevation", found.code), &[])),
            "bin" | "location" => next.push(Next::new("open", format!("What is in {}", found.code), "GET", format!("/api/v1/assets?location={}", found.code), &[])),
            _ => {}
        }
    }
    if matches.is_empty() {
        next.push(Next::new("receive", "Receive it against an order", "POST", "/api/v1/scan/act", &["purchase_order"]));
        next.push(Next::new("attach", "It is another code of something known", "POST", "/api/v1/assets/{code}/aliases", &["code", "kind"]));
        next.push(Next::new("keep", "Put it on the list of unknown scans", "POST", "/api/v1/unknown-scans", &[]));
    }
    if !scan.meaning.serials.is_empty() && matches.iter().all(|m| m.kind == "model") {
        next.push(Next::new("enter", "Enter it as a new asset", "POST", "/api/v1/assets", &["model", "team", "location", "reason"]));
    }
    next
}
