//! Setting indexes aside while a table is filled: built afterwards over all rows, they cost a fraction.

use std::sync::{Arc, Mutex, PoisonError};

use tokio_postgres::Client;

use crate::Tried;
use crate::site::connect;

/// Drops every index of the tables that no constraint stands on; returns what makes each again.
pub async fn set_aside(client: &Client, tables: &[&str]) -> Tried<Vec<String>> {
    let found = client.query(
        "select i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) from pg_index i
         where i.indrelid = any(select t::regclass from unnest($1::text[]) t) and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)
         order by pg_relation_size(i.indrelid) desc, i.indexrelid", &[&tables]).await?;
    for row in &found {
        client.batch_execute(&format!("drop index {}", row.get::<_, String>(0))).await?;
    }
    Ok(found.iter().map(|row| row.get(1)).collect())
}

/// Makes them again, one on each core.
pub async fn bring_back(url: &str, definitions: Vec<String>) -> Tried<()> {
    let left = Arc::new(Mutex::new(definitions));
    let builders: Vec<_> = (0..std::thread::available_parallelism().map_or(2, usize::from)).map(|_| {
        let (left, url) = (left.clone(), url.to_owned());
        tokio::spawn(async move {
            let client = connect(&url).await?;
            client.batch_execute("set maintenance_work_mem = '256MB'; set max_parallel_maintenance_workers = 0").await?;
            while let Some(definition) = next(&left) {
                client.batch_execute(&definition).await?;
            }
            Tried::Ok(())
        })
    }).collect();
    for builder in builders {
        builder.await??;
    }
    Ok(())
}

fn next(left: &Mutex<Vec<String>>) -> Option<String> {
    left.lock().unwrap_or_else(PoisonError::into_inner).pop()
}
