//! Entering new assets in the register: a tag, a row, and the ports of its model. For operations that have opened their event.

use chrono::NaiveDate;
use diesel::result::{DatabaseErrorKind, Error};
use diesel::sql_types::{Array, BigInt, Date, Nullable, Numeric, Text, Timestamptz, Uuid as SqlUuid};
use diesel::sql_types;
use diesel_async::AsyncPgConnection;
use labels::tag::AssetTag;
use rust_decimal::Decimal;
use serde::Serialize;

use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{AssetId, LocationId, ModelId, PersonId, PurchaseOrderLineId, ReceiptLineId, TeamId};

/// A thing that comes into the books.
#[derive(Clone, Debug)]
pub struct NewAsset {
    pub model: ModelId,
    pub serial: Option<String>,
    /// `received`, `ready` or `in_service`: a birth that the asset lifecycle knows.
    pub status: &'static str,
    pub team: TeamId,
    pub location: LocationId,
    pub order_line: Option<PurchaseOrderLineId>,
    pub receipt_line: Option<ReceiptLineId>,
    pub unit_cost: Option<Decimal>,
    pub currency: Option<String>,
    pub received_by: Option<PersonId>,
    pub lot: String,
    pub country: String,
    pub warranty_ends: Option<NaiveDate>,
}

/// An asset that was entered.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub struct Registered {
    pub id: AssetId,
    #[serde(rename = "code")]
    pub tag: String,
    pub serial: Option<String>,
}

#[derive(diesel::QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// An asset that has a serial already.
#[derive(diesel::QueryableByName)]
pub struct Holder {
    #[diesel(sql_type = Text)]
    serial: String,
    /// The serial as it is compared.
    #[diesel(sql_type = Text)]
    pub key: String,
    #[diesel(sql_type = Text)]
    tag: String,
    #[diesel(sql_type = Text)]
    whereabouts: String,
}

/// Enters assets, all in one statement, and names each in the open event. Refuses a serial that another asset of its manufacturer has,
/// naming that asset: before the insert, and by the unique index when two enter it at once.
pub async fn register(tx: &mut Tx<'_>, new: Vec<NewAsset>) -> Result<Vec<Registered>> {
    for asset in &new {
        if let Some(serial) = &asset.serial
            && labels::scan::is_placeholder_serial(serial)
        {
            return Err(placeholder(serial));
        }
    }
    let serials: Vec<String> = new.iter().filter_map(|a| a.serial.clone()).collect();
    let models: Vec<uuid::Uuid> = new.iter().map(|a| a.model.0).collect();
    refuse_known(tx.conn, &serials, &models).await?;
    let numbers: Vec<Number> = diesel::sql_query("select nextval('asset_number') as number from generate_series(1, $1::int)").bind::<sql_types::Integer, _>(new.len() as i32).load(tx.conn).await?;
    let entered: Vec<Registered> = new.iter().zip(numbers).map(|(asset, n)| Registered {
        id: AssetId::new(), tag: AssetTag::from_number(n.number.unsigned_abs()).to_string(), serial: asset.serial.as_ref().map(|s| s.trim().to_owned()),
    }).collect();
    let ids: Vec<uuid::Uuid> = entered.iter().map(|e| e.id.0).collect();
    let at = tx.at();
    let inserted = diesel::sql_query(
        "insert into asset (id, tag, model_id, manufacturer_id, serial, status, team_id, place, location_id, order_line_id, receipt_line_id, unit_cost, currency,
                            received_by, lot, country, warranty_ends, received_at, verified_at, verified_by, verified_how)
         select n.id, n.tag, n.model, m.manufacturer_id, n.serial, n.status, n.team, 'location', n.location, n.order_line, n.receipt_line, n.unit_cost, n.currency,
                n.received_by, n.lot, n.country, n.warranty_ends, $17, $17, n.received_by, case when n.received_by is not null then 'receipt' end
         from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::uuid[], $8::uuid[], $9::uuid[], $10::numeric[], $11::text[], $12::uuid[], $13::text[], $14::text[], $15::date[], $16::bigint[])
              as n (id, tag, model, serial, status, team, location, order_line, receipt_line, unit_cost, currency, received_by, lot, country, warranty_ends, ordinal)
         join model m on m.id = n.model order by n.ordinal")
        .bind::<Array<SqlUuid>, _>(&ids)
        .bind::<Array<Text>, _>(entered.iter().map(|e| e.tag.clone()).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(&models)
        .bind::<Array<Nullable<Text>>, _>(entered.iter().map(|e| e.serial.clone()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(new.iter().map(|a| a.status).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(new.iter().map(|a| a.team.0).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(new.iter().map(|a| a.location.0).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(new.iter().map(|a| a.order_line.map(|l| l.0)).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(new.iter().map(|a| a.receipt_line.map(|l| l.0)).collect::<Vec<_>>())
        .bind::<Array<Nullable<Numeric>>, _>(new.iter().map(|a| a.unit_cost).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(new.iter().map(|a| a.currency.clone()).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(new.iter().map(|a| a.received_by.map(|p| p.0)).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(new.iter().map(|a| a.lot.clone()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(new.iter().map(|a| a.country.clone()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Date>>, _>(new.iter().map(|a| a.warranty_ends).collect::<Vec<_>>())
        .bind::<Array<BigInt>, _>((0..new.len() as i64).collect::<Vec<_>>())
        .bind::<Timestamptz, _>(at)
        .execute(tx.conn).await;
    match inserted {
        Ok(_) => {}
        Err(Error::DatabaseError(DatabaseErrorKind::UniqueViolation, info)) if info.constraint_name() == Some("asset_serial") => {
            return Err(Problem::refused("serial-taken", "That serial is here already", format!("Somebody entered {} a moment ago. Scan it to see which asset it is.", serials.join(", "))).with_field("serials", "entered a moment ago"));
        }
        Err(other) => return Err(other.into()),
    }
    diesel::sql_query("select rules.make_ports($1)").bind::<Array<SqlUuid>, _>(&ids).execute(tx.conn).await?;
    tx.also_about_all("asset", &ids).await?;
    Ok(entered)
}

/// Refuses a serial that an asset of the models' manufacturers has, naming that asset.
pub async fn refuse_known(conn: &mut AsyncPgConnection, serials: &[String], models: &[uuid::Uuid]) -> Result<()> {
    match known(conn, serials, models).await?.first() {
        Some(holder) => Err(taken(holder)),
        None => Ok(()),
    }
}

/// The assets of the models' manufacturers that have one of these serials.
pub async fn known(conn: &mut AsyncPgConnection, serials: &[String], models: &[uuid::Uuid]) -> Result<Vec<Holder>> {
    Ok(diesel::sql_query(
        "select a.serial, a.serial_key as key, a.tag, m.name || coalesce(' in ' || l.code, '') as whereabouts from asset a join model m on m.id = a.model_id
         left join location l on l.id = coalesce(a.location_id, a.rack_id)
         where a.status <> 'gone' and a.serial_exception is null and a.serial_key = any(select rules.serial_key(s) from unnest($1::text[]) s)
           and a.manufacturer_id in (select manufacturer_id from model where id = any($2))")
        .bind::<Array<Text>, _>(serials).bind::<Array<SqlUuid>, _>(models).load(conn).await?)
}

/// The refusal of a serial that is here.
pub fn taken(holder: &Holder) -> Problem {
    Problem::refused("serial-taken", "That serial is here already",
        format!("{} is {} ({}) already. Scanned twice? Then go on; if it really is another one, show the label to your lead.", holder.serial, holder.tag, holder.whereabouts))
        .with("asset", &holder.tag).with_field("serials", format!("{} is {} already", holder.serial, holder.tag))
}

/// The refusal of a text that stands for no serial.
pub fn placeholder(serial: &str) -> Problem {
    Problem::field("serials", format!("{serial:?} is what is printed where nobody entered a serial. Look for the real one on the label."))
}
