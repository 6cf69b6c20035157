//! Three or four figures of the caller's teams, with what each was in the last eight weeks.

use diesel::sql_types::{Array, BigInt, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use uuid::Uuid;

use crate::db::RunQueryDsl;
use crate::http::Result;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Figure {
    label: String,
    value: i64,
    unit: &'static str,
    /// One number a week, oldest first, the running week last; empty where there is no trend.
    trend: Vec<i64>,
    /// The page behind it.
    href: &'static str,
}

#[derive(diesel::QueryableByName)]
struct Week {
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Array<BigInt>)]
    counts: Vec<i64>,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

/// Events of each kind in each of the last eight weeks, from the ledger.
const WEEKS: &str = "
  with moment as (select coalesce(nullif(current_setting('quartermaster.as_of', true), '')::timestamptz, now()) as at)
  select a.action, array(select count(e.id) from moment m cross join generate_series(7, 0, -1) w left join event e on e.action = a.action and e.team_id = any($1)
      and e.at > m.at - (w + 1) * interval '7 days' and e.at <= m.at - w * interval '7 days' group by w order by w desc) as counts
  from unnest(array['purchase_order.receive', 'asset.place', 'licence.assign']) with ordinality a(action, n) order by a.n";

pub async fn figures(conn: &mut AsyncPgConnection, teams: Vec<Uuid>) -> Result<Vec<Figure>> {
    let in_service: Count = diesel::sql_query("select count(*) as count from asset where status = 'in_service' and team_id = any($1)").bind::<Array<SqlUuid>, _>(&teams).get_result(conn).await?;
    let weeks: Vec<Week> = diesel::sql_query(WEEKS).bind::<Array<SqlUuid>, _>(&teams).load(conn).await?;
    let mut all = vec![Figure { label: "Assets in service".to_owned(), value: in_service.count, unit: "assets", trend: Vec::new(), href: "/assets?status=in_service" }];
    for week in weeks {
        let (label, unit, href) = match week.action.as_str() {
            "purchase_order.receive" => ("Received in the last 7 days", "receipts", "/receipts"),
            "asset.place" => ("Put into racks in the last 7 days", "assets", "/racks"),
            _ => ("Seats given in the last 7 days", "seats", "/licences/assignments"),
        };
        all.push(Figure { label: label.to_owned(), value: week.counts.last().copied().unwrap_or(0), unit, trend: week.counts, href });
    }
    Ok(all)
}
