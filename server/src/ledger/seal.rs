//! Sealing: takes the events whose transactions are surely finished into the Merkle tree and signs its head.

use std::time::Duration;

use diesel::sql_types::{BigInt, Binary, Bool, Integer, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::merkle::{self, Hash, Tree, peak_places};
use super::note;
use crate::auth::keys;
use crate::db::{Db, RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ledger::Actor;

const INTERVAL: Duration = Duration::from_secs(10);
const BATCH: i32 = 1000;

#[derive(diesel::QueryableByName)]
struct Ready {
    #[diesel(sql_type = SqlUuid)]
    event_id: Uuid,
    #[diesel(sql_type = Binary)]
    digest: Vec<u8>,
}

#[derive(diesel::QueryableByName)]
struct Taken {
    #[diesel(sql_type = Bool)]
    taken: bool,
}

#[derive(diesel::QueryableByName)]
struct Size {
    #[diesel(sql_type = BigInt)]
    size: i64,
}

#[derive(diesel::QueryableByName)]
struct Node {
    #[diesel(sql_type = Binary)]
    hash: Vec<u8>,
}

/// Seals every ten seconds until the task is ended. Any number of servers may run it: one at a time seals.
pub async fn keep_sealing(db: Db) {
    loop {
        tokio::time::sleep(INTERVAL).await;
        loop {
            match seal(&db).await {
                Ok(sealed) if sealed == BATCH as usize => {}
                Ok(_) => break,
                Err(problem) => {
                    tracing::warn!(%problem, "sealing failed; it is tried again");
                    break;
                }
            }
        }
    }
}

/// Seals up to a thousand events and returns how many; none when another server is at it.
pub async fn seal(db: &Db) -> Result<usize> {
    let mut conn = db.writer().await?;
    let secret = key(&mut conn).await?;
    let tx = Tx::begin(&mut conn, Actor::system("seal")).await?;
    let done = append(tx.conn, &secret).await;
    match done {
        Ok(sealed) => tx.commit().await.map(|()| sealed),
        Err(problem) => {
            tx.rollback().await;
            Err(problem)
        }
    }
}

async fn append(conn: &mut AsyncPgConnection, secret: &[u8; 32]) -> Result<usize> {
    let turn: Taken = diesel::sql_query("select pg_try_advisory_xact_lock(7236411) as taken").get_result(conn).await?;
    if !turn.taken {
        return Ok(0);
    }
    let ready: Vec<Ready> = diesel::sql_query("select event_id, digest from ledger.to_seal($1)").bind::<Integer, _>(BATCH).load(conn).await?;
    if ready.is_empty() {
        return Ok(0);
    }
    let mut tree = load(conn).await?;
    let (mut levels, mut positions, mut hashes) = (Vec::new(), Vec::new(), Vec::new());
    let first = tree.size();
    for event in &ready {
        for (level, position, hash) in tree.push(merkle::leaf(&event.digest)) {
            levels.push(level as i32);
            positions.push(position as i64);
            hashes.push(hash.to_vec());
        }
    }
    diesel::sql_query("insert into ledger.leaf (position, event_id, digest) select $1 + n - 1, e, d from unnest($2::uuid[], $3::bytea[]) with ordinality as t (e, d, n)")
        .bind::<BigInt, _>(first as i64)
        .bind::<diesel::sql_types::Array<SqlUuid>, _>(ready.iter().map(|r| r.event_id).collect::<Vec<_>>())
        .bind::<diesel::sql_types::Array<Binary>, _>(ready.iter().map(|r| r.digest.clone()).collect::<Vec<_>>())
        .execute(conn).await?;
    diesel::sql_query("insert into ledger.node (level, position, hash) select l, p, h from unnest($1::int[], $2::bigint[], $3::bytea[]) as t (l, p, h)")
        .bind::<diesel::sql_types::Array<Integer>, _>(levels).bind::<diesel::sql_types::Array<BigInt>, _>(positions).bind::<diesel::sql_types::Array<Binary>, _>(hashes)
        .execute(conn).await?;
    let root = tree.root();
    diesel::sql_query("insert into ledger.checkpoint (tree_size, root, note) values ($1, $2, $3)")
        .bind::<BigInt, _>(tree.size() as i64).bind::<Binary, _>(root.to_vec()).bind::<Text, _>(note::sign(secret, tree.size(), &root)).execute(conn).await?;
    Ok(ready.len())
}

/// The tree as it stands, from its perfect subtrees.
async fn load(conn: &mut AsyncPgConnection) -> Result<Tree> {
    let size: Size = diesel::sql_query("select coalesce(max(position) + 1, 0) as size from ledger.leaf").get_result(conn).await?;
    let mut hashes = Vec::new();
    for (level, position) in peak_places(size.size as u64) {
        let node: Node = diesel::sql_query("select hash from ledger.node where level = $1 and position = $2")
            .bind::<Integer, _>(level as i32).bind::<BigInt, _>(position as i64).get_result(conn).await?;
        hashes.push(to_hash(&node.hash)?);
    }
    Ok(Tree::from_peaks(size.size as u64, hashes))
}

pub fn to_hash(bytes: &[u8]) -> Result<Hash> {
    bytes.try_into().map_err(|_| Problem::internal("a stored hash is not 32 bytes"))
}

/// The key that signs the heads.
pub async fn key(conn: &mut AsyncPgConnection) -> Result<[u8; 32]> {
    keys::load(conn, "checkpoint").await?.as_slice().try_into().map_err(|_| Problem::internal("the checkpoint key is not 32 bytes"))
}
