//! Running an import: all rows in one transaction under one event, each behind a savepoint so that every bad row is told, not only the first.

use diesel_async::{AnsiTransactionManager, TransactionManager};
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::catalogue::Subject;
use super::file;
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
    let (mut accepted, mut refused) = (Vec::new(), Vec::new());
    let mut good = 0;
    for row in rows {
        let line = row.line;
        AnsiTransactionManager::begin_transaction(tx.conn).await?;
        let applied = (subject.apply)(tx, caller, row).await;
        match &applied {
            Ok(_) => AnsiTransactionManager::commit_transaction(tx.conn).await?,
            Err(_) => AnsiTransactionManager::rollback_transaction(tx.conn).await?,
        }
        match applied {
            Ok(code) => {
                good += 1;
                if accepted.len() < TOLD {
                    accepted.push(Outcome { line, says: format!("{code} is made"), code: Some(code), errors: Vec::new() });
                }
            }
            Err(problem) if problem.status().is_server_error() => return Err(problem),
            Err(problem) => {
                refused.push(Outcome { line, code: None, errors: problem.errors().to_vec(), says: problem.detail().to_owned() });
            }
        }
    }
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
