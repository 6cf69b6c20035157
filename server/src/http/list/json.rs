//! A page as JSON. Postgres makes each row's object; the server only joins them.

use actix_web::HttpResponse;
use tokio_postgres::types::ToSql;

use super::query::{DEFAULT_LIMIT, Query};
use super::spec::List;
use super::sql::{self, Statement};
use crate::db::Db;
use crate::http::Result;

pub async fn answer(db: &Db, list: &List, asked: &Query) -> Result<HttpResponse> {
    let limit = asked.limit.unwrap_or(DEFAULT_LIMIT);
    // One more than the page, to know whether there is another.
    let statement = sql::page(list, asked, limit + 1)?;
    let client = db.rows(asked.as_of).await?;
    let rows = client.query(&client.prepare_cached(&statement.text).await?, &parameters(&statement)).await?;

    let mut body = String::with_capacity(64 + rows.iter().take(1).map(|r| r.get::<_, &str>(0).len() + 16).sum::<usize>() * limit);
    body.push_str("{\"items\":[");
    for (n, row) in rows.iter().take(limit).enumerate() {
        if n > 0 {
            body.push(',');
        }
        body.push_str(row.get(0));
    }
    body.push_str("],\"next_cursor\":");
    let last = (rows.len() > limit).then(|| rows.get(limit - 1)).flatten();
    match last {
        Some(row) => {
            let values: Vec<Option<String>> = (1..row.len()).map(|n| row.get(n)).collect();
            body.push('"');
            body.push_str(&sql::encode(asked, &values));
            body.push('"');
        }
        None => body.push_str("null"),
    }
    body.push_str(",\"total\":");
    if asked.count {
        let statement = sql::total(list, asked);
        let count: i64 = client.query_one(&client.prepare_cached(&statement.text).await?, &parameters(&statement)).await?.get(0);
        body.push_str(&count.to_string());
    } else {
        body.push_str("null");
    }
    body.push('}');
    Ok(HttpResponse::Ok().content_type("application/json").insert_header(("Cache-Control", "private, no-cache")).body(body))
}

pub fn parameters(statement: &Statement) -> Vec<&(dyn ToSql + Sync)> {
    statement.values.iter().map(|v| v as &(dyn ToSql + Sync)).collect()
}
