//! What a label says about a record.

use diesel::sql_types::{Array, Nullable, Text};
use diesel_async::AsyncPgConnection;
use labels::layout::{LabelData, LabelKind};

use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};

#[derive(diesel::QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Nullable<Text>)]
    first: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    second: Option<String>,
}

/// The labels of these codes, in their order. Refuses a code that is not there.
pub async fn of(conn: &mut AsyncPgConnection, kind: LabelKind, codes: &[String]) -> Result<Vec<LabelData>> {
    let sql = match kind {
        LabelKind::Asset => "select a.tag as code, m.name as title, 'S/N ' || a.serial as first, t.code || ' ' || t.name as second from asset a join model m on m.id = a.model_id join team t on t.id = a.team_id where a.tag = any($1)",
        LabelKind::Bin => "select l.code, l.name as title, l.bin_kind as first, null as second from location l where l.kind <> 'rack' and l.code = any($1)",
        LabelKind::Rack => "select l.code, l.name as title, p.code || ' ' || p.name as first, null as second from location l left join location p on p.id = l.parent_id where l.kind = 'rack' and l.code = any($1)",
    };
    let codes: Vec<String> = codes.iter().map(|c| c.trim().to_uppercase()).collect();
    let rows: Vec<Row> = diesel::sql_query(sql).bind::<Array<Text>, _>(&codes).load(conn).await?;
    codes.iter().map(|code| {
        let row = rows.iter().find(|r| r.code == *code).ok_or_else(|| Problem::unknown("codes", match kind { LabelKind::Asset => "asset", LabelKind::Bin => "bin", LabelKind::Rack => "rack" }, code))?;
        Ok(LabelData { kind, code: row.code.clone(), title: row.title.clone(), lines: [row.first.clone(), row.second.clone()].into_iter().flatten().collect() })
    }).collect()
}
