//! The search over everything: what a code names exactly, then what the lists' own searches find.

use serde::Serialize;
use serde_json::Value;

use crate::db::Db;
use crate::http::list::{self, List};
use crate::http::{Problem, Result};
use crate::parts;
use crate::scan::resolve;

/// How many of each kind are answered.
const EACH: usize = 4;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Hit {
    pub kind: String,
    pub code: String,
    pub title: String,
    pub subtitle: Option<String>,
    pub state: Option<String>,
    /// Why it was found: an exact code, or words in it.
    pub why: String,
}

/// A list that is searched, and which of its columns make a line: kind, code, title, subtitle, state.
struct Source {
    list: &'static str,
    kind: &'static str,
    code: &'static str,
    title: &'static str,
    subtitle: &'static str,
    state: &'static str,
}

const fn source(list: &'static str, kind: &'static str, code: &'static str, title: &'static str, subtitle: &'static str, state: &'static str) -> Source {
    Source { list, kind, code, title, subtitle, state }
}

const SOURCES: &[Source] = &[
    source("assets", "asset", "code", "model", "serial", "status"),
    source("purchase-orders", "purchase_order", "code", "vendor", "team", "status"),
    source("requisitions", "requisition", "code", "what", "team", "status"),
    source("invoices", "invoice", "code", "vendor", "number", "status"),
    source("returns", "vendor_return", "code", "vendor", "rma_number", "status"),
    source("quote-requests", "quote_request", "code", "title", "team", "status"),
    source("racks", "rack", "code", "name", "parent", ""),
    source("locations", "location", "code", "name", "kind", ""),
    source("models", "model", "code", "name", "manufacturer", ""),
    source("vendors", "vendor", "code", "name", "", ""),
    source("contracts", "contract", "code", "title", "vendor", "status"),
    source("entitlements", "entitlement", "code", "title", "team", ""),
    source("teams", "team", "code", "name", "kind", ""),
];

pub async fn search(db: &Db, asked: &str, as_of: Option<chrono::DateTime<chrono::Utc>>) -> Result<Vec<Hit>> {
    let text = asked.trim();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    if text.chars().count() > 200 {
        return Err(Problem::field("q", "Search for at most 200 characters."));
    }
    let mut hits: Vec<Hit> = Vec::new();
    // What is scanned or typed whole comes first; what is no code at all is only words.
    if let Ok(scan) = labels::scan::parse(text) {
        let mut conn = db.read(as_of).await?;
        for found in resolve::matches(&mut conn, &scan).await? {
            hits.push(Hit { kind: found.kind, code: found.code, title: found.title, subtitle: found.subtitle, state: found.state, why: format!("by {}", found.how) });
        }
    }
    for source in SOURCES {
        let Some(list) = parts::lists().iter().find(|l| l.name == source.list) else { continue };
        for row in rows(db, list, source, text, as_of).await? {
            let text = |column: &str| row.get(column).and_then(Value::as_str).map(str::to_owned).filter(|t| !t.is_empty());
            let Some(code) = text(source.code) else { continue };
            // A rack is a location too: it is shown once, as what it is most.
            if hits.iter().any(|h| h.code == code && (h.kind == source.kind || source.kind == "location")) {
                continue;
            }
            hits.push(Hit { kind: source.kind.to_owned(), title: text(source.title).unwrap_or_else(|| code.clone()), subtitle: text(source.subtitle), state: text(source.state), code, why: "by its words".to_owned() });
        }
    }
    Ok(hits)
}

async fn rows(db: &Db, list: &'static List, source: &Source, text: &str, as_of: Option<chrono::DateTime<chrono::Utc>>) -> Result<Vec<Value>> {
    let fields = [source.code, source.title, source.subtitle, source.state].into_iter().filter(|f| !f.is_empty()).collect::<Vec<_>>();
    list::first(db, list, text, &fields, EACH, as_of).await
}

#[cfg(test)]
mod tests {
    use super::SOURCES;
    use crate::parts;

    #[test]
    fn every_source_is_a_list_with_those_columns() {
        for source in SOURCES {
            let list = parts::lists().iter().find(|l| l.name == source.list).unwrap_or_else(|| panic!("there is no list {}", source.list));
            assert!(!list.search.is_empty(), "{} cannot be searched", source.list);
            for column in [source.code, source.title, source.subtitle, source.state].into_iter().filter(|c| !c.is_empty()) {
                assert!(list.columns.iter().any(|c| c.name == column), "{} has no column {column}", source.list);
            }
        }
    }
}
