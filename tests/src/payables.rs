//! The desk where invoices are entered: its people, and what they do all day.

use crate::{Client, Response, Role, TestApp, Value, json};

pub struct Payables {
    pub app: TestApp,
    pub admin: Client,
    pub buyer: Client,
    pub approver: Client,
    pub warehouse: Client,
}

impl Payables {
    pub async fn open() -> Self {
        Self::of(TestApp::with_company().await).await
    }

    /// The desk of a company that was prepared; teams that are to be bought for have to be there already.
    pub async fn of(app: TestApp) -> Self {
        let (admin, buyer, approver, warehouse) = (app.as_role(Role::Administrator).await, app.as_role(Role::Procurement).await, app.as_role(Role::Approver).await, app.as_role(Role::Warehouse).await);
        Self { app, admin, buyer, approver, warehouse }
    }

    /// An order with these lines that is with the vendor; its code.
    pub async fn ordered(&self, lines: Value, extra: &[(&str, Value)]) -> String {
        let mut order = self.app.order().with("lines", lines);
        for (field, value) in extra {
            order = order.with(field, value.clone());
        }
        order.ordered().await["code"].as_str().unwrap().to_owned()
    }

    /// Receives counted pieces of a line; the entry's id.
    pub async fn receive(&self, order: &str, line: i32, quantity: impl serde::Serialize) -> String {
        let done = self.warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": line.to_string(), "quantity": quantity})).await.assert_ok();
        done["receipt_line"].as_str().unwrap().to_owned()
    }

    /// Receives serials on a line; the assets' tags.
    pub async fn receive_serials(&self, order: &str, line: i32, serials: &[&str]) -> Vec<String> {
        let done = self.warehouse.post(&format!("/purchase-orders/{order}/receive"), json!({"line": line.to_string(), "serials": serials})).await.assert_ok();
        done["assets"].as_array().unwrap().iter().map(|a| a["code"].as_str().unwrap().to_owned()).collect()
    }

    /// Enters an invoice of today.
    pub async fn enter(&self, order: &str, number: &str, lines: Value) -> Response {
        self.enter_with(order, number, lines, &[]).await
    }

    pub async fn enter_with(&self, order: &str, number: &str, lines: Value, extra: &[(&str, Value)]) -> Response {
        let mut body = json!({"order": order, "number": number, "invoiced_on": chrono::Utc::now().date_naive(), "lines": lines});
        for (field, value) in extra {
            body[*field] = value.clone();
        }
        self.buyer.post("/invoices", body).await
    }

    pub async fn invoice(&self, code: &Value) -> Value {
        self.buyer.get(&format!("/invoices/{}", code.as_str().unwrap())).await.assert_ok()
    }

    pub async fn order(&self, code: &str) -> Value {
        self.buyer.get(&format!("/purchase-orders/{code}")).await.assert_ok()
    }

    /// What the buyer does with an invoice.
    pub async fn act(&self, who: &Client, invoice: &Value, verb: &str, body: Value) -> Response {
        who.post(&format!("/invoices/{}/{verb}", invoice["code"].as_str().unwrap()), body).await
    }

    pub async fn credit(&self, invoice: &Value, number: &str, extra: Value) -> Response {
        let mut body = json!({"number": number, "credited_on": chrono::Utc::now().date_naive(), "reason": "as agreed"});
        for (field, value) in extra.as_object().unwrap() {
            body[field] = value.clone();
        }
        self.act(&self.buyer, invoice, "credit", body).await
    }

    /// A budget of the whole organisation for this year; its code.
    pub async fn budget(&self, amount: &str, extra: Value) -> Value {
        let mut body = json!({"team": self.app.top_team().await, "fiscal_year": chrono::Datelike::year(&chrono::Utc::now()), "kind": "capex", "amount": amount, "currency": "EUR"});
        for (field, value) in extra.as_object().unwrap() {
            body[field] = value.clone();
        }
        self.approver.post("/budgets", body).await.assert_ok()["code"].clone()
    }

    /// Budgets are one for each year: another round of a test, another year.
    pub async fn budget_of_round(&self, round: u64) -> Value {
        self.budget("100000", json!({"fiscal_year": 2100 + round})).await
    }

    /// What a budget has reserved, committed and spent, as "0 / 100 / 50".
    pub async fn figures(&self, budget: &Value) -> String {
        let b = self.approver.get(&format!("/budgets/{}", budget.as_str().unwrap())).await.assert_ok();
        ["reserved", "committed", "spent"].map(|f| b[f].as_str().unwrap().trim_end_matches('0').trim_end_matches('.').to_owned()).join(" / ")
    }
}

/// State and open differences of an invoice: "held: quantity on 1, freight".
pub fn told(invoice: &Value) -> String {
    let mut all: Vec<String> = Vec::new();
    let open = |d: &&Value| d["released_by"].is_null();
    for line in invoice["lines"].as_array().unwrap() {
        all.extend(line["differences"].as_array().unwrap().iter().filter(open).map(|d| format!("{} on {}", d["kind"].as_str().unwrap(), line["number"])));
    }
    all.extend(invoice["differences"].as_array().unwrap().iter().filter(open).map(|d| d["kind"].as_str().unwrap().to_owned()));
    let status = invoice["status"].as_str().unwrap();
    if all.is_empty() { status.to_owned() } else { format!("{status}: {}", all.join(", ")) }
}
