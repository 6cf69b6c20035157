//! `quartermaster verify`: rebuilds the tree from the events and rows as they stand, and names the first that was touched from behind.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Binary, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::merkle::{self, Tree};
use super::{note, seal};
use crate::db::RunQueryDsl;
use crate::http::Result;

const BATCH: i64 = 1000;

/// What verification found.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything sealed is as it was: this many events, under this head.
    Intact { events: u64, unsealed: i64, head: Option<String> },
    /// The first thing that is not.
    Touched(String),
}

#[derive(diesel::QueryableByName)]
struct Sealed {
    #[diesel(sql_type = BigInt)]
    position: i64,
    #[diesel(sql_type = SqlUuid)]
    event_id: Uuid,
    #[diesel(sql_type = Binary)]
    digest: Vec<u8>,
    #[diesel(sql_type = Nullable<Binary>)]
    now: Option<Vec<u8>>,
    #[diesel(sql_type = Text)]
    action: String,
    #[diesel(sql_type = Timestamptz)]
    at: DateTime<Utc>,
}

#[derive(diesel::QueryableByName)]
struct Head {
    #[diesel(sql_type = BigInt)]
    tree_size: i64,
    #[diesel(sql_type = Binary)]
    root: Vec<u8>,
    #[diesel(sql_type = Text)]
    note: String,
}

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(diesel::QueryableByName)]
struct Stray {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Reads everything. `progress` is told how many events were checked.
pub async fn verify(conn: &mut AsyncPgConnection, mut progress: impl FnMut(u64)) -> Result<Verdict> {
    let key = note::public(&seal::key(conn).await?);
    let heads: Vec<Head> = diesel::sql_query("select tree_size, root, note from ledger.checkpoint order by tree_size").load(conn).await?;
    let mut heads_left = heads.iter().peekable();
    let mut tree = Tree::default();
    loop {
        let batch: Vec<Sealed> = diesel::sql_query(
            "with batch as materialized (select position, event_id, digest from ledger.leaf where position >= $1 order by position limit $2)
             select l.position, l.event_id, l.digest, d.digest as now, coalesce(e.action, '') as action, coalesce(e.at, now()) as at
             from batch l left join event e on e.id = l.event_id left join ledger.event_digests(array(select event_id from batch)) d on d.event_id = l.event_id order by l.position")
            .bind::<BigInt, _>(tree.size() as i64).bind::<BigInt, _>(BATCH).load(conn).await?;
        if batch.is_empty() {
            break;
        }
        for leaf in batch {
            if leaf.position as u64 != tree.size() {
                return Ok(Verdict::Touched(format!("leaf {} is missing", tree.size())));
            }
            match &leaf.now {
                None => return Ok(Verdict::Touched(format!("event {} (leaf {}) was removed", leaf.event_id, leaf.position))),
                Some(now) if *now != leaf.digest => {
                    return Ok(Verdict::Touched(format!("event {} ({} at {}, leaf {}), or a row version that it opened or closed, was changed", leaf.event_id, leaf.action, leaf.at.to_rfc3339(), leaf.position)));
                }
                Some(_) => {}
            }
            tree.push(merkle::leaf(&leaf.digest));
            while let Some(head) = heads_left.next_if(|h| h.tree_size as u64 == tree.size()) {
                let root = tree.root();
                if head.root != root || !note::is_signed(&head.note, &key, tree.size(), &root) {
                    return Ok(Verdict::Touched(format!("the signed head of {} events does not fit its leaves", head.tree_size)));
                }
            }
        }
        progress(tree.size());
    }
    if let Some(head) = heads_left.next() {
        return Ok(Verdict::Touched(format!("the leaves after {} are missing: a signed head covers {}", tree.size(), head.tree_size)));
    }
    if let Some(stray) = rows_without_event(conn).await? {
        return Ok(Verdict::Touched(stray));
    }
    let unsealed: Count = diesel::sql_query("select count(*) as count from event e where not exists (select 1 from ledger.leaf l where l.event_id = e.id)").get_result(conn).await?;
    Ok(Verdict::Intact { events: tree.size(), unsealed: unsealed.count, head: heads.into_iter().next_back().map(|h| h.note) })
}

/// A row, live or past, whose event is not in the ledger: put there with the triggers switched off.
pub async fn rows_without_event(conn: &mut AsyncPgConnection) -> Result<Option<String>> {
    #[derive(diesel::QueryableByName)]
    struct Table {
        #[diesel(sql_type = Text)]
        table_name: String,
    }
    let tables: Vec<Table> = diesel::sql_query("select table_name from ledger.tracked order by table_name").load(conn).await?;
    for Table { table_name: t } in tables {
        let strays: Vec<Stray> = diesel::sql_query(format!(
            "select '{t} ' || id || ' names event ' || event || ', which the ledger does not have' as line from (
               select id, opened_by as event from public.\"{t}\" union all select id, opened_by from history.\"{t}\" union all select id, closed_by from history.\"{t}\") r
             where not exists (select 1 from event e where e.id = r.event) limit 1")).load(conn).await?;
        if let Some(stray) = strays.into_iter().next() {
            return Ok(Some(stray.line));
        }
    }
    Ok(None)
}
