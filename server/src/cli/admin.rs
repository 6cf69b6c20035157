//! `quartermaster admin …`: users, tokens and links without a browser.

use chrono::Duration;
use clap::Subcommand;
use diesel::{OptionalExtension, sql_types};

use super::Database;
use crate::auth::accounts::{self, NewUser, link_path};
use crate::auth::tokens::{self, NewToken};
use crate::auth::{Role, sign_in};
use crate::config::Settings;
use crate::db::{Db, RunQueryDsl, Tx};
use crate::ids::{PersonId, TeamId};
use crate::ledger::{Actor, NewEvent};

/// Address of the administrator that an empty database gets.
const FIRST: &str = "administrator@quartermaster.local";

#[derive(Subcommand)]
pub enum Admin {
    /// Users
    #[command(subcommand)]
    User(User),
    /// Print a new API token, the administrator's unless an e-mail address is given, and nothing else on standard output
    Token {
        #[command(flatten)]
        settings: Settings,
        #[arg(long)]
        email: Option<String>,
        /// Days until it expires
        #[arg(long, default_value_t = 30)]
        days: i64,
    },
    /// Print a new one-time sign-in link
    Link {
        #[command(flatten)]
        settings: Settings,
        #[arg(long)]
        email: Option<String>,
    },
    /// Print Diesel's schema of the database (server/src/db/schema.rs)
    #[command(hide = true)]
    Schema {
        #[command(flatten)]
        settings: Settings,
    },
    /// Print the API's description, from which the web client's types are generated
    #[command(hide = true)]
    Openapi,
}

#[derive(Subcommand)]
pub enum User {
    /// Add a user with a role on a team and print their one-time sign-in link
    Add {
        #[command(flatten)]
        settings: Settings,
        email: String,
        #[arg(long)]
        role: Role,
        /// The team's code
        #[arg(long)]
        team: String,
        /// The person's name [default: the address before the @]
        #[arg(long)]
        name: Option<String>,
    },
}

#[derive(diesel::QueryableByName)]
struct PersonKey {
    #[diesel(sql_type = sql_types::Uuid)]
    id: PersonId,
}

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = sql_types::Text)]
    line: String,
}

impl Admin {
    pub async fn run(self) -> Result<(), String> {
        match self {
            Admin::User(User::Add { settings, email, role, team, name }) => {
                let (database, db) = open(settings).await?;
                let name = name.unwrap_or_else(|| email.split('@').next().unwrap_or_default().to_owned());
                let welcome = within(&db, async |tx| accounts::add(tx, None, NewUser { email, name, role, team }).await).await?;
                println!("{}", welcome.sign_in_link);
                database.close().await;
            }
            Admin::Token { settings, email, days } => {
                let (database, db) = open(settings).await?;
                let person = person(&db, email).await?;
                let made = within(&db, async |tx| tokens::make(tx, person, NewToken { name: "made on the command line".to_owned(), roles: None, expires_in_days: days }).await).await?;
                println!("{}", made.token);
                database.close().await;
            }
            Admin::Link { settings, email } => {
                let (database, db) = open(settings).await?;
                let person = person(&db, email).await?;
                println!("{}", within(&db, async |tx| accounts::new_link(tx, None, person).await).await?);
                database.close().await;
            }
            Admin::Schema { settings } => {
                let (database, db) = open(settings).await?;
                print!("{}", schema(&db).await?);
                database.close().await;
            }
            Admin::Openapi => println!("{}", crate::http::openapi::document().to_json().map_err(|e| e.to_string())?),
        }
        Ok(())
    }
}

/// The text of `db/schema.rs` for the database as it stands.
pub async fn schema(db: &Db) -> Result<String, String> {
    let sql = include_str!("../db/schema_print.sql").replace("order by 1 desc", "order by 1 desc) printed (line)");
    let mut conn = db.read(None).await.map_err(|p| p.to_string())?;
    let tables: Vec<Line> = diesel::sql_query(format!("select line from ({sql}")).load(&mut conn).await.map_err(|e| e.to_string())?;
    let body: String = tables.iter().map(|t| format!("{}\n", t.line)).collect();
    Ok(format!("//! Diesel's view of the database, written by `quartermaster admin schema`; do not edit.\n\n{body}"))
}

pub async fn open(settings: Settings) -> Result<(Database, Db), String> {
    let database = Database::join(&settings.with_file()?).await?;
    let db = database.ready().await?;
    first_administrator(&db, false).await?;
    Ok((database, db))
}

pub async fn within<R>(db: &Db, operation: impl AsyncFnOnce(&mut Tx<'_>) -> crate::http::Result<R>) -> Result<R, String> {
    let mut conn = db.writer().await.map_err(|p| p.to_string())?;
    let mut tx = Tx::begin(&mut conn, Actor::system("command line")).await.map_err(|p| p.to_string())?;
    match operation(&mut tx).await {
        Ok(result) => tx.commit().await.map(|()| result).map_err(|p| p.to_string()),
        Err(problem) => {
            tx.rollback().await;
            Err(problem.to_string())
        }
    }
}

async fn person(db: &Db, email: Option<String>) -> Result<PersonId, String> {
    let mut conn = db.read(None).await.map_err(|p| p.to_string())?;
    let found: Option<PersonKey> = match &email {
        Some(email) => diesel::sql_query("select p.id from person p join account a on a.id = p.id where lower(p.email) = lower($1)").bind::<sql_types::Text, _>(email).get_result(&mut conn).await,
        None => diesel::sql_query("select g.person_id as id from role_grant g join team t on t.id = g.team_id join account a on a.id = g.person_id
                                   where g.role = 'administrator' and a.status = 'active' order by t.path, g.valid_from limit 1").get_result(&mut conn).await,
    }
    .optional().map_err(|e| e.to_string())?;
    found.map(|p| p.id).ok_or_else(|| format!("There is no user {}.", email.unwrap_or_else(|| "with the role administrator".to_owned())))
}

/// An empty database gets an organisation and an administrator. Returns the path of a sign-in link as long as nobody with that role has
/// ever signed in, or when `always` is set.
pub async fn first_administrator(db: &Db, always: bool) -> Result<Option<String>, String> {
    let exists = person(db, None).await;
    let (person, fresh) = match exists {
        Ok(person) => (person, false),
        Err(_) => (within(db, async |tx| create_first(tx).await).await?, true),
    };
    let mut conn = db.writer().await.map_err(|p| p.to_string())?;
    let seen = diesel::sql_query("select 1 from session where person_id = $1 limit 1").bind::<sql_types::Uuid, _>(person.0).execute(&mut conn).await.map_err(|e| e.to_string())?;
    if !(always || fresh || seen == 0) {
        return Ok(None);
    }
    let (link, _) = sign_in::make_link(&mut conn, person, Duration::days(1)).await.map_err(|p| p.to_string())?;
    Ok(Some(link_path(&link)))
}

async fn create_first(tx: &mut Tx<'_>) -> crate::http::Result<PersonId> {
    let (person, team) = (PersonId::new(), TeamId::new());
    tx.open(NewEvent::new("user.first_administrator", "person", person)).await?;
    diesel::sql_query("insert into team (id, code, name, kind, path) select $1, 'ORG', 'Organisation', 'organisation', '' where not exists (select 1 from team where kind = 'organisation')")
        .bind::<sql_types::Uuid, _>(team.0).execute(tx.conn).await?;
    diesel::sql_query("insert into person (id, name, email, team_id) select $1, 'Administrator', $2, id from team where kind = 'organisation'")
        .bind::<sql_types::Uuid, _>(person.0).bind::<sql_types::Text, _>(FIRST).execute(tx.conn).await?;
    diesel::sql_query("insert into account (id) values ($1)").bind::<sql_types::Uuid, _>(person.0).execute(tx.conn).await?;
    diesel::sql_query("insert into role_grant (id, person_id, role, team_id) select $1, $2, 'administrator', id from team where kind = 'organisation'")
        .bind::<sql_types::Uuid, _>(uuid::Uuid::now_v7()).bind::<sql_types::Uuid, _>(person.0).execute(tx.conn).await?;
    Ok(person)
}
