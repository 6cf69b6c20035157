//! An order as the vendor gets it: what a reader finds in the PDF, and what a scanner reads from it.

use tests::pdf::Pdf;
use tests::{Client, Role, TestApp, Value, json};

async fn pdf(client: &Client, order: &Value) -> Pdf {
    let answer = client.get(&format!("/purchase-orders/{}/pdf", order["code"].as_str().unwrap())).await;
    assert_eq!((answer.status(), answer.header("content-type")), (200, Some("application/pdf")), "{}", answer.text());
    assert_eq!(answer.header("content-disposition"), Some(format!("inline; filename=\"{}.pdf\"", order["code"].as_str().unwrap()).as_str()));
    assert!(answer.header("content-security-policy").is_some_and(|p| p.contains("default-src 'none'")));
    Pdf::of(answer.bytes())
}

async fn letterhead(app: &TestApp) {
    let head = json!({"name": "Örtliche Rechenzentren ΑΕ", "address": "Straße der Größe 1\n12345 Köln", "registration": "HRB 4711", "tax_id": "DE123456789", "email": "office@dc.example", "phone": "+49 221 4711",
        "invoice_email": "invoices@dc.example", "order_terms": "Deliver on pallets.\nΟι τιμές είναι σταθερές. Цены фиксированы. Ceny są stałe."});
    app.as_role(Role::Administrator).await.patch("/company", "\"none\"", head).await.assert_ok();
}

fn holds(words: &str, wanted: &[&str]) {
    for words_of_it in wanted {
        assert!(words.contains(words_of_it), "{words_of_it:?} is not in: {words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_order_says_who_what_where_and_how_much_and_its_code_is_scanned() {
    let app = TestApp::with_company().await;
    letterhead(&app).await;
    let buyer = app.as_role(Role::Procurement).await;
    buyer.post("/vendors/VND/addresses", json!({"kind": "headquarters", "street": "High Street 9", "city": "Elsewhere", "country": "GB"})).await.assert_ok();
    buyer.post("/vendors/VND/addresses", json!({"kind": "ordering", "street": "Łódzka 7\nDock 3", "postal_code": "90-001", "city": "Łódź", "country": "PL"})).await.assert_ok();
    buyer.post("/vendors/VND/contacts", json!({"name": "The order desk", "role": "orders", "email": "desk@vendor.example"})).await.assert_ok();
    let warehouse = app.as_role(Role::Warehouse).await;
    warehouse.post("/locations", json!({"code": "T2", "name": "Second site", "kind": "site", "address": "Αθηνάς 5\n105 51 Αθήνα"})).await.assert_ok();
    let lines = json!([
        {"model": "maker-server", "quantity": 1200, "unit_price": "1000.00", "discount_percent": "10", "tax_percent": "19", "description": "With rails, для стойки"},
        {"model": "maker-cable", "quantity": 10, "unit_price": "5.1234", "tax_percent": "7", "deliver_to": "T2", "needed_by": "2027-02-03"},
    ]);
    let order = app.order().with("lines", lines).with("freight", json!("12.50")).with("needed_by", json!("2027-01-15")).with("notes", json!("An inner remark")).approved().await;
    let paper = pdf(&buyer, &order).await;
    let code = order["code"].as_str().unwrap();
    assert_eq!(paper.scanned(1), [code]);

    let pages = paper.pages();
    assert_eq!(pages.len(), 1);
    let words = paper.words();
    holds(&words, &["Örtliche Rechenzentren ΑΕ", "Straße der Größe 1", "HRB 4711", "DE123456789", "+49 221 4711", "office@dc.example", "invoices@dc.example"]);
    holds(&words, &["The order desk", "Łódzka 7", "Dock 3", "90-001 Łódź", "PL", &format!("Purchase order {code}"), "2027-01-15"]);
    holds(&words, &["Deliver on pallets.", "Οι τιμές είναι σταθερές.", "Цены фиксированы.", "Ceny są stałe.", "Page 1 of 1"]);
    holds(&words, &["Maker Server", "With rails, для стойки", "1 200 pcs", "5.1234", "Deliver to T2 Second site, Αθηνάς 5, 105 51 Αθήνα", "Needed by 2027-02-03"]);
    for absent in ["High Street 9", "An inner remark", "DRAFT", "CANCELLED", "Revision"] {
        assert!(!words.contains(absent), "{absent:?} is in: {words}");
    }
    // As the database works them out: 1200 x 1000.00 less 10 %, and 51.234, rounded; taxes of each rate; freight.
    let after = |label: &str| pages[0].lines().find_map(|l| l.trim().strip_prefix(label)).map(|rest| rest.trim().to_owned()).unwrap_or_else(|| panic!("no {label} in {}", pages[0]));
    assert_eq!([after("Subtotal"), after("Discount"), after("Tax 7 %"), after("Tax 19 %"), after("Freight"), after("Total EUR")], ["1 200 051.23", "-120 000.00", "3.59", "205 200.00", "12.50", "1 285 267.32"]);
    assert_eq!(order["total"].as_str().unwrap().trim_end_matches('0'), "1285267.32");
}

#[tokio::test(flavor = "multi_thread")]
async fn five_hundred_lines_stand_each_once_under_a_head_on_numbered_pages() {
    let app = TestApp::with_company().await;
    letterhead(&app).await;
    // Lines of very different height, one longer than a page.
    let lines: Vec<Value> = (1..=500).map(|n| {
        let text = match n { 77 => "word ".repeat(2500), n if n % 9 == 0 => format!("Zusatz {n} ").repeat(20), _ => String::new() };
        json!({"model": "maker-server", "quantity": n, "unit_price": format!("{n}.01"), "description": text})
    }).collect();
    let order = app.order().with("lines", json!(lines)).raised_by(&app.as_role(Role::Procurement).await).await;
    let began = std::time::Instant::now();
    let paper = pdf(&app.as_role(Role::Viewer).await, &order).await;
    println!("500 lines as PDF in {:?}", began.elapsed());
    let pages = paper.pages();
    let mut seen = Vec::new();
    let mut words = 0;
    for (n, page) in pages.iter().enumerate() {
        holds(page, &[&format!("Page {} of {}", n + 1, pages.len())]);
        let mut headed = false;
        for line in page.lines() {
            headed |= line.contains("Article") && line.contains("Unit price") && line.contains("Amount EUR");
            words += line.matches("word").count();
            if line.contains("Maker Server") {
                assert!(headed, "page {} has lines without a head", n + 1);
                let fields: Vec<&str> = line.split_whitespace().collect();
                let number: i64 = fields[0].parse().unwrap_or_else(|_| panic!("{line}"));
                let amount = format!("{:.2}", number as f64 * (number as f64 + 0.01));
                assert_eq!((fields[3].to_owned(), line.split("pcs").nth(1).unwrap().split_whitespace().skip(1).collect::<String>()), (number.to_string(), format!("0{amount}")), "{line}");
                seen.push(number);
            }
        }
        assert!(headed || n + 1 == pages.len(), "page {} has no head", n + 1);
    }
    assert_eq!(seen, (1..=500).collect::<Vec<i64>>());
    assert_eq!(words, 2500, "the long text is all there");
    let total: String = pages.iter().flat_map(|p| p.lines()).find_map(|l| l.trim().strip_prefix("Total EUR")).unwrap_or_default().split_whitespace().collect();
    assert_eq!(format!("{total}00"), order["total"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_takes_a_draft_or_a_cancelled_order_for_an_order() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let draft = app.order().line("maker-server", 1, "10.00").raised_by(&buyer).await;
    holds(&pdf(&buyer, &draft).await.words(), &["DRAFT: not approved yet"]);
    let moment = chrono::Utc::now();
    let href = format!("/purchase-orders/{}", draft["code"].as_str().unwrap());
    buyer.post(&format!("{href}/submit"), json!({})).await.assert_ok();
    holds(&pdf(&buyer, &draft).await.words(), &["DRAFT"]);
    app.as_role(Role::Approver).await.post(&format!("{href}/approve"), json!({})).await.assert_ok();
    assert!(!pdf(&buyer, &draft).await.words().contains("DRAFT"));
    buyer.post(&format!("{href}/cancel"), json!({"reason": "not needed"})).await.assert_ok();
    holds(&pdf(&buyer, &draft).await.words(), &["CANCELLED"]);
    // Asked as of then, it is what it was then.
    let then = buyer.get(&format!("{href}/pdf?as_of={}", moment.to_rfc3339_opts(chrono::SecondsFormat::Micros, true))).await;
    holds(&Pdf::of(then.bytes()).words(), &["DRAFT: not approved yet"]);
    buyer.get("/purchase-orders/PO-1999-00001/pdf").await.assert_problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amended_order_says_which_revision_it_is_and_what_was_given_up() {
    let app = TestApp::with_company().await;
    let buyer = app.as_role(Role::Procurement).await;
    let order = app.order().line("maker-server", 4, "1000.00").line("maker-cable", 10, "5.00").ordered().await;
    let href = format!("/purchase-orders/{}", order["code"].as_str().unwrap());
    buyer.post(&format!("{href}/amend"), json!({"reason": "fewer", "change": [{"number": 1, "cancelled": 3}]})).await.assert_ok();
    let answer = buyer.get(&format!("{href}/pdf")).await;
    assert!(answer.header("content-disposition").unwrap().contains("-revision-1.pdf"));
    let words = Pdf::of(answer.bytes()).words();
    holds(&words, &["revision 1", "1 pcs", "Cancelled: 3 pcs", "1 050.00"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_order_is_the_same_file_and_a_logo_is_on_it() {
    let app = TestApp::with_company().await;
    letterhead(&app).await;
    let (admin, buyer) = (app.as_role(Role::Administrator).await, app.as_role(Role::Procurement).await);
    let order = app.order().line("maker-server", 1, "10.00").approved().await;
    let href = format!("/purchase-orders/{}/pdf", order["code"].as_str().unwrap());
    let (one, two) = (buyer.get(&href).await, buyer.get(&href).await);
    assert_eq!(one.bytes(), two.bytes());
    assert_eq!(Pdf::of(one.bytes()).pictures(), 0);
    let logo = admin.request(reqwest::Method::POST, "/company/logo").header("Content-Type", "application/octet-stream").body(super::company::DOT);
    tests::Response::of(logo).await.assert_ok();
    assert_eq!(Pdf::of(buyer.get(&href).await.bytes()).pictures(), 1);
}
