//! Vendors: codes of their own, likely duplicates told on entry, contacts, addresses and lead times, and a scorecard out of the books.

use tests::books::operation;
use tests::{Client, Role, TestApp, Value, action, json, race_of};

async fn make(client: &Client, what: Value) -> tests::Response {
    let mut body = json!({"currency": "EUR"});
    for (field, value) in what.as_object().unwrap() {
        body[field] = value.clone();
    }
    client.post("/vendors", body).await
}

#[tokio::test(flavor = "multi_thread")]
async fn codes_made_from_names_that_begin_alike_are_of_their_own() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let mut codes = Vec::new();
    for name in ["International Business Supplies Aarhus", "International Business Supplies Berlin", "International Business Supplies Cork"] {
        codes.push(make(&buyer, json!({"name": name, "confirm_duplicate": true})).await.assert_ok()["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(codes, ["INTERNATIONAL-BUSINE", "INTERNATIONAL-BUSINE-2", "INTERNATIONAL-BUSINE-3"]);
    // A code that somebody chose is taken as it is, or refused.
    make(&buyer, json!({"name": "Something else", "code": "international-busine"})).await.assert_problem(409, "code-taken");
    make(&buyer, json!({"name": "Ⅶ 株式会社"})).await.assert_ok();
    // Many at once: none is refused, and no two are alike.
    let answers = race_of(64, |n| {
        let buyer = buyer.clone();
        async move { make(&buyer, json!({"name": format!("Racing Parts Depot {n}"), "confirm_duplicate": true})).await }
    }).await;
    let outcomes: Vec<String> = answers.iter().map(|a| a.assert_ok()["code"].as_str().unwrap().to_owned()).collect();
    let alike: std::collections::BTreeSet<_> = outcomes.iter().collect();
    assert_eq!(alike.len(), 64, "{outcomes:?}");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_likely_duplicate_is_told_with_what_is_the_same_and_can_be_confirmed() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    make(&buyer, json!({"name": "Müller & Söhne GmbH", "tax_id": "DE 123.456.789", "email": "orders@mueller-soehne.example"})).await.assert_ok();
    let books = app.books().await;
    for (described, why) in [
        (json!({"name": "Mueller Trading", "tax_id": "de123456789"}), "the same tax id"),
        (json!({"name": "MULLER SOHNE GMBH & Co. KG"}), "the same name but for its form"),
        (json!({"name": "Müller und Söhne"}), "the same name but for its form"),
        (json!({"name": "Muller & Sohnes"}), "a similar name"),
        (json!({"name": "Quite another", "email": "sales@Mueller-Soehne.example"}), "the same e-mail domain"),
    ] {
        let refusal = make(&buyer, described.clone()).await.assert_problem(409, "likely-duplicate");
        assert_eq!(refusal["candidates"][0]["name"], "Müller & Söhne GmbH", "{described}");
        assert!(refusal["candidates"][0]["why"].as_str().unwrap().contains(why), "{described}: {refusal}");
    }
    assert_eq!(books, app.books().await, "a warning changed something");
    // Addresses that anybody can have say nothing.
    make(&buyer, json!({"name": "One person", "email": "one@gmail.com"})).await.assert_ok();
    make(&buyer, json!({"name": "Somebody unlike", "email": "two@gmail.com"})).await.assert_ok();
    // The very same name is refused whatever is confirmed.
    make(&buyer, json!({"name": "müller & söhne gmbh", "confirm_duplicate": true})).await.assert_problem(409, "vendor-exists");
    let told = buyer.get("/vendor-duplicates?name=Muller%20Sohne").await.assert_ok();
    assert_eq!(told["items"][0]["code"], "M-LLER-S");
    let second = make(&buyer, json!({"name": "Muller Sohne Nederland BV", "tax_id": "DE123456789", "confirm_duplicate": true})).await.assert_ok();
    // An edit is asked the same; what has not changed is not.
    let code = second["code"].as_str().unwrap();
    let path = format!("/vendors/{code}");
    buyer.patch(&path, buyer.get(&path).await.etag(), json!({"phone": "+31 1"})).await.assert_ok();
    buyer.patch(&path, buyer.get(&path).await.etag(), json!({"email": "nl@mueller-soehne.example"})).await.assert_problem(409, "likely-duplicate");
    buyer.patch(&path, buyer.get(&path).await.etag(), json!({"email": "nl@mueller-soehne.example", "confirm_duplicate": true})).await.assert_ok();
    // A domain of a contact counts too.
    buyer.post("/vendors/VND/contacts", json!({"name": "Somebody", "email": "x@quiet.example"})).await.assert_ok();
    make(&buyer, json!({"name": "Loud", "email": "y@quiet.example"})).await.assert_problem(409, "likely-duplicate");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_and_addresses_are_added_edited_and_retired_and_the_past_keeps_them() {
    let app = TestApp::with_company().await;
    let (buyer, auditor) = (app.as_role(Role::Procurement).await, app.as_role(Role::Auditor).await);
    let vendor = buyer.post("/vendors/VND/contacts", json!({"name": " Kim Sample ", "role": "Sales", "email": "kim@vendor.example", "phone": "+49 30 1"})).await.assert_ok();
    let contact = vendor["contacts"][0].clone();
    assert_eq!((&contact["name"], &contact["role"]), (&json!("Kim Sample"), &json!("Sales")));
    buyer.post("/vendors/VND/contacts", json!({"name": "Kim again", "email": "KIM@vendor.example"})).await.assert_problem(409, "contact-exists");
    for (wrong, field) in [(json!({"name": ""}), "name"), (json!({"name": "A", "email": "no address"}), "email"), (json!({"name": "A", "email": "a@b@c"}), "email"), (json!({"name": "A", "age": 3}), "age")] {
        let refusal = buyer.post("/vendors/VND/contacts", wrong).await.problem();
        assert_eq!(refusal["status"], 422, "{refusal}");
        assert!(refusal.to_string().contains(field), "{refusal}");
    }
    let path = format!("/vendor-contacts/{}", contact["id"].as_str().unwrap());
    let version = format!("\"{}\"", contact["version"].as_str().unwrap());
    let edited = buyer.patch(&path, &version, json!({"role": "Accounts", "phone": ""})).await.assert_ok();
    assert_eq!((&edited["contacts"][0]["role"], &edited["contacts"][0]["phone"], &edited["contacts"][0]["email"]), (&json!("Accounts"), &Value::Null, &json!("kim@vendor.example")));
    buyer.patch(&path, &version, json!({"role": "Late"})).await.assert_problem(412, "changed-meanwhile");
    auditor.post(&format!("{path}/retire"), json!({})).await.assert_problem(403, "not-allowed");

    let then = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    buyer.post(&format!("{path}/retire"), json!({"reason": "Left"})).await.assert_ok();
    buyer.post(&format!("{path}/retire"), json!({})).await.assert_problem(409, "contact-retired");
    assert!(buyer.get("/vendors/VND").await.assert_ok()["contacts"][0]["retired_at"].is_string());
    assert!(auditor.get(&format!("/vendors/VND?as_of={then}")).await.assert_ok()["contacts"][0]["retired_at"].is_null());
    assert_eq!(auditor.get("/vendor-contacts?retired_at=null:").await.assert_ok()["items"], json!([]));
    // Their address is free again.
    buyer.post("/vendors/VND/contacts", json!({"name": "Kim's successor", "email": "kim@vendor.example"})).await.assert_ok();

    let vendor = buyer.post("/vendors/VND/addresses", json!({"kind": "returns", "street": "Dock 4\nHarbour Road 1", "postal_code": "20457", "city": "Hamburg", "country": "de"})).await.assert_ok();
    assert_eq!((&vendor["addresses"][0]["country"], &vendor["addresses"][0]["street"]), (&json!("DE"), &json!("Dock 4\nHarbour Road 1")));
    for wrong in [json!({"kind": "moon", "street": "x", "city": "y", "country": "DE"}), json!({"kind": "other", "street": " ", "city": "y", "country": "DE"}), json!({"kind": "other", "street": "x", "city": "", "country": "DE"}), json!({"kind": "other", "street": "x", "city": "y", "country": "Germany"})] {
        buyer.post("/vendors/VND/addresses", wrong).await.assert_problem(422, "invalid-field");
    }
    let address = &vendor["addresses"][0];
    let path = format!("/vendor-addresses/{}", address["id"].as_str().unwrap());
    buyer.patch(&path, &format!("\"{}\"", address["version"].as_str().unwrap()), json!({"city": "Bremen"})).await.assert_ok();
    buyer.post(&format!("{path}/retire"), json!({})).await.assert_ok();
    buyer.post(&format!("{path}/retire"), json!({})).await.assert_problem(409, "address-retired");
    assert_eq!(auditor.get("/vendor-addresses?format=csv&fields=vendor,city,country").await.text().lines().nth(1), Some("Vendor,Bremen,DE"));

    let vendor = buyer.post("/vendors/VND/lead-times", json!({"model": "maker-server", "days": 42})).await.assert_ok();
    assert_eq!(vendor["lead_times"], json!([{"model": "maker-server", "name": "Server", "days": 42}]));
    buyer.post("/vendors/VND/lead-times", json!({"model": "maker-server", "days": 1001})).await.assert_problem(422, "invalid-field");
    assert_eq!(buyer.post("/vendors/VND/lead-times", json!({"model": "maker-server"})).await.assert_ok()["lead_times"], json!([]));
    let story = auditor.get("/vendors/VND/story").await.assert_ok();
    assert_eq!(story["items"][0]["sentence"], "The usual lead time holds for maker-server again");
    assert!(!story.to_string().contains("Kim"), "a contact's name is in the events, where it cannot be erased: {story}");
    assert!(action(&auditor.get("/vendors/VND").await.assert_ok(), "add_contact")["reason"].as_str().unwrap().contains("procurement"));
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_contacts_addresses_and_lead_times_right() {
    let app = TestApp::with_company().await;
    let owner = app.psql().await;
    let contact = |fields: &str| format!("insert into vendor_contact (id, vendor_id, name, email) values (ledger.uuid_v7(), test_key('vendor'), {fields})");
    let address = |fields: &str| format!("insert into vendor_address (id, vendor_id, kind, street, city, country) values (ledger.uuid_v7(), test_key('vendor'), {fields})");
    operation(&owner, &contact("'A', 'a@b.example'")).await.unwrap();
    for (sql, rule) in [
        (contact("' ', null"), "contact_name"), (contact("'B', 'no address'"), "contact_email"), (contact("'B', 'A@B.example'"), "vendor_contact_email"),
        ("delete from vendor_contact".to_owned(), "qm-no-delete"),
        (address("'moon', 'x', 'y', 'DE'"), "address_kind"), (address("'other', '', 'y', 'DE'"), "address_street"), (address("'other', 'x', ' ', 'DE'"), "address_city"), (address("'other', 'x', 'y', 'de'"), "address_country"),
        ("insert into vendor_lead_time (id, vendor_id, model_id, days) values (ledger.uuid_v7(), test_key('vendor'), test_key('server'), -1)".to_owned(), "lead_time_days"),
        ("insert into vendor_lead_time (id, vendor_id, model_id, days) select ledger.uuid_v7(), test_key('vendor'), test_key('server'), n from generate_series(1, 2) n".to_owned(), "vendor_lead_time_once"),
    ] {
        let refusal = operation(&owner, &sql).await.expect_err(&sql);
        assert_eq!(refusal.constraint, rule, "{sql}: {refusal:?}");
    }
    // Whom a contact is can be erased: it is in no digest, and not in the events.
    let personal: String = owner.query_one("select string_agg(array_to_string(personal, ','), ';' order by table_name) from ledger.tracked where table_name in ('vendor_contact', 'vendor_address')", &[]).await.unwrap().get(0);
    assert_eq!(personal, "street,notes;name,email,phone,notes");
}

/// A day so many days ago.
fn day(ago: i64) -> String {
    (chrono::Utc::now().date_naive() - chrono::Duration::days(ago)).to_string()
}

fn figure(card: &Value, name: &str) -> (Value, Value) {
    let figure = card["figures"].as_array().unwrap().iter().find(|f| f["name"] == name).unwrap_or_else(|| panic!("no {name} in {card}"));
    (figure["value"].clone(), figure["of"].clone())
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_dock_reports_counts_against_the_vendor() {
    let app = TestApp::with_company().await;
    let (buyer, warehouse) = (app.as_role(Role::Procurement).await, app.as_role(Role::Warehouse).await);
    let order = app.order().line("maker-server", 4, "1000").line("maker-server", 1, "900").line("maker-cable", 10, "5").line("maker-cable", 5, "5").ordered().await["code"].as_str().unwrap().to_owned();
    let receive = async |what: Value| warehouse.post(&format!("/purchase-orders/{order}/receive"), what).await.assert_ok();
    receive(json!({"line": "1", "serials": ["Q1", "Q2", "Q3"]})).await;
    receive(json!({"line": "2", "serials": ["Q5"]})).await;
    receive(json!({"line": "3", "quantity": 10})).await;
    receive(json!({"line": "4", "quantity": 5})).await;
    let card = async |query: &str| buyer.get(&format!("/vendors/VND/scorecard?{query}")).await.assert_ok();
    let figures = |card: &Value| ["quantity_accuracy", "dead_on_arrival"].map(|name| { let (value, of) = figure(card, name); format!("{} of {of}", value.as_str().unwrap_or("none")) }).join(", ");
    assert_eq!(figures(&card("").await), "100 of 3, 0 of 4");
    let then = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);

    // The fourth server is refused at the door, and comes damaged the second time; of the cables one box holds something else.
    let report = async |kind: &str, line: &str, quantity: i64, found: &str| warehouse.post("/discrepancies", json!({"purchase_order": order, "kind": kind, "line": line, "quantity": quantity, "found": found, "note": "As it came"})).await.assert_ok();
    report("refused", "1", 1, "").await;
    assert_eq!(figures(&card("").await), "100 of 3, 20 of 5", "line 1 is not finished yet; one of five was turned away");
    let damaged = receive(json!({"line": "1", "serials": ["Q4"], "condition": "damaged", "note": "The lid is bent"})).await;
    assert_eq!(figures(&card("").await), "75 of 4, 33.3 of 6", "line 1 is finished and was not delivered as ordered; two of six were of no use");
    report("wrong_item", "3", 2, "A box of ties").await;
    assert_eq!(figures(&card("").await), "50 of 4, 33.3 of 6", "a wrong thing is not dead, and not what was ordered");
    // What is refused of counted goods is no asset.
    report("refused", "4", 1, "").await;
    assert_eq!(figures(&card("").await), "25 of 4, 33.3 of 6");
    assert_eq!(buyer.get("/vendor-scores?fields=code,quantity_accuracy,finished,dead_on_arrival,arrived").await.assert_ok()["items"][0], json!({"code": "VND", "quantity_accuracy": "25.0", "finished": 4, "dead_on_arrival": "33.3", "arrived": 6}));
    assert_eq!(figures(&card(&format!("as_of={then}")).await), "100 of 3, 0 of 4", "as it was then");
    assert_eq!(figures(&card(&format!("from={}&to={}", day(20), day(2))).await), "none of 0, none of 0");

    // Put down as damaged by mistake and undone: the report goes with its receipt.
    let entry = damaged["receipt_line"].as_str().unwrap().to_owned();
    warehouse.post(&format!("/receipt-lines/{entry}/undo"), json!({"reason": "Another's"})).await.assert_ok();
    receive(json!({"line": "1", "serials": ["Q4"]})).await;
    assert_eq!(figures(&card("").await), "25 of 4, 16.7 of 6", "what was refused stays");
    app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_scorecard_is_worked_out_of_orders_receipts_and_assets() {
    let app = TestApp::with_company().await;
    let (buyer, warehouse, technician) = (app.as_role(Role::Procurement).await, app.as_role(Role::Warehouse).await, app.as_role(Role::Technician).await);
    assert_eq!(figure(&buyer.get("/vendors/VND/scorecard").await.assert_ok(), "on_time"), (Value::Null, json!(0)));

    let order = app.order().line("maker-server", 3, "1000").line("maker-cable", 10, "5").with("needed_by", json!(day(0))).ordered().await["code"].as_str().unwrap().to_owned();
    let late = app.order().line("maker-cable", 4, "6").ordered().await["code"].as_str().unwrap().to_owned();
    // Ordered thirty days ago; the second was due yesterday and comes today.
    let psql = app.psql().await;
    operation(&psql, &format!("update purchase_order set ordered_at = now() - interval '30 days' where code in ('{order}', '{late}'); update purchase_order set needed_by = current_date - 1 where code = '{late}'")).await.unwrap();
    let before = buyer.get("/vendors/VND/scorecard").await.assert_ok();
    assert_eq!(figure(&before, "on_time"), (json!("0"), json!(3)), "three lines are due, none has come");
    assert_eq!(figure(&before, "quantity_accuracy"), (Value::Null, json!(0)), "none is finished");
    let then = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);

    let received = warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "1", "serials": ["D1", "D2", "D3"]})).await.assert_ok();
    warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": "2", "quantity": 7})).await.assert_ok();
    warehouse.post(&format!("/purchase-orders/{late}/receive"), json!({"line": "1", "quantity": 4})).await.assert_ok();
    let tags: Vec<String> = received["assets"].as_array().unwrap().iter().map(|a| a["code"].as_str().unwrap().to_owned()).collect();
    warehouse.post(&format!("/assets/{}/transitions/repair", tags[0]), json!({"reason": "Does not start"})).await.assert_ok();
    warehouse.post("/returns", json!({"order": order, "rma_number": "RMA-1", "reason": "Dead on arrival", "expects": "credit", "assets": [tags[2]]})).await.assert_ok();
    // One that fails after it has served was not dead on arrival.
    technician.post(&format!("/assets/{}/transitions/make_ready", tags[1]), json!({})).await.assert_ok();
    technician.post(&format!("/assets/{}/transitions/deploy", tags[1]), json!({})).await.assert_ok();
    technician.post(&format!("/assets/{}/transitions/repair", tags[1]), json!({"reason": "Worn"})).await.assert_ok();

    let card = buyer.get("/vendors/VND/scorecard").await.assert_ok();
    assert_eq!(figure(&card, "on_time"), (json!("33.3"), json!(3)), "the servers came on the day, seven of ten cables and the late order did not");
    assert_eq!(figure(&card, "quantity_accuracy"), (json!("100"), json!(2)), "a line that waits for its rest is not judged");
    assert_eq!(figure(&card, "dead_on_arrival"), (json!("66.7"), json!(3)), "one did not start, one went back");
    assert_eq!(figure(&card, "lead_time"), (json!("30.0"), json!(2)));
    let cable = card["prices"].as_array().unwrap().iter().find(|p| p["model"] == "maker-cable").unwrap();
    assert_eq!((&cable["points"].as_array().unwrap().len(), &cable["points"][0]["unit_price"]), (&1, &json!("5.2857")), "ten at 5 and four at 6 on one day");
    assert_eq!(card["figures"][0]["months"].as_array().unwrap().iter().map(|m| m["of"].as_i64().unwrap()).sum::<i64>(), 3);

    // Closed with three cables missing, the line is finished, and not exact.
    buyer.post(&format!("/purchase-orders/{order}/close_short"), json!({"reason": "No more to come"})).await.assert_ok();
    assert_eq!(figure(&buyer.get("/vendors/VND/scorecard").await.assert_ok(), "quantity_accuracy"), (json!("66.7"), json!(3)));
    assert_eq!(figure(&buyer.get("/vendors/VND/scorecard").await.assert_ok(), "on_time"), (json!("33.3"), json!(3)), "what was given up did not come on time");

    // As of a moment it is what it was; a period holds only what falls into it.
    assert_eq!(buyer.get(&format!("/vendors/VND/scorecard?as_of={then}")).await.assert_ok()["figures"], before["figures"]);
    let past = buyer.get(&format!("/vendors/VND/scorecard?from={}&to={}", day(20), day(2))).await.assert_ok();
    assert!(past["figures"].as_array().unwrap().iter().all(|f| f["of"] == 0) && past["prices"] == json!([]), "{past}");
    buyer.get(&format!("/vendors/VND/scorecard?from={}&to={}", day(2), day(20))).await.assert_problem(422, "invalid-field");
    buyer.get("/vendors/VND/scorecard?from=1990-01-01").await.assert_problem(422, "invalid-field");
    buyer.get("/vendors/NOBODY/scorecard").await.assert_problem(404, "not-found");
    let list = buyer.get("/vendor-scores").await.assert_ok();
    assert_eq!((&list["items"][0]["on_time"], &list["items"][0]["due"], &list["items"][0]["dead_on_arrival"]), (&json!("33.3"), &json!(3), &json!("66.7")));
    assert_eq!(buyer.get("/vendor-scores?format=csv&fields=code,on_time").await.text().lines().nth(1), Some("VND,33.3"));
}
