//! Running an import: all records in one transaction under one event, each behind a savepoint so that every bad one is told, not only the first.

use diesel_async::{AnsiTransactionManager, TransactionManager};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::catalogue::{Apply, Subject};
use super::file::{self, Row};
use super::grouped::{self, Group};
use crate::auth::Caller;
use crate::db::Tx;
use crate::http::problem::FieldError;
use crate::http::{Problem, Result};
use crate::ledger::NewEvent;

/// Of many rows, so many are told one by one.
const TOLD: usize = 200;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Outcome {
    /// Where the row begins in the file.
    line: u64,
    /// What it makes; none for a row that is refused.
    code: Option<String>,
    /// What is wrong with it, field by field.
    errors: Vec<FieldError>,
    says: String,
}

/// What an import did, or would do.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Imported {
    subject: &'static str,
    kind: &'static str,
    rows: usize,
    accepted: usize,
    refused: usize,
    /// Whether it is in the books now: never after a preview.
    applied: bool,
    /// The first refused rows, then the first accepted ones.
    items: Vec<Outcome>,
}

/// Why a record was not made, and which of its rows is at fault.
struct Refused {
    row: usize,
    errors: Vec<FieldError>,
    problem: Problem,
}

/// The rows of each record.
fn sets(rows: Vec<Row>, apply: &Apply) -> Vec<Group> {
    match apply {
        Apply::Each(_) => rows.into_iter().map(Group::of).collect(),
        Apply::Together(shape, _) => grouped::group(rows, shape.by),
    }
}

/// Makes one record of its rows.
async fn apply(tx: &mut Tx<'_>, caller: &Caller, subject: &Subject, mut set: Group) -> std::result::Result<String, Refused> {
    let made = match &subject.apply {
        Apply::Each(apply) => match set.rows.pop() {
            Some(row) => apply(tx, caller, row).await,
            None => Err(Problem::internal("a record of no rows")),
        },
        Apply::Together(shape, apply) => match set.request(shape) {
            Ok(request) => apply(tx, caller, request).await,
            Err((row, problem)) => return Err(Refused { row, errors: problem.errors().to_vec(), problem }),
        },
    };
    made.map_err(|problem| {
        let (row, errors) = set.blame(&problem);
        Refused { row, errors, problem }
    })
}

/// Imports a file, all of it or nothing. A preview answers what would be done; the caller of this function takes it back.
/// Refuses with 422 `import-refused` when a row is refused and it is no preview.
pub async fn run(tx: &mut Tx<'_>, caller: &Caller, subject: &'static Subject, bytes: &[u8], preview: bool) -> Result<Imported> {
    caller.require_anywhere(subject.roles, &format!("Importing {}", subject.title.to_lowercase()))?;
    let rows = file::read(bytes, subject.columns)?;
    if rows.is_empty() {
        return Err(Problem::field("file", "There is no row below the header."));
    }
    let count = rows.len();
    let digest: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
    tx.open_whole(NewEvent::general("import", subject.kind).details(json!({"subject": subject.name, "rows": count, "sha256": digest}))).await?;
    let (mut accepted, mut refused, mut along) = (Vec::new(), Vec::new(), Vec::new());
    let mut good = 0;
    for set in sets(rows, &subject.apply) {
        let lines: Vec<u64> = set.rows.iter().map(|r| r.line).collect();
        AnsiTransactionManager::begin_transaction(tx.conn).await?;
        let applied = apply(tx, caller, subject, set).await;
        match &applied {
            Ok(_) => AnsiTransactionManager::commit_transaction(tx.conn).await?,
            Err(_) => AnsiTransactionManager::rollback_transaction(tx.conn).await?,
        }
        match applied {
            Ok(code) => {
                good += lines.len();
                let room = TOLD.saturating_sub(accepted.len());
                accepted.extend(lines.into_iter().take(room).map(|line| Outcome { line, says: format!("{code} is made"), code: Some(code.clone()), errors: Vec::new() }));
            }
            Err(no) if no.problem.status().is_server_error() => return Err(no.problem),
            Err(no) => {
                let at = lines.get(no.row).copied().unwrap_or_default();
                along.extend(lines.into_iter().filter(|line| *line != at).map(|line| Outcome { line, code: None, errors: Vec::new(), says: format!("Not taken without line {at}, which is of the same record.") }));
                refused.push(Outcome { line: at, code: None, says: no.problem.detail().to_owned(), errors: no.errors });
            }
        }
    }
    refused.extend(along);
    let bad = refused.len();
    refused.truncate(TOLD);
    refused.extend(accepted);
    refused.truncate(TOLD);
    let done = Imported { subject: subject.name, kind: subject.kind, rows: count, accepted: good, refused: bad, applied: !preview && bad == 0, items: refused };
    if bad > 0 && !preview {
        let first = done.items.first().map(|o| format!("Line {}: {}", o.line, o.says)).unwrap_or_default();
        return Err(Problem::new(actix_web::http::StatusCode::UNPROCESSABLE_ENTITY, "import-refused", "Nothing was imported",
            format!("{bad} of {count} rows are not right, so none was taken. {first} Mend them and send the file again; a preview tells every row.")).with("result", done));
    }
    Ok(done)
}
