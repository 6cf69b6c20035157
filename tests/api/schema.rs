//! The database that the migrations make: Diesel's view of it is the printed one, and every migration goes down and up again.

use std::path::{Path, PathBuf};

use quartermaster::db::migrate;
use tests::TestApp;
use tests::cluster::Database;
use tokio_postgres::Client;

#[tokio::test(flavor = "multi_thread")]
async fn diesels_schema_is_what_the_database_prints() {
    let app = TestApp::start().await;
    let (ok, printed) = app.command(&["admin", "schema"]).await;
    assert!(ok, "{printed}");
    let kept = include_str!("../../server/src/db/schema.rs");
    if let Some((n, (kept, printed))) = kept.lines().zip(printed.lines()).enumerate().find(|(_, (a, b))| a != b) {
        panic!("server/src/db/schema.rs is stale at line {}: {kept:?}, the database has {printed:?}. Run: quartermaster admin schema > server/src/db/schema.rs", n + 1);
    }
    assert_eq!(kept.len(), printed.len(), "server/src/db/schema.rs is stale. Run: quartermaster admin schema > server/src/db/schema.rs");
}

/// Everything that migrations make, one line for each thing.
async fn everything(client: &Client) -> Vec<String> {
    let ours = "('public', 'ledger', 'history', 'asof', 'rules')";
    let mut all = Vec::new();
    for sql in [
        format!("select format('column %s.%s %s %s %s %s', table_schema, table_name, column_name, data_type, is_nullable, column_default) from information_schema.columns where table_schema in {ours}"),
        format!("select format('constraint %s on %s: %s', c.conname, c.conrelid::regclass, pg_get_constraintdef(c.oid)) from pg_constraint c join pg_namespace n on n.oid = c.connamespace where n.nspname in {ours}"),
        format!("select format('index %s', indexdef) from pg_indexes where schemaname in {ours}"),
        format!("select format('view %s.%s: %s', schemaname, viewname, definition) from pg_views where schemaname in {ours}"),
        format!("select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where n.nspname in {ours} and not t.tgisinternal"),
        format!("select format('function %s', pg_get_functiondef(p.oid)) from pg_proc p join pg_namespace n on n.oid = p.pronamespace where n.nspname in {ours} and p.prokind = 'f' and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')"),
        format!("select format('sequence %s.%s', schemaname, sequencename) from pg_sequences where schemaname in {ours}"),
        format!("select format('grant %s on %s.%s to %s', privilege_type, table_schema, table_name, grantee) from information_schema.role_table_grants where table_schema in {ours}"),
        "select format('tracked %s', t) from ledger.tracked t".to_owned(),
        "select format('transition %s', t) from transition t".to_owned(),
    ] {
        let mut lines: Vec<String> = client.query(&sql, &[]).await.unwrap_or_else(|e| panic!("{sql}: {e:?}")).iter().map(|r| r.get(0)).collect();
        lines.sort();
        all.extend(lines);
    }
    all
}

fn migrations() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../migrations");
    let mut all: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()).collect();
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn every_migration_goes_down_and_up_again_to_the_same_schema() {
    let database = Database::copy("template1").await;
    let all = migrations();
    assert_eq!(migrate::migrate(&database.url).await.unwrap(), all.len());
    let client = database.connect().await;
    let first = everything(&client).await;
    assert!(first.len() > 1000, "{}", first.len());
    for migration in all.iter().rev() {
        let down = std::fs::read_to_string(migration.join("down.sql")).unwrap();
        client.batch_execute(&down).await.unwrap_or_else(|e| panic!("{}: {e:?}", migration.display()));
    }
    let left = "select coalesce(string_agg(x, ' '), '') from (
        select relname::text as x from pg_class where relnamespace = 'public'::regnamespace and relname not like '\\_\\_diesel%'
        union all select nspname from pg_namespace where nspname in ('ledger', 'history', 'asof', 'rules')
        union all select proname from pg_proc p where pronamespace = 'public'::regnamespace and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')) t";
    assert_eq!(client.query_one(left, &[]).await.unwrap().get::<_, String>(0), "", "the way down leaves something");
    client.batch_execute("delete from __diesel_schema_migrations").await.unwrap();
    assert_eq!(migrate::migrate(&database.url).await.unwrap(), all.len());
    let second = everything(&database.connect().await).await;
    let (missing, new): (Vec<_>, Vec<_>) = (first.iter().filter(|l| !second.contains(l)).collect(), second.iter().filter(|l| !first.contains(l)).collect());
    assert!(missing.is_empty() && new.is_empty(), "missing: {missing:#?}\nnew: {new:#?}");
    // Nothing runs twice.
    assert_eq!(migrate::migrate(&database.url).await.unwrap(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_of_an_earlier_version_is_brought_up() {
    let all = migrations();
    let whole = Database::copy("template1").await;
    migrate::migrate(&whole.url).await.unwrap();
    let newest = everything(&whole.connect().await).await;
    // Every version is on the way up from the oldest of these; that each way begins where it should is seen from a few.
    for steps in std::iter::successors(Some(1), |n| Some(n * 2)).take_while(|n| *n < all.len()) {
        let database = Database::copy("template1").await;
        migrate::migrate(&database.url).await.unwrap();
        let client = database.connect().await;
        for migration in all.iter().rev().take(steps) {
            client.batch_execute(&std::fs::read_to_string(migration.join("down.sql")).unwrap()).await.unwrap_or_else(|e| panic!("{}: {e:?}", migration.display()));
        }
        client.batch_execute(&format!("delete from __diesel_schema_migrations where version in (select version from __diesel_schema_migrations order by version desc limit {steps})")).await.unwrap();
        assert_eq!(migrate::migrate(&database.url).await.unwrap(), steps);
        assert_eq!(everything(&client).await.len(), newest.len(), "{steps} versions back");
    }
}
