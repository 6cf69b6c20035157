//! The rules of invoices, credit notes and returns that the database keeps by itself: tried with SQL, as the owner and as the server's role.

use tests::TestApp;
use tests::books::{self, OPEN, attempt, operation};
use tokio_postgres::Client;

async fn refuses(client: &Client, sql: &str, constraint: &str) {
    match operation(client, sql).await {
        Ok(()) => panic!("{sql} was not refused"),
        Err(refusal) => assert_eq!(refusal.constraint, constraint, "{sql}: {refusal:?}"),
    }
}

async fn text(client: &Client, sql: &str) -> String {
    client.query_one(sql, &[]).await.unwrap_or_else(|e| panic!("{sql}: {e:?}")).get(0)
}

fn invoice(key: &str, number: &str) -> String {
    format!("insert into invoice (id, code, purchase_order_id, vendor_id, number, invoiced_on, currency, entered_by_id) values (test_key('{key}'), '{key}', test_key('order'), test_key('vendor'), '{number}', current_date, 'EUR', test_person());")
}

fn line(key: &str, quantity: &str, price: &str) -> String {
    format!("insert into invoice_line (id, invoice_id, number, kind, order_line_id, quantity, unit_price) values (test_key('{key} line'), test_key('{key}'), 1, 'order', test_key('line of cables'), {quantity}, {price});")
}

const RECEIVED: &str = "insert into receipt_line (id, receipt_id, order_line_id, quantity) values (test_key('came'), test_key('receipt'), test_key('line of cables'), 10)";

async fn books() -> (TestApp, Client) {
    let app = TestApp::start().await;
    let client = app.psql().await;
    books::company(&client).await;
    operation(&client, RECEIVED).await.unwrap();
    (app, client)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_approved_by_its_match_alone_whoever_writes() {
    let (app, owner) = books().await;
    refuses(&owner, &invoice("empty", "E"), "qm-invoice-empty").await;
    operation(&owner, &(invoice("one", "1") + &line("one", "11", "5"))).await.unwrap();
    assert_eq!(text(&owner, "select status from invoice").await, "held");
    for client in [&owner, &app.psql_as_server().await] {
        for (change, constraint) in [
            ("update invoice set status = 'approved', approved_at = now()", "qm-approved-by-match"), ("update invoice set approved_at = now()", "qm-approved-by-match"), ("update invoice set status = 'paid', paid_on = current_date", "qm-wrong-state"),
            ("update invoice set status = 'entered'", "qm-wrong-state"), ("delete from match_difference", "qm-differences-by-match"), ("update match_difference set excess = 0", "qm-differences-by-match"),
            ("update match_difference set release_id = test_key('x'), released_excess = 9", "qm-differences-by-match"), ("update invoice set net = 1", "qm-invoice-fixed"), ("update invoice set number = '2'", "qm-invoice-fixed"),
            ("update invoice set purchase_order_id = test_key('x')", "qm-invoice-fixed"), ("delete from invoice", "qm-no-delete"), ("update invoice_line set quantity = 1", "qm-ledger-append-only"), ("delete from invoice_line", "qm-ledger-append-only"),
        ] {
            let refusal = operation(client, change).await.expect_err(change);
            assert_eq!(refusal.constraint, constraint, "{change}: {refusal:?}");
        }
    }
    // A line cannot be added to make it something else, nor an invoice be born approved.
    refuses(&owner, "insert into invoice_line (id, invoice_id, number, kind, description, quantity, unit_price) values (ledger.uuid_v7(), test_key('one'), 2, 'freight', 'f', 1, 1)", "qm-invoice-fixed").await;
    refuses(&owner, &invoice("two", "2").replace("entered_by_id) values (", "entered_by_id, status, approved_at) values (").replace("test_person());", "test_person(), 'approved', now());"), "qm-wrong-state").await;
    let refusal = attempt(&owner, "update invoice set notes = 'x'").await.expect_err("without an event");
    assert_eq!(refusal.constraint, "qm-no-event");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_release_is_of_an_approver_who_did_not_enter_it() {
    let (_app, owner) = books().await;
    operation(&owner, &(invoice("one", "1") + &line("one", "11", "5"))).await.unwrap();
    let release = |who: &str, reason: &str| format!("insert into invoice_release (id, invoice_id, person_id, reason) values (ledger.uuid_v7(), test_key('one'), {who}, '{reason}')");
    refuses(&owner, &release("test_person()", "I entered it"), "qm-may-not-release").await;
    operation(&owner, "insert into person (id, name) values (test_key('passer-by'), 'Passer-by')").await.unwrap();
    refuses(&owner, &release("test_key('passer-by')", "I was there"), "qm-may-not-release").await;
    refuses(&owner, &release("test_key('approver')", " "), "invoice_release_reason_check").await;
    operation(&owner, &release("test_key('approver')", "The eleventh is a gift that they charge for")).await.unwrap();
    assert_eq!(text(&owner, "select status from invoice").await, "approved");
    refuses(&owner, &release("test_key('approver')", "again"), "qm-may-not-release").await;
    refuses(&owner, "update invoice_release set reason = 'other'", "qm-ledger-append-only").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_is_of_its_order_and_vendor_once_and_its_amounts_are_its_lines() {
    let (_app, owner) = books().await;
    operation(&owner, &(invoice("one", "RE 1-a") + &line("one", "2", "5"))).await.unwrap();
    refuses(&owner, &(invoice("two", "re1A") + &line("two", "2", "5")), "invoice_number_once").await;
    refuses(&owner, &(invoice("two", "2") + &line("two", "1.5", "5")), "qm-whole-pieces").await;
    refuses(&owner, &(invoice("two", "2") + &line("two", "2", "5").replace("unit_price)", "unit_price, net)").replace("2, 5)", "2, 5, 10.02)")), "qm-line-amount").await;
    refuses(&owner, &(invoice("two", "2") + &line("two", "2", "5") + "insert into invoice_line (id, invoice_id, number, kind, order_line_id, quantity, unit_price) values (ledger.uuid_v7(), test_key('two'), 2, 'order', test_key('line of cables'), 1, 5)"), "qm-invoice-fixed").await;
    operation(&owner, "insert into purchase_order (id, code, vendor_id, team_id, deliver_to_id, requester_id, currency) values (test_key('o2'), 'PO-2026-90002', test_key('vendor'), test_team(), test_key('warehouse'), test_person(), 'EUR');
                       insert into purchase_order_line (id, purchase_order_id, number, model_id, unit, quantity, unit_price) values (test_key('l2'), test_key('o2'), 1, test_key('cable'), 'pcs', 4, 1)").await.unwrap();
    refuses(&owner, &(invoice("two", "2") + &line("two", "1", "5").replace("line of cables", "l2")), "qm-invoice-of-its-order").await;
    refuses(&owner, &(invoice("two", "2").replace("test_key('order')", "test_key('o2')") + &line("two", "1", "5")), "qm-not-ordered").await;
    refuses(&owner, "update purchase_order set status = 'cancelled' where id = test_key('order')", "qm-invoiced-already").await;
    assert_eq!(text(&owner, "select string_agg(format('%s %s %s', net, tax, total), ', ') from invoice").await, "10.0000 0.0000 10.0000");
    // Another vendor than the order's is put right, not believed.
    operation(&owner, "insert into vendor (id, code, name, currency) values (test_key('other vendor'), 'OTH', 'Other', 'EUR')").await.unwrap();
    operation(&owner, &(invoice("three", "3").replace("test_key('vendor')", "test_key('other vendor')") + &line("three", "1", "5"))).await.unwrap();
    assert_eq!(text(&owner, "select string_agg(distinct v.code, ', ') from invoice i join vendor v on v.id = i.vendor_id").await, "VND");
}

#[tokio::test(flavor = "multi_thread")]
async fn credit_notes_and_returns_stay_within_what_was_charged_and_received() {
    let (_app, owner) = books().await;
    operation(&owner, &(invoice("one", "1") + &line("one", "4", "5"))).await.unwrap();
    let credit = |key: &str, quantity: &str, net: &str| format!("insert into credit_note (id, code, invoice_id, vendor_id, number, credited_on, reason, entered_by_id) values (test_key('{key}'), '{key}', test_key('one'), test_key('vendor'), '{key}', current_date, 'r', test_person());
        insert into credit_note_line (id, credit_note_id, number, invoice_line_id, quantity, net) values (ledger.uuid_v7(), test_key('{key}'), 1, test_key('one line'), {quantity}, {net})");
    refuses(&owner, &credit("a", "5", "null"), "qm-over-credit").await;
    refuses(&owner, &credit("a", "1", "20.01"), "qm-over-credit").await;
    refuses(&owner, &credit("a", "0.5", "1"), "qm-whole-pieces").await;
    refuses(&owner, credit("a", "1", "1").split(';').next().unwrap(), "qm-invoice-empty").await;
    operation(&owner, &credit("a", "3", "null")).await.unwrap();
    refuses(&owner, &credit("b", "2", "null"), "qm-over-credit").await;
    refuses(&owner, &credit("A ", "1", "null").replace("'A '", "'A'"), "credit_note_number_once").await;
    refuses(&owner, "update credit_note set net = 0", "qm-credit-fixed").await;
    refuses(&owner, "update credit_note_line set net = 0", "qm-ledger-append-only").await;
    refuses(&owner, "update invoice set status = 'cancelled'", "qm-credited-already").await;

    let back = |key: &str, expects: &str, quantity: &str| format!("insert into vendor_return (id, code, purchase_order_id, rma_number, reason, expects, returned_by_id) values (test_key('{key}'), '{key}', test_key('order'), 'RMA', 'broken', '{expects}', test_person());
        insert into vendor_return_line (id, vendor_return_id, receipt_line_id, order_line_id, quantity) values (ledger.uuid_v7(), test_key('{key}'), test_key('came'), test_key('line of servers'), {quantity})");
    // The order is of status ordered as long as its operation did not say that something came.
    refuses(&owner, &back("r", "credit", "1"), "qm-nothing-to-return").await;
    operation(&owner, "update purchase_order set status = 'partly_received' where id = test_key('order')").await.unwrap();
    refuses(&owner, &back("r", "credit", "11"), "qm-over-return").await;
    refuses(&owner, &back("r", "credit", "0.5"), "qm-whole-pieces").await;
    operation(&owner, &back("r", "replacement", "2")).await.unwrap();
    assert_eq!(text(&owner, "select format('%s %s', l.number, trim_scale(l.received)) from vendor_return_line x join purchase_order_line l on l.id = x.order_line_id").await, "2 8", "the receipt says which line it is");
    refuses(&owner, &back("s", "credit", "9"), "qm-over-return").await;
    refuses(&owner, "update vendor_return set status = 'replaced'", "qm-return-settled-by").await;
    refuses(&owner, "update vendor_return set expects = 'credit'", "qm-return-fixed").await;
    refuses(&owner, "delete from vendor_return", "qm-no-delete").await;
    refuses(&owner, "insert into receipt_line (id, receipt_id, order_line_id, quantity, reverses_id) values (ledger.uuid_v7(), test_key('receipt'), test_key('line of cables'), -10, test_key('came'))", "qm-returned-already").await;
    refuses(&owner, "update asset set status = 'returned' where id = test_key('server 1')", "returned_is_with_vendor").await;
    let refusal = attempt(&owner, &format!("{OPEN}; update vendor_return set status = 'cancelled'; update vendor_return set status = 'sent'")).await.expect_err("sent again");
    assert_eq!(refusal.constraint, "qm-wrong-state");
    owner.batch_execute("rollback").await.unwrap();
    operation(&owner, "update vendor_return set status = 'cancelled'").await.unwrap();
    assert_eq!(text(&owner, "select trim_scale(received)::text from purchase_order_line where id = test_key('line of cables')").await, "10");
}
