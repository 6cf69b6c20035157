//! One-time sign-in links for the demonstration users.

use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use chrono::Duration;
use diesel::OptionalExtension;
use diesel::sql_types::{Text, Uuid as SqlUuid};

use crate::auth::accounts::link_path;
use crate::auth::sign_in;
use crate::db::{Db, RunQueryDsl};
use crate::http::{Problem, Result};
use crate::ids::PersonId;

/// Role, name and address of each demonstration user.
pub const USERS: [(&str, &str, &str, &str); 8] = [
    ("administrator", "Ada Admin", "administrator@demo.example", "CIPO"),
    ("procurement", "Bea Buyer", "procurement@demo.example", "A"),
    ("approver", "Abe Approver", "approver@demo.example", "A"),
    ("warehouse", "Wim Warehouse", "warehouse@demo.example", "A"),
    ("technician", "Tess Technician", "technician@demo.example", "CIPO"),
    ("licence_manager", "Lee Licence", "licence_manager@demo.example", "CIPO"),
    ("auditor", "Ana Auditor", "auditor@demo.example", "CIPO"),
    ("viewer", "Vic Viewer", "viewer@demo.example", "CIPO"),
];

/// Who may sign in with what, once.
#[derive(Debug, serde::Serialize)]
pub struct Link {
    #[serde(skip)]
    pub role: String,
    pub email: String,
    pub link: String,
}

#[derive(diesel::QueryableByName)]
struct Key {
    #[diesel(sql_type = SqlUuid)]
    id: PersonId,
}

pub async fn make(db: &Db, data_dir: &Path, base: &str) -> Result<Vec<Link>> {
    let mut conn = db.writer().await?;
    let mut links = Vec::new();
    for (role, _, email, _) in USERS {
        let key: Option<Key> = diesel::sql_query("select p.id from person p join account a on a.id = p.id where p.email = $1").bind::<Text, _>(email).get_result(&mut conn).await.optional()?;
        if let Some(key) = key {
            let (secret, _) = sign_in::make_link(&mut conn, key.id, Duration::days(7)).await?;
            links.push(Link { role: role.to_owned(), email: email.to_owned(), link: format!("{base}{}", link_path(&secret)) });
        }
    }
    let by_role: serde_json::Map<String, serde_json::Value> = links.iter().map(|l| (l.role.clone(), serde_json::json!(l))).collect();
    let text = serde_json::to_vec_pretty(&by_role).map_err(Problem::internal)?;
    if data_dir.is_dir() {
        // Whoever reads it can sign in: for its owner only.
        let file = std::fs::OpenOptions::new().create(true).truncate(true).write(true).mode(0o600).open(data_dir.join("demo-links.json")).map_err(Problem::internal)?;
        std::io::Write::write_all(&mut &file, &text).map_err(Problem::internal)?;
    }
    Ok(links)
}
