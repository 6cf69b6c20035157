//! Contracts: what was signed stays, each is renewed once by one that follows it, its prices are suggested while it is in force, and its days are known.

use tests::books::operation;
use tests::{Client, Response, Role, TestApp, Value, action, assert_won, json, race_of};

/// So many days from today.
fn day(days: i64) -> String {
    (chrono::Utc::now().date_naive() + chrono::Duration::days(days)).to_string()
}

struct Desk {
    app: TestApp,
    buyer: Client,
}

impl Desk {
    async fn open() -> Self {
        let app = TestApp::with_company().await;
        let buyer = app.as_role(Role::Procurement).await;
        Self { app, buyer }
    }

    async fn enter(&self, what: Value) -> Response {
        let mut body = json!({"kind": "framework", "title": "Servers", "vendor": "VND", "team": self.app.top_team().await, "starts_on": day(-10), "ends_on": day(300)});
        for (field, value) in what.as_object().unwrap() {
            body[field] = value.clone();
        }
        self.buyer.post("/contracts", body).await
    }

    async fn signed(&self, what: Value) -> String {
        let code = self.enter(what).await.assert_ok()["code"].as_str().unwrap().to_owned();
        self.step(&code, "activate", json!({})).await.assert_ok();
        code
    }

    async fn step(&self, code: &str, step: &str, body: Value) -> Response {
        self.buyer.post(&format!("/contracts/{code}/{step}"), body).await
    }

    async fn read(&self, code: &str) -> Value {
        self.buyer.get(&format!("/contracts/{code}")).await.assert_ok()
    }

    async fn edit(&self, code: &str, body: Value) -> Response {
        let path = format!("/contracts/{code}");
        self.buyer.patch(&path, self.buyer.get(&path).await.etag(), body).await
    }

    async fn prices(&self, query: &str) -> Value {
        self.buyer.get(&format!("/models/maker-server/prices?{query}")).await.assert_ok()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_goes_from_draft_to_its_end_and_each_step_is_in_its_story() {
    let desk = Desk::open().await;
    let draft = desk.enter(json!({"value": "12000", "notice_days": 90, "renewal_months": 12, "vendor_reference": "F-7"})).await;
    draft.assert_status(201);
    let draft = draft.assert_ok();
    let code = draft["code"].as_str().unwrap().to_owned();
    assert_eq!((&draft["status"], &draft["currency"], &draft["renewal"], &draft["notice_by"], &draft["remind_days"]), (&json!("draft"), &json!("EUR"), &json!("automatic"), &json!(day(210)), &json!(60)));
    desk.step(&code, "give_notice", json!({})).await.assert_problem(409, "wrong-state");
    desk.edit(&code, json!({"value": "13000", "ends_on": day(400)})).await.assert_ok();
    let signed = desk.step(&code, "activate", json!({})).await.assert_ok();
    assert_eq!((&signed["status"], &signed["ends_on"], &signed["value"]), (&json!("active"), &json!(day(400)), &json!("13000.0000")));
    // What was signed stays; the reminder is ours.
    for terms in [json!({"value": "1"}), json!({"ends_on": day(500)}), json!({"notice_days": 1}), json!({"renewal_months": 0}), json!({"starts_on": day(-20)})] {
        desk.edit(&code, terms).await.assert_problem(409, "contract-terms");
    }
    assert_eq!(desk.edit(&code, json!({"remind_days": 120, "title": "Servers and spares"})).await.assert_ok()["remind_days"], 120);
    desk.step(&code, "give_notice", json!({"on": day(1)})).await.assert_problem(422, "invalid-field");
    let noticed = desk.step(&code, "give_notice", json!({"on": day(-1), "reason": "Too dear"})).await.assert_ok();
    assert_eq!((&noticed["status"], &noticed["notice_given_on"]), (&json!("notice_given"), &json!(day(-1))));
    let back = desk.step(&code, "withdraw_notice", json!({"reason": "A better offer"})).await.assert_ok();
    assert_eq!((&back["status"], &back["notice_given_on"]), (&json!("active"), &Value::Null));
    let ended = desk.step(&code, "end", json!({"reason": "By agreement"})).await.assert_ok();
    assert_eq!((&ended["status"], &ended["ended_on"]), (&json!("ended"), &json!(day(0))));
    assert_eq!(action(&ended, "edit")["allowed"], false);
    desk.step(&code, "activate", json!({})).await.assert_problem(409, "wrong-state");
    let story = desk.buyer.get(&format!("/contracts/{code}/story")).await.assert_ok();
    let told: Vec<&str> = story["items"].as_array().unwrap().iter().map(|e| e["action"].as_str().unwrap()).collect();
    assert_eq!(told, ["contract.end", "contract.withdraw_notice", "contract.give_notice", "contract.edit", "contract.activate", "contract.edit", "contract.create"]);
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_a_contract_is_refused_by_field_and_whoever_may_not_is_refused() {
    let desk = Desk::open().await;
    let below = desk.app.as_role_on(Role::Procurement, "A-2").await;
    let books = desk.app.books().await;
    for (wrong, field) in [
        (json!({"kind": "marriage"}), "kind"), (json!({"title": " "}), "title"), (json!({"vendor": "NOBODY"}), "vendor"), (json!({"team": "Z-9"}), "team"), (json!({"ends_on": day(-11)}), "ends_on"),
        (json!({"notice_days": -1}), "notice_days"), (json!({"renewal_months": 500}), "renewal_months"), (json!({"ends_on": null, "renewal_months": 12}), "ends_on"), (json!({"remind_days": 2000}), "remind_days"),
        (json!({"value": "-1"}), "value"), (json!({"currency": "euro"}), "currency"), (json!({"starts_on": "0001-01-01"}), "starts_on"), (json!({"ends_on": "9999-12-31"}), "ends_on"),
    ] {
        let refusal = desk.enter(wrong.clone()).await.assert_problem(422, "invalid-field");
        assert_eq!(refusal["errors"][0]["field"], field, "{wrong}: {refusal}");
    }
    let body = json!({"kind": "nda", "title": "NDA", "vendor": "VND", "team": desk.app.top_team().await, "starts_on": day(0)});
    below.post("/contracts", &body).await.assert_problem(403, "not-allowed");
    assert_eq!(books, desk.app.books().await, "a refusal changed something");
    let endless = desk.enter(json!({"kind": "nda", "ends_on": null})).await.assert_ok();
    assert_eq!((&endless["ends_on"], &endless["term_ends_on"], &endless["notice_by"]), (&Value::Null, &Value::Null, &Value::Null));
    let code = endless["code"].as_str().unwrap();
    below.post(&format!("/contracts/{code}/activate"), json!({})).await.assert_problem(403, "not-allowed");
    below.post(&format!("/contracts/{code}/covers"), json!({"vendor": "VND"})).await.assert_problem(403, "not-allowed");
    assert_eq!(action(&below.get(&format!("/contracts/{code}")).await.assert_ok(), "activate")["allowed"], false);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contract_covers_things_once_each_and_what_an_ended_one_covered_stays() {
    let desk = Desk::open().await;
    let code = desk.signed(json!({"kind": "maintenance"})).await;
    let tag = desk.app.tag("SER1").await;
    for thing in [json!({"asset": tag, "note": "on site"}), json!({"model": "maker-server"}), json!({"entitlement": "ENT-90001"}), json!({"vendor": "VND"})] {
        desk.step(&code, "covers", thing.clone()).await.assert_ok();
        desk.step(&code, "covers", thing).await.assert_problem(409, "covered-already");
    }
    for wrong in [json!({}), json!({"asset": tag, "model": "maker-server"}), json!({"asset": "A-999999-9"})] {
        desk.step(&code, "covers", wrong).await.assert_problem(422, "invalid-field");
    }
    let told = desk.read(&code).await;
    let kinds: std::collections::BTreeSet<&str> = told["covers"].as_array().unwrap().iter().map(|c| c["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds.into_iter().collect::<Vec<_>>(), ["asset", "entitlement", "model", "vendor"]);
    // The asset's own story tells it too.
    let story = desk.buyer.get(&format!("/assets/{tag}/story")).await.assert_ok();
    assert_eq!(story["items"][0]["action"], "contract.cover");
    assert_eq!(desk.buyer.get(&format!("/contract-covers?asset={tag}")).await.assert_ok()["items"][0]["contract"], code);
    let cover = told["covers"].as_array().unwrap().iter().find(|c| c["kind"] == "vendor").unwrap()["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.buyer.post(&format!("/contract-covers/{cover}/remove"), json!({"reason": "A slip"})).await.assert_ok()["covers"].as_array().unwrap().len(), 3);
    desk.buyer.post(&format!("/contract-covers/{cover}/remove"), json!({})).await.assert_problem(404, "not-found");
    let left = desk.read(&code).await["covers"][0]["id"].as_str().unwrap().to_owned();
    desk.step(&code, "end", json!({})).await.assert_ok();
    desk.buyer.post(&format!("/contract-covers/{left}/remove"), json!({})).await.assert_problem(409, "contract-ended");
    desk.step(&code, "covers", json!({"vendor": "VND"})).await.assert_problem(409, "contract-ended");
    desk.step(&code, "prices", json!({"model": "maker-server", "unit_price": "1"})).await.assert_problem(409, "contract-ended");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_price_that_is_suggested_is_that_of_a_contract_in_force_for_the_quantity() {
    let desk = Desk::open().await;
    let before = desk.prices("vendor=VND").await;
    assert_eq!((&before["contract"], &before["last"]["unit_price"], &before["last"]["order"]), (&Value::Null, &json!("1000"), &json!("PO-2026-90001")));
    assert_eq!(desk.prices("").await["last_of_any"]["vendor"], "VND");

    let draft = desk.enter(json!({})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    for (price, from) in [("950", json!(1)), ("900.5", json!(10)), ("880", json!(100))] {
        desk.step(&draft, "prices", json!({"model": "maker-server", "unit_price": price, "from_quantity": from})).await.assert_ok();
    }
    for wrong in [json!({"model": "maker-server", "unit_price": "-1"}), json!({"model": "maker-server", "unit_price": "1", "from_quantity": 0}), json!({"model": "maker-server", "unit_price": "1", "from_quantity": 1.5}), json!({"model": "nothing", "unit_price": "1"})] {
        desk.step(&draft, "prices", wrong).await.assert_problem(422, "invalid-field");
    }
    assert_eq!(desk.prices("vendor=VND").await["contract"], Value::Null, "a draft agrees to nothing");
    desk.step(&draft, "activate", json!({})).await.assert_ok();
    for (quantity, price) in [("1", "950.0000"), ("9", "950.0000"), ("10", "900.5000"), ("99.5", "900.5000"), ("1000", "880.0000")] {
        let told = desk.prices(&format!("vendor=VND&quantity={quantity}")).await;
        assert_eq!((&told["contract"]["unit_price"], &told["contract"]["contract"], &told["contract"]["until"]), (&json!(price), &json!(draft), &json!(day(300))), "{quantity}");
    }
    assert_eq!(desk.prices("vendor=VND&currency=USD").await["contract"], Value::Null, "an amount in another currency is no suggestion");
    // The same again replaces; the lower of two contracts counts; one to come does not.
    desk.step(&draft, "prices", json!({"model": "maker-server", "unit_price": "940"})).await.assert_ok();
    assert_eq!(desk.prices("vendor=VND").await["contract"]["unit_price"], "940.0000");
    let dearer = desk.signed(json!({"title": "Old"})).await;
    desk.step(&dearer, "prices", json!({"model": "maker-server", "unit_price": "990"})).await.assert_ok();
    let coming = desk.signed(json!({"title": "Next", "starts_on": day(30)})).await;
    desk.step(&coming, "prices", json!({"model": "maker-server", "unit_price": "1"})).await.assert_ok();
    let over = desk.signed(json!({"title": "Over", "starts_on": day(-400), "ends_on": day(-1)})).await;
    desk.step(&over, "prices", json!({"model": "maker-server", "unit_price": "2"})).await.assert_ok();
    assert_eq!(desk.prices("vendor=VND").await["contract"]["contract"], draft);
    desk.step(&draft, "end", json!({})).await.assert_ok();
    assert_eq!(desk.prices("vendor=VND").await["contract"]["contract"], dearer);
    let price = desk.read(&dearer).await["prices"][0]["id"].as_str().unwrap().to_owned();
    desk.buyer.post(&format!("/contract-prices/{price}/remove"), json!({})).await.assert_ok();
    assert_eq!(desk.prices("vendor=VND").await["contract"], Value::Null);
    // One that has renewed itself is in force again.
    let rolling = desk.signed(json!({"title": "Rolling", "starts_on": day(-800), "ends_on": day(-400), "renewal_months": 12})).await;
    desk.step(&rolling, "prices", json!({"model": "maker-server", "unit_price": "930"})).await.assert_ok();
    assert_eq!(desk.prices("vendor=VND").await["contract"]["contract"], rolling);
    desk.buyer.post("/vendors/VND/lead-times", json!({"model": "maker-server", "days": 9})).await.assert_ok();
    assert_eq!(desk.prices("vendor=VND").await["lead_time"], json!({"days": 9, "of": "model"}));
    assert_eq!(desk.buyer.get("/contract-prices?format=csv&fields=contract,unit_price&sort=contract").await.text().lines().count(), 7);
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_renewed_contract_is_a_new_one_that_follows_and_is_made_once() {
    let desk = Desk::open().await;
    let draft = desk.enter(json!({"starts_on": "2026-01-01", "ends_on": "2026-12-31", "value": "12000"})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    desk.step(&draft, "renew", json!({})).await.assert_problem(409, "wrong-state");
    desk.step(&draft, "activate", json!({})).await.assert_ok();
    desk.step(&draft, "covers", json!({"model": "maker-cable"})).await.assert_ok();
    desk.step(&draft, "prices", json!({"model": "maker-server", "unit_price": "950"})).await.assert_ok();
    // Of 64 who renew it at once one does.
    let answers = race_of(64, |_| { let (buyer, path) = (desk.buyer.clone(), format!("/contracts/{draft}/renew")); async move { buyer.post(&path, json!({"value": "12500"})).await } }).await;
    assert_won(&answers, 1, 409, "contract-renewed");
    let next = answers.iter().find(|a| a.is_ok()).unwrap().assert_ok();
    assert_eq!((&next["status"], &next["starts_on"], &next["ends_on"], &next["value"], &next["follows"]), (&json!("draft"), &json!("2027-01-01"), &json!("2027-12-31"), &json!("12500.0000"), &json!(draft)));
    assert_eq!((&next["covers"][0]["code"], &next["prices"][0]["unit_price"]), (&json!("maker-cable"), &json!("950.0000")));
    assert_eq!(desk.read(&draft).await["followed_by"], next["code"]);
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_and_the_home_page_tell_what_ends_and_what_has_to_be_said_by_when() {
    let desk = Desk::open().await;
    let renews = desk.signed(json!({"title": "Renews", "ends_on": day(100), "notice_days": 60, "renewal_months": 12, "remind_days": 45})).await;
    let ends = desk.signed(json!({"title": "Ends; soon, really", "ends_on": day(20), "remind_days": 30})).await;
    let far = desk.signed(json!({"title": "Far", "ends_on": day(350), "remind_days": 30})).await;
    desk.enter(json!({"title": "Draft", "ends_on": day(5)})).await.assert_ok();
    let over = desk.signed(json!({"title": "Over", "starts_on": day(-90), "ends_on": day(-3), "remind_days": 5})).await;
    let calendar = desk.buyer.get("/contract-calendar").await.assert_ok();
    let told: Vec<(&str, &str, &str)> = calendar["items"].as_array().unwrap().iter().map(|d| (d["day"].as_str().unwrap(), d["what"].as_str().unwrap(), d["contract"].as_str().unwrap())).collect();
    assert_eq!(told, [(day(20).as_str(), "end", ends.as_str()), (&day(40), "notice", &renews), (&day(100), "renew", &renews), (&day(350), "end", &far)]);
    assert_eq!(desk.buyer.get(&format!("/contract-calendar?from={}&months=1", day(-10))).await.assert_ok()["items"][0]["contract"], over);
    desk.buyer.get("/contract-calendar?months=61").await.assert_problem(422, "invalid-field");

    let waiting = async || -> Vec<(String, String)> {
        let home = desk.buyer.get("/home").await.assert_ok();
        home["waiting"].as_array().unwrap().iter().filter(|w| w["kind"] == "contract").map(|w| (w["code"].as_str().unwrap().to_owned(), w["why"].as_str().unwrap().to_owned())).collect()
    };
    assert_eq!(waiting().await, [
        (over.clone(), format!("Ended on {}: renew it or end it", day(-3))), (ends.clone(), format!("Ends on {}: renew it or end it", day(20))),
        (renews.clone(), format!("Notice can be given until {}; else it renews itself", day(40)))]);
    // Notice given: no longer to be given, and it ends. Ended or renewed: nothing waits any more.
    desk.step(&renews, "give_notice", json!({})).await.assert_ok();
    desk.step(&over, "end", json!({})).await.assert_ok();
    let next = desk.step(&ends, "renew", json!({})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    assert_eq!(waiting().await.len(), 1, "a draft that follows is no renewal yet");
    desk.step(&next, "activate", json!({})).await.assert_ok();
    assert_eq!(waiting().await, []);
    // Whoever has no role on the team has nothing to wait for.
    let below = desk.app.as_role_on(Role::Procurement, "A-2").await;
    assert!(below.get("/home").await.assert_ok()["waiting"].as_array().unwrap().iter().all(|w| w["kind"] != "contract"));

    let file = desk.buyer.get("/contract-calendar.ics").await;
    assert_eq!(file.header("content-type"), Some("text/calendar; charset=utf-8"));
    let text = file.text();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.contains(&format!("DTSTART;VALUE=DATE:{}", day(350).replace('-', ""))) && text.matches("BEGIN:VEVENT").count() == desk.buyer.get("/contract-calendar").await.assert_ok()["items"].as_array().unwrap().len(), "{text}");
    desk.app.check_books().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_of_a_contract_is_told_as_it_was() {
    let desk = Desk::open().await;
    let code = desk.signed(json!({"ends_on": day(30)})).await;
    desk.step(&code, "prices", json!({"model": "maker-server", "unit_price": "950"})).await.assert_ok();
    let (record, prices, calendar) = (desk.read(&code).await, desk.prices("vendor=VND").await, desk.buyer.get("/contract-calendar").await.assert_ok());
    let then = chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Micros, true);
    desk.step(&code, "prices", json!({"model": "maker-server", "unit_price": "1"})).await.assert_ok();
    desk.step(&code, "end", json!({})).await.assert_ok();
    let told = desk.buyer.get(&format!("/contracts/{code}?as_of={then}")).await.assert_ok();
    assert_eq!((&told["status"], &told["prices"], &told["ended_on"]), (&record["status"], &record["prices"], &Value::Null));
    assert!(told["actions"].as_array().unwrap().iter().all(|a| a["allowed"] == false), "{told}");
    assert_eq!(desk.prices(&format!("vendor=VND&as_of={then}")).await, prices);
    assert_eq!(desk.buyer.get(&format!("/contract-calendar?as_of={then}")).await.assert_ok()["items"], calendar["items"]);
    desk.buyer.get(&format!("/contracts/{code}?as_of=2001-01-01")).await.assert_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_keeps_contracts_whoever_writes() {
    let desk = Desk::open().await;
    let code = desk.signed(json!({"renewal_months": 12})).await;
    let draft = desk.enter(json!({"title": "Draft"})).await.assert_ok()["code"].as_str().unwrap().to_owned();
    desk.step(&code, "prices", json!({"model": "maker-server", "unit_price": "950"})).await.assert_ok();
    let psql = desk.app.psql().await;
    let follow = |which: &str, fields: &str| format!("insert into contract (id, code, kind, title, vendor_id, team_id, starts_on, currency, follows_id) select ledger.uuid_v7(), 'CT-X', {fields}, 'EUR', id from contract where code = '{which}'");
    let of = |what: &str| format!("update contract set {what} where code = '{code}'");
    for (sql, rule) in [
        (of("status = 'draft'"), "qm-wrong-state"), (of("value = 1"), "qm-contract-terms"), (of("starts_on = starts_on - 1"), "qm-contract-terms"), (of("ends_on = null, renewal = 'none'"), "qm-contract-terms"), (of("renewal = 'none'"), "qm-contract-terms"),
        (of("status = 'notice_given'"), "contract_notice_known"), (of("status = 'ended'"), "contract_end_known"), (of("ended_on = current_date"), "contract_end_known"), (of("remind_days = -1"), "contract_remind"),
        ("delete from contract".to_owned(), "qm-no-delete"),
        (format!("update contract set ends_on = starts_on - 1 where code = '{draft}'"), "contract_ends_after_start"), (format!("update contract set renewal = 'automatic' where code = '{draft}'"), "contract_renews_for"),
        (format!("update contract set kind = 'marriage' where code = '{draft}'"), "contract_kind"),
        (follow(&draft, "kind, 'x', vendor_id, team_id, starts_on + 1"), "qm-contract-follows"), (follow(&code, "'nda', 'x', vendor_id, team_id, starts_on + 1"), "qm-contract-follows"),
        (follow(&code, "kind, 'x', vendor_id, team_id, starts_on"), "qm-contract-follows"),
        (format!("{}; {}", follow(&code, "kind, 'x', vendor_id, team_id, starts_on + 1"), follow(&code, "kind, 'x', vendor_id, team_id, starts_on + 1").replace("CT-X", "CT-Y")), "contract_follows"),
        (format!("insert into contract_cover (id, contract_id) select ledger.uuid_v7(), id from contract where code = '{code}'"), "cover_one_thing"),
        (format!("insert into contract_cover (id, contract_id, vendor_id, model_id) select ledger.uuid_v7(), id, test_key('vendor'), test_key('server') from contract where code = '{code}'"), "cover_one_thing"),
        ("update contract_price set from_quantity = 0".to_owned(), "contract_price_quantity"), ("update contract_price set unit_price = -1".to_owned(), "contract_price_amount"),
        ("insert into contract_price (id, contract_id, model_id, unit_price) select ledger.uuid_v7(), contract_id, model_id, 1 from contract_price".to_owned(), "contract_price_once"),
        (format!("update contract_price set contract_id = (select id from contract where code = '{draft}')"), "qm-contract-ended"),
        (format!("{}; delete from contract_price", of("status = 'ended', ended_on = current_date")), "qm-contract-ended"),
    ] {
        let refusal = operation(&psql, &sql).await.expect_err(&sql);
        assert_eq!(refusal.constraint, rule, "{sql}: {refusal:?}");
    }
    desk.app.check_books().await;
}
