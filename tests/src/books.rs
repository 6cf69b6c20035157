//! Books written straight into the database, for tests of the rules that it keeps by itself.

use tokio_postgres::Client;

/// A refusal of the database.
#[derive(Debug, PartialEq, Eq)]
pub struct Refusal {
    pub constraint: String,
    pub message: String,
    pub code: String,
}

/// Begins a transaction and opens an event in it.
pub const OPEN: &str = "begin; select ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'test', 'test', null, null, null, null, null, '{}')";

/// Runs statements as one operation, with an event.
pub async fn operation(client: &Client, sql: &str) -> Result<(), Refusal> {
    let done = attempt(client, &format!("{OPEN}; {sql}; commit")).await;
    if done.is_err() {
        client.batch_execute("rollback").await.unwrap();
    }
    done
}

/// Runs statements as they are. What is refused leaves nothing.
pub async fn attempt(client: &Client, sql: &str) -> Result<(), Refusal> {
    client.batch_execute(sql).await.map_err(|e| {
        let db = e.as_db_error().unwrap_or_else(|| panic!("{e}"));
        Refusal { constraint: db.constraint().unwrap_or_default().to_owned(), message: db.message().to_owned(), code: db.code().code().to_owned() }
    })
}

/// A company of one team: a warehouse with two bins, a rack, a vendor, a server, a cable and a software title, an ordered purchase order
/// of four servers, ten cables and two seats. Everything has a readable key in `test_key`.
pub async fn company(client: &Client) {
    client.batch_execute(include_str!("company.sql")).await.unwrap_or_else(|e| panic!("{e:?}"));
}

/// Every table of the books and one figure for all its rows and their versions. What a request leaves besides the books is not in it:
/// answers kept for a retry, sessions.
pub async fn content(client: &Client) -> Vec<(String, i64)> {
    let tables = "select format('%I.%I', schemaname, tablename) from pg_tables
                  where schemaname in ('public', 'history') and tablename not in ('idempotency', 'session', 'sign_in_attempt', 'sign_in_link', 'signing_key') order by 1";
    let mut all = Vec::new();
    for row in client.query(tables, &[]).await.unwrap() {
        let name: String = row.get(0);
        let sum = client.query_one(&format!("select coalesce(sum(hashtext(t::text)::bigint), 0)::bigint from {name} t"), &[]).await.unwrap().get(0);
        all.push((name, sum));
    }
    all
}

/// Makes everything in the books so many days older, with the triggers off: for questions about days that a test cannot wait for.
pub async fn age(client: &Client, days: u32) {
    let older = format!("interval '{days} days'");
    client.batch_execute(&format!(
        "set session_replication_role = replica;
         do $$ declare t text; begin
           for t in select table_name from ledger.tracked loop
             execute format('update public.%1$I set valid_from = valid_from - {quoted}; update history.%1$I set valid_from = valid_from - {quoted}, valid_to = valid_to - {quoted}', t);
           end loop;
         end $$;
         update event set at = at - {older};
         reset session_replication_role", quoted = older.replace('\'', "''"))).await.unwrap();
}

/// Proves the books as `quartermaster check` does: levels, places, overlaps, events, seals.
pub async fn check(url: &str) {
    let db = quartermaster::db::Db::connect(url, 2).unwrap();
    let outcomes = quartermaster::ledger::check::check(&mut db.writer().await.unwrap()).await.unwrap();
    for outcome in outcomes {
        assert!(outcome.contradictions.is_empty(), "{}: {:?}", outcome.what, outcome.contradictions);
    }
}
