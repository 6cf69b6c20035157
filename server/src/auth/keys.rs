//! The keys that the server signs with: made once, kept in the database, the same for every server on it.

use diesel::sql_types;
use diesel_async::AsyncPgConnection;
use rand::RngCore;

use crate::db::RunQueryDsl;
use crate::http::Result;

#[derive(diesel::QueryableByName)]
struct Secret {
    #[diesel(sql_type = sql_types::Bytea)]
    secret: Vec<u8>,
}

/// The 32-byte key of a purpose (`session`, `checkpoint`); made now if there is none yet. Two servers that start at once agree on one.
pub async fn load(conn: &mut AsyncPgConnection, purpose: &str) -> Result<Vec<u8>> {
    let mut fresh = vec![0u8; 32];
    rand::rng().fill_bytes(&mut fresh);
    diesel::sql_query("insert into signing_key (purpose, secret) values ($1, $2) on conflict do nothing")
        .bind::<sql_types::Text, _>(purpose).bind::<sql_types::Bytea, _>(fresh).execute(conn).await?;
    let row: Secret = diesel::sql_query("select secret from signing_key where purpose = $1").bind::<sql_types::Text, _>(purpose).get_result(conn).await?;
    Ok(row.secret)
}
