//! Builders: a company to work on, orders, assets. What has a route is made through it.

use quartermaster::config::Settings;

use crate::cluster::{Database, TEMPLATE};
use crate::{Client, Role, TestApp, Value, books, json};

impl TestApp {
    /// A server whose books have the company of [`books::company`].
    pub async fn with_company() -> Self {
        let app = Self::start().await;
        books::company(&app.psql().await).await;
        app
    }

    /// The same, with a mail server at this address.
    pub async fn with_mail(mail: std::net::SocketAddr) -> Self {
        Self::with_company_and(Self::mail_settings(mail)).await
    }

    /// The settings of a mail server in the clear at this address.
    pub fn mail_settings(mail: std::net::SocketAddr) -> Settings {
        Settings { smtp_host: Some(mail.ip().to_string()), smtp_port: Some(mail.port()), smtp_tls: Some("none".to_owned()), smtp_from: Some("orders@company.example".to_owned()), ..Settings::default() }
    }

    /// The company, on a server with settings of its own.
    pub async fn with_company_and(settings: Settings) -> Self {
        let app = Self::start_with(Database::copy(TEMPLATE).await, settings).await;
        books::company(&app.psql().await).await;
        app
    }

    /// A server whose books have the demonstration company on its first day: teams, models, places, and nothing bought yet.
    pub async fn founded() -> Self {
        let app = Self::start().await;
        quartermaster::demo::found(app.db()).await.unwrap_or_else(|e| panic!("{e}"));
        app
    }

    /// Half a year of the founded company's history.
    pub async fn lived(&self) {
        quartermaster::demo::live(self.db()).await.unwrap_or_else(|e| panic!("{e}"));
    }

    /// A purchase order to be raised, of the company's vendor for the whole organisation.
    pub fn order(&self) -> OrderBuilder<'_> {
        OrderBuilder { app: self, lines: Vec::new(), extra: json!({}) }
    }

    /// The tag of the company's asset with this serial.
    pub async fn tag(&self, serial: &str) -> String {
        self.psql().await.query_one("select tag from asset where serial = $1", &[&serial]).await.unwrap_or_else(|_| panic!("no asset {serial}")).get(0)
    }

    /// Enters an asset by hand for the whole organisation, as if it had stood there before the books; its tag.
    pub async fn enter(&self, model: &str, serial: &str, location: &str) -> String {
        let new = json!({"model": model, "serial": serial, "team": self.top_team().await, "location": location, "reason": "taken over with the site"});
        let entered = self.as_role(Role::Warehouse).await.post("/assets", new).await.assert_ok();
        entered["code"].as_str().unwrap_or_else(|| panic!("{entered}")).to_owned()
    }

    /// A figure out of the database.
    pub async fn count(&self, sql: &str) -> i64 {
        self.psql().await.query_one(sql, &[]).await.unwrap_or_else(|e| panic!("{sql}: {e:?}")).get(0)
    }

    /// All that is in the books, to be compared with what is in them later.
    pub async fn books(&self) -> Vec<(String, i64)> {
        books::content(&self.psql().await).await
    }

    /// Seals what can be sealed now.
    pub async fn try_to_seal(&self) {
        quartermaster::ledger::seal::seal(self.db()).await.unwrap_or_else(|e| panic!("{e}"));
    }

    /// Seals all events there are. Other tests' transactions in the same cluster hold it up.
    pub async fn seal(&self) {
        for _ in 0..600 {
            self.try_to_seal().await;
            if self.count("select count(*) from event e where not exists (select 1 from ledger.leaf l where l.event_id = e.id)").await == 0 {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        panic!("the events are not sealed within half a minute");
    }

    /// Proves the books as `quartermaster check` does.
    pub async fn check_books(&self) {
        books::check(&self.database.url).await;
    }
}

pub struct OrderBuilder<'a> {
    app: &'a TestApp,
    lines: Vec<Value>,
    extra: Value,
}

impl OrderBuilder<'_> {
    pub fn line(mut self, model: &str, quantity: i64, unit_price: &str) -> Self {
        self.lines.push(json!({"model": model, "quantity": quantity, "unit_price": unit_price}));
        self
    }

    /// Another field of the request.
    pub fn with(mut self, field: &str, value: Value) -> Self {
        self.extra[field] = value;
        self
    }

    /// The request's body.
    pub async fn body(&self) -> Value {
        let mut body = json!({"vendor": "VND", "team": self.app.top_team().await, "deliver_to": "T1-W", "lines": self.lines});
        for (field, value) in self.extra.as_object().unwrap() {
            body[field] = value.clone();
        }
        body
    }

    pub async fn raised_by(self, client: &Client) -> Value {
        client.post("/purchase-orders", self.body().await).await.assert_ok()
    }

    pub async fn submitted(self) -> Value {
        let procurement = self.app.as_role(Role::Procurement).await;
        let order = self.raised_by(&procurement).await;
        step(&procurement, &order, "submit").await
    }

    pub async fn approved(self) -> Value {
        let approver = self.app.as_role(Role::Approver).await;
        step(&approver, &self.submitted().await, "approve").await
    }

    /// With the vendor: ready for its first carton.
    pub async fn ordered(self) -> Value {
        let procurement = self.app.as_role(Role::Procurement).await;
        step(&procurement, &self.approved().await, "order").await
    }
}

async fn step(client: &Client, order: &Value, step: &str) -> Value {
    client.post(&format!("/purchase-orders/{}/{step}", order["code"].as_str().unwrap()), json!({})).await.assert_ok()
}

/// What a record says of one thing that can be done with it.
#[track_caller]
pub fn action(record: &Value, name: &str) -> Value {
    record["actions"].as_array().and_then(|all| all.iter().find(|a| a["name"] == name)).unwrap_or_else(|| panic!("no action {name} in {record}")).clone()
}
