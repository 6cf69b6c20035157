//! What the bulk stands on: the demonstration company's teams, people, models and places, founded through its own operations,
//! and vendors, racks and bins enough.

use quartermaster::cli::admin::first_administrator;
use quartermaster::db::{Db, migrate};
use quartermaster::demo;
use tokio_postgres::Client;
use uuid::Uuid;

use super::history::{Plan, RACKED_TOGETHER};
use crate::Tried;
use crate::site::connect;

/// How long ago the company was founded, in days.
pub const FOUNDED_DAYS_AGO: i64 = 400;

/// Ids that the bulk refers to.
pub struct Ground {
    pub buyer: Uuid,
    pub approver: Uuid,
    pub warehouse: Uuid,
    pub technician: Uuid,
    /// Teams that own things.
    pub teams: Vec<Uuid>,
    pub vendors: Vec<Uuid>,
    pub deliver_to: Uuid,
    pub receiving: Uuid,
    pub bins: Vec<(Uuid, String)>,
    pub racks: Vec<Uuid>,
    /// Two units high.
    pub server: Model,
    /// One unit high.
    pub switch: Model,
    pub cable: Model,
}

pub struct Model {
    pub id: Uuid,
    pub manufacturer: Uuid,
}

/// Founds the company in an empty database and makes room for the plan.
pub async fn found(url: &str, plan: &Plan) -> Tried<Ground> {
    migrate::migrate(url).await.map_err(|e| e.to_string())?;
    let db = Db::connect(url, 2)?;
    first_administrator(&db, false).await?;
    demo::found(&db).await.map_err(|p| p.to_string())?;
    drop(db);
    let client = connect(url).await?;
    let bulk = include_str!("ground.sql").replace("$bins", &plan.pallets().to_string()).replace("$racks", &(plan.racked().div_ceil(RACKED_TOGETHER) + 1).to_string());
    client.batch_execute(&bulk).await?;
    long_ago(&client).await?;
    read(&client).await
}

/// Sets the founding back in time, so that what follows came after it. Nothing is sealed yet.
async fn long_ago(client: &Client) -> Tried<()> {
    client.batch_execute("set session_replication_role = replica").await?;
    client.batch_execute(&format!("update event set at = at - interval '{FOUNDED_DAYS_AGO} days'")).await?;
    for row in client.query("select table_name from ledger.tracked", &[]).await? {
        let table: String = row.get(0);
        client.batch_execute(&format!(
            "update public.{table} set valid_from = valid_from - interval '{FOUNDED_DAYS_AGO} days';
             update history.{table} set valid_from = valid_from - interval '{FOUNDED_DAYS_AGO} days', valid_to = valid_to - interval '{FOUNDED_DAYS_AGO} days'")).await?;
    }
    client.batch_execute("reset session_replication_role").await?;
    Ok(())
}

async fn read(client: &Client) -> Tried<Ground> {
    let one = async |sql: &str| -> Tried<Uuid> { Ok(client.query_one(sql, &[]).await.map_err(|e| format!("{sql}: {e}"))?.get(0)) };
    let holder = async |role: &str| -> Tried<Uuid> { Ok(client.query_one("select id from person where email = $1 || '@demo.example'", &[&role]).await?.get(0)) };
    let all = async |sql: &str| -> Tried<Vec<Uuid>> { Ok(client.query(sql, &[]).await?.iter().map(|r| r.get(0)).collect()) };
    let model = async |part: &str| -> Tried<Model> {
        let row = client.query_one("select id, manufacturer_id from model where part_number = $1", &[&part]).await?;
        Ok(Model { id: row.get(0), manufacturer: row.get(1) })
    };
    Ok(Ground {
        buyer: holder("procurement").await?,
        approver: holder("approver").await?,
        warehouse: holder("warehouse").await?,
        technician: holder("technician").await?,
        teams: all("select id from team where kind in ('team', 'sub_team') order by path").await?,
        vendors: all("select id from vendor where code like 'BULK-%' order by code").await?,
        deliver_to: one("select id from location where code = 'WH1'").await?,
        receiving: one("select id from location where code = 'WH1-REC-01'").await?,
        bins: client.query("select id, code from location where code like 'WH1-Z%' order by code", &[]).await?.iter().map(|r| (r.get(0), r.get(1))).collect(),
        racks: all("select id from location where code like 'DC2-H1-Z%' order by code").await?,
        server: model("R740-2U-STD").await?,
        switch: model("DCS-7050SX3-48YC8-R").await?,
        cable: model("CAB-LC-LC-3M").await?,
    })
}
