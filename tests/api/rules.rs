//! The rules that the database keeps by itself, whoever writes to it: tried from outside the server, as its role and as the owner.

use tests::TestApp;
use tests::books::{self, OPEN, attempt, operation};
use tokio_postgres::Client;

async fn books() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let client = app.psql().await;
    books::company(&client).await;
    (app, client)
}

/// The database refuses this operation for this reason, and nothing is left of it.
async fn refuses(client: &Client, sql: &str, constraint: &str) {
    let before = fingerprint(client).await;
    match operation(client, sql).await {
        Ok(()) => panic!("{sql} was not refused"),
        Err(refusal) => assert_eq!(refusal.constraint, constraint, "{sql}: {refusal:?}"),
    }
    assert_eq!(before, fingerprint(client).await, "{sql} was refused and left something");
}

async fn fingerprint(client: &Client) -> Vec<i64> {
    let tables = "select format('select count(*) from %I.%I', schemaname, tablename) from pg_tables where schemaname in ('public', 'history', 'ledger') order by 1";
    let mut counts = Vec::new();
    for table in client.query(tables, &[]).await.unwrap() {
        counts.push(client.query_one(table.get::<_, &str>(0), &[]).await.unwrap().get(0));
    }
    counts
}

async fn number(client: &Client, sql: &str) -> i64 {
    client.query_one(sql, &[]).await.unwrap_or_else(|e| panic!("{sql}: {e:?}")).get(0)
}

const RECEIVE: &str = "insert into receipt_line (id, receipt_id, order_line_id, quantity) values (ledger.uuid_v7(), test_key('receipt'), test_key('line of servers'), ";

#[tokio::test(flavor = "multi_thread")]
async fn a_change_without_an_event_is_refused_to_everybody() {
    let (app, owner) = books().await;
    let server = app.psql_as_server().await;
    for client in [&owner, &server] {
        for change in ["update vendor set name = 'Other' where code = 'VND'", "insert into manufacturer (id, code, name) values (ledger.uuid_v7(), 'new', 'New')",
                       "delete from asset_alias; delete from port", "update asset set notes = 'x'"] {
            let refusal = attempt(client, change).await.expect_err(change);
            assert_eq!(refusal.constraint, "qm-no-event", "{change}: {refusal:?}");
        }
    }
    assert_eq!(number(&owner, "select count(*) from vendor where name = 'Vendor'").await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_table_of_the_business_is_tracked() {
    let (_app, owner) = books().await;
    let not = "select coalesce(string_agg(tablename, ' ' order by tablename), '') from pg_tables where schemaname = 'public' and tablename not in (select table_name from ledger.tracked)";
    // The ledger itself, what is counted from movements, what works the machine, secrets, of which no history may be kept, and the bytes
    // of documents, which never change and are proven by the digest in the document.
    insta::assert_snapshot!(owner.query_one(not, &[]).await.unwrap().get::<_, String>(0),
        @"__diesel_schema_migrations counter credential document_content event event_subject idempotency session sign_in_attempt sign_in_link signing_key stock_level transition");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_of_another_transaction_covers_nothing() {
    let (app, owner) = books().await;
    let event: uuid::Uuid = owner.query_one("select id from event order by at desc limit 1", &[]).await.unwrap().get(0);
    for client in [&owner, &app.psql_as_server().await] {
        let refusal = attempt(client, &format!("begin; set local quartermaster.event = '{event}'; update vendor set name = 'Other'")).await.expect_err("a foreign event");
        assert_eq!(refusal.constraint, "qm-foreign-event");
        client.batch_execute("rollback").await.unwrap();
    }
    let refusal = attempt(&owner, &format!("{OPEN}; select ledger.open_event(ledger.uuid_v7(), 'system', null, null, 'test', 'test', null, null, null, null, null, '{{}}')")).await.expect_err("a second event");
    assert_eq!(refusal.constraint, "qm-one-event");
}

#[tokio::test(flavor = "multi_thread")]
async fn events_and_history_can_only_grow_even_for_the_owner() {
    let (app, owner) = books().await;
    operation(&owner, "update vendor set name = 'Renamed'").await.unwrap();
    for table in ["event", "history.vendor"] {
        for change in [format!("update {table} set valid = valid"), format!("delete from {table}"), format!("truncate {table} cascade")] {
            let column = if table == "event" { "action" } else { "code" };
            let change = change.replace("valid = valid", &format!("{column} = 'forged'"));
            refuses(&owner, &change, "qm-ledger-append-only").await;
        }
    }
    for table in ["event_subject", "ledger.leaf", "ledger.checkpoint", "receipt_line", "stock_movement"] {
        let refusal = operation(&owner, &format!("truncate {table} cascade")).await.expect_err(table);
        assert_eq!(refusal.constraint, "qm-ledger-append-only", "{table}: {refusal:?}");
    }
    // The server may not even try.
    let server = app.psql_as_server().await;
    for change in ["update event set action = 'forged'", "delete from event", "truncate event cascade", "insert into event (id, at, actor_kind, action, subject_kind) values (ledger.uuid_v7(), now(), 'system', 'x', 'x')",
                   "update history.vendor set name = 'forged'", "delete from history.vendor", "insert into history.vendor select v.*, v.opened_by, now() from vendor v", "truncate history.vendor"] {
        let refusal = operation(&server, change).await.expect_err(change);
        assert_eq!(refusal.code, "42501", "{change}: {refusal:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_change_leaves_the_version_before_it_with_the_events_that_opened_and_closed_it() {
    let (_app, owner) = books().await;
    for name in ["Second", "Third"] {
        operation(&owner, &format!("update vendor set name = 'passing'; update vendor set name = '{name}'")).await.unwrap();
    }
    let versions = owner.query("select name, opened_by, closed_by, valid_from, valid_to from history.vendor union all select name, opened_by, null, valid_from, null from vendor order by valid_from", &[]).await.unwrap();
    let names: Vec<String> = versions.iter().map(|v| v.get(0)).collect();
    assert_eq!(names, ["Vendor", "Second", "Third"], "one version for each event");
    for pair in versions.windows(2) {
        assert_eq!(pair[0].get::<_, Option<uuid::Uuid>>("closed_by"), Some(pair[1].get("opened_by")));
        assert_eq!(pair[0].get::<_, Option<chrono::DateTime<chrono::Utc>>>("valid_to"), Some(pair[1].get("valid_from")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_received_moves_by_receipts_alone_and_never_beyond_the_order() {
    let (app, owner) = books().await;
    for client in [&owner, &app.psql_as_server().await] {
        refuses(&owner, "update purchase_order_line set received = 1 where id = test_key('line of servers')", "qm-received-by-receipts").await;
        let refusal = operation(client, "set local quartermaster.receiving = 'on'; update purchase_order_line set received = 1 where number = 1").await.expect_err("a forged setting");
        assert_eq!(refusal.constraint, "qm-received-by-receipts");
    }
    operation(&owner, &format!("{RECEIVE} 3)")).await.unwrap();
    refuses(&owner, &format!("{RECEIVE} 2)"), "over_receipt").await;
    refuses(&owner, &format!("{RECEIVE} 0.5)"), "whole_pieces").await;
    operation(&owner, &format!("{RECEIVE} 1)")).await.unwrap();
    assert_eq!(number(&owner, "select received::bigint from purchase_order_line where number = 1").await, 4);
    refuses(&owner, "update receipt_line set quantity = 9", "qm-ledger-append-only").await;
    refuses(&owner, "delete from receipt_line", "qm-ledger-append-only").await;
    // A line is born with nothing received.
    refuses(&owner, "insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency) values (test_key('o2'), 'PO-2026-90002', test_key('vendor'), test_team(), test_key('bin'), test_person(), 'EUR');
                     insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price, received) values (ledger.uuid_v7(), test_key('o2'), 1, test_key('server'), 'pcs', 4, 1, 4)",
        "qm-received-by-receipts").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn levels_of_stock_move_by_movements_alone_and_never_below_nothing() {
    let (app, owner) = books().await;
    let movement = |quantity: &str, from: &str, to: &str| {
        let side = |name: &str| if name.is_empty() { ("'adjustment'".to_owned(), "null".to_owned()) } else { ("'location'".to_owned(), format!("test_key('{name}')")) };
        let ((fk, f), (tk, t)) = (side(from), side(to));
        format!("insert into stock_movement (id, model_id, team_id, quantity, from_kind, from_location_id, to_kind, to_location_id) values (ledger.uuid_v7(), test_key('cable'), test_team(), {quantity}, {fk}, {f}, {tk}, {t})")
    };
    operation(&owner, &movement("5", "", "bin")).await.unwrap();
    operation(&owner, &movement("2", "bin", "shelf")).await.unwrap();
    refuses(&owner, &movement("4", "bin", "shelf"), "qm-not-enough-stock").await;
    refuses(&owner, &movement("1.5", "bin", "shelf"), "qm-whole-pieces").await;
    for client in [&owner, &app.psql_as_server().await] {
        for change in ["update stock_level set quantity = 99", "delete from stock_level", "insert into stock_level values (test_key('server'), test_key('bin'), test_team(), '', 9)"] {
            for setting in ["", "set local quartermaster.moving = 'on'; "] {
                let refusal = operation(client, &format!("{setting}{change}")).await.expect_err(change);
                assert_eq!(refusal.constraint, "qm-levels-by-movements", "{setting}{change}");
            }
        }
    }
    assert!(operation(&owner, "truncate stock_level").await.is_err(), "levels were emptied");
    assert_eq!(number(&owner, "select sum(quantity)::bigint from stock_level").await, 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_are_counted_by_assignments_alone_and_never_beyond_those_bought() {
    let (app, owner) = books().await;
    let assign = |n: u32| format!("insert into licence_assignment (id, entitlement_id, asset_id) values (test_key('seat {n}'), test_key('entitlement'), test_key('server {n}'))");
    operation(&owner, &assign(1)).await.unwrap();
    operation(&owner, &assign(2)).await.unwrap();
    refuses(&owner, &assign(3), "qm-no-seat-left").await;
    for client in [&owner, &app.psql_as_server().await] {
        for setting in ["", "set local quartermaster.seating = 'on'; "] {
            let refusal = operation(client, &format!("{setting}update entitlement set assigned = 0")).await.expect_err("a count by hand");
            assert_eq!(refusal.constraint, "qm-seats-by-assignments");
        }
    }
    refuses(&owner, "update entitlement set seats = 3", "qm-seats-bought").await;
    refuses(&owner, "delete from licence_assignment", "qm-no-delete").await;
    operation(&owner, "update licence_assignment set released_at = now() where id = test_key('seat 1')").await.unwrap();
    operation(&owner, &assign(3)).await.unwrap();
    assert_eq!(number(&owner, "select assigned::bigint from entitlement").await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thing_is_in_one_place_a_unit_holds_one_thing_and_a_serial_names_one() {
    let (_app, owner) = books().await;
    let place = |n: u32, units: &str| format!("update asset set place = 'rack', location_id = null, rack_id = test_key('rack'), rack_units = '{units}', rack_faces = '[0,2)' where id = test_key('server {n}')");
    operation(&owner, &place(1, "[34,38)")).await.unwrap();
    refuses(&owner, &place(2, "[36,40)"), "no_overlap_in_rack").await;
    refuses(&owner, &place(2, "[84,88)"), "qm-rack-height").await;
    refuses(&owner, &place(2, "[40,42)"), "qm-model-height").await;
    refuses(&owner, "update asset set location_id = test_key('bin') where id = test_key('server 1')", "one_place").await;
    refuses(&owner, "update asset set serial = 'ser 2' where id = test_key('server 3')", "asset_serial").await;
    refuses(&owner, "update asset set serial = 'To be filled by O.E.M.' where id = test_key('server 3')", "asset_serial_check").await;
    refuses(&owner, "update asset set status = 'retired', place = 'gone', location_id = null where id = test_key('server 3')", "gone_is_nowhere").await;
    refuses(&owner, "update asset set status = 'in_repair' where id = test_key('server 3'); update asset set status = 'in_service' where id = test_key('server 3')", "qm-wrong-state").await;
    refuses(&owner, "update asset set place = 'asset', location_id = null, in_asset_id = test_key('server 3') where id = test_key('server 2');
                     update asset set place = 'asset', location_id = null, in_asset_id = test_key('server 2') where id = test_key('server 3')", "qm-inside-itself").await;
    refuses(&owner, "delete from asset", "qm-no-delete").await;
    refuses(&owner, "update rack set u_height = 17", "qm-rack-in-use").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_takes_one_cable_and_only_of_its_kind() {
    let (_app, owner) = books().await;
    let cable = |n: u32, from: u32, to: u32| format!("insert into cable (id, code) values (test_key('cable {n}'), 'CBL-{n}');
        insert into cable_end (id, cable_id, side, port_id) select ledger.uuid_v7(), test_key('cable {n}'), e.side, p.id
        from (values ('a', test_key('server {from}')), ('b', test_key('server {to}'))) e (side, asset) join port p on p.asset_id = e.asset and p.name = 'eth0'");
    operation(&owner, &cable(1, 1, 2)).await.unwrap();
    refuses(&owner, &cable(2, 1, 3), "cable_end_port").await;
    refuses(&owner, &format!("insert into port (id, asset_id, kind, name) values (test_key('psu'), test_key('server 3'), 'power_port', 'PSU1'); {};
        update cable_end set port_id = test_key('psu') where cable_id = test_key('cable 1') and side = 'b'", "select 1"), "qm-cable-kinds").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_is_approved_by_somebody_else_within_budget_and_its_lines_stay() {
    let (_app, owner) = books().await;
    operation(&owner, "insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency) values (test_key('o2'), 'PO-2026-90002', test_key('vendor'), test_team(), test_key('bin'), test_person(), 'EUR');
                       update purchase_order set status = 'submitted' where id = test_key('o2')").await.unwrap();
    refuses(&owner, "update purchase_order set status = 'approved', approver_id = requester_id where id = test_key('o2')", "approver_is_not_requester").await;
    refuses(&owner, "update purchase_order set status = 'approved', approver_id = test_key('approver') where id = test_key('o2')", "qm-not-approved").await;
    let asked = "insert into approval (id, purchase_order_id, requester_id, team_id, total, currency) select test_key('a2'), id, requester_id, team_id, total, currency from purchase_order where id = test_key('o2');
                 insert into approval_step (id, approval_id, number, name, mode) values (test_key('s2'), test_key('a2'), 1, 'Approval', 'one')";
    operation(&owner, asked).await.unwrap();
    let decide = |who: &str| format!("insert into approval_decision (id, approval_id, step_id, person_id, for_person_id, agreed) values (ledger.uuid_v7(), test_key('a2'), test_key('s2'), {who}, {who}, true)");
    refuses(&owner, &decide("test_person()"), "qm-may-not-decide").await;
    refuses(&owner, "update approval set status = 'approved' where id = test_key('a2')", "qm-approval-by-decisions").await;
    refuses(&owner, "update approval_step set status = 'passed' where id = test_key('s2')", "qm-approval-by-decisions").await;
    operation(&owner, &decide("test_key('approver')")).await.unwrap();
    refuses(&owner, &decide("test_key('approver')"), "qm-may-not-decide").await;
    refuses(&owner, "update purchase_order set status = 'approved' where id = test_key('o2')", "approved_by_somebody").await;
    refuses(&owner, "update purchase_order set status = 'received' where id = test_key('o2')", "qm-wrong-state").await;
    refuses(&owner, "update purchase_order_line set unit_price = 1 where id = test_key('line of servers')", "qm-order-lines-fixed").await;
    refuses(&owner, "delete from purchase_order_line", "qm-order-lines-fixed").await;
    refuses(&owner, "update purchase_order set total = 1 where id = test_key('order'); update purchase_order set net = 1 where id = test_key('order')", "qm-total-by-lines").await;
    operation(&owner, "insert into budget (id, code, team_id, fiscal_year, kind, currency, amount) values (test_key('budget'), 'B', test_team(), 2026, 'capex', 'EUR', 10)").await.unwrap();
    let entry = |amount: &str| format!("insert into budget_entry (id, budget_id, stage, reason, purchase_order_id, reserved) values (ledger.uuid_v7(), test_key('budget'), 'order', 'reserve', test_key('order'), {amount})");
    refuses(&owner, &entry("10.01"), "qm-over-budget").await;
    operation(&owner, &entry("10")).await.unwrap();
    refuses(&owner, &entry("0.01"), "qm-over-budget").await;
    refuses(&owner, "update budget set reserved = 0", "qm-budget-by-entries").await;
    refuses(&owner, "update budget set over_request = 'stop', over_invoice = 'stop', amount = 9", "budget_not_overspent").await;
}
