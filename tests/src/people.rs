//! The people of a test: the first administrator, and one person for each role and team, made as in life, with a sign-in link.

use std::collections::HashMap;

use quartermaster::cli::admin::first_administrator;
use quartermaster::db::Db;
use reqwest::Method;
use tokio::sync::Mutex;

use crate::{Client, Response, Role, TestApp, json};

pub struct People {
    administrator: Client,
    known: Mutex<HashMap<(Role, String), Client>>,
}

impl People {
    pub async fn new(db: &Db, anonymous: Client) -> Self {
        let link = first_administrator(db, true).await.unwrap().unwrap_or_else(|| panic!("no link for the administrator"));
        Self { administrator: token_by_link(&anonymous, &link).await, known: Mutex::default() }
    }
}

impl TestApp {
    /// Somebody with this role on the whole organisation.
    pub async fn as_role(&self, role: Role) -> Client {
        if role == Role::Administrator {
            return self.people.administrator.clone();
        }
        let top = self.top_team().await;
        self.as_role_on(role, &top).await
    }

    /// Somebody with this role on a team and all below it. The same person every time.
    pub async fn as_role_on(&self, role: Role, team: &str) -> Client {
        let mut known = self.people.known.lock().await;
        if let Some(client) = known.get(&(role, team.to_owned())) {
            return client.clone();
        }
        let email = format!("{}.{}@example.test", role.as_str(), team.to_lowercase());
        let welcome = self.people.administrator.post("/users", json!({"email": email, "name": format!("{} of {team}", role.as_str()), "role": role.as_str(), "team": team})).await.assert_ok();
        let client = token_by_link(&self.anonymous(), welcome["sign_in_link"].as_str().unwrap_or_default()).await;
        known.insert((role, team.to_owned()), client.clone());
        client
    }

    /// Somebody who may sign in and has no role at all.
    pub async fn as_nobody(&self) -> Client {
        let administrator = &self.people.administrator;
        let team = self.top_team().await;
        let email = format!("{}@example.test", uuid::Uuid::now_v7());
        let welcome = administrator.post("/users", json!({"email": email, "name": "Nobody in particular", "role": "viewer", "team": team})).await.assert_ok();
        let client = token_by_link(&self.anonymous(), welcome["sign_in_link"].as_str().unwrap_or_default()).await;
        let id = welcome["id"].as_str().unwrap_or_default();
        let grant: uuid::Uuid = self.psql().await.query_one("select id from role_grant where person_id = $1::text::uuid", &[&id]).await.unwrap().get(0);
        administrator.post(&format!("/grants/{grant}/revoke"), json!({})).await.assert_ok();
        client
    }

    /// Code of the organisation itself.
    pub async fn top_team(&self) -> String {
        self.psql().await.query_one("select code from team where kind = 'organisation'", &[]).await.unwrap().get(0)
    }
}

/// Signs in with a one-time link, as a browser does, and makes a token.
async fn token_by_link(anonymous: &Client, link: &str) -> Client {
    let token = link.split("link=").nth(1).unwrap_or_default();
    let session = anonymous.post("/auth/link", json!({"token": token})).await;
    session.assert_ok();
    let cookie = session.header("set-cookie").and_then(|c| c.split(';').next()).unwrap_or_default().to_owned();
    let made = anonymous.request(Method::POST, "/api-tokens").header("Cookie", cookie).header("X-Quartermaster", "1").json(&json!({"name": "test", "expires_in_days": 1}));
    anonymous.with_token(Response::of(made).await.assert_ok()["token"].as_str().unwrap_or_default())
}
