//! Running statements, each prepared once for each connection. Diesel by itself prepares `sql_query` anew every time, since it cannot
//! know whether its text was put together from values; ours never is: values are bound, and a text varies by a few constants.

use diesel::QueryResult;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel_async::AsyncPgConnection;
use diesel_async::methods::{ExecuteDsl, LoadQuery};

/// A statement whose text has one shape, and which is therefore worth keeping prepared.
pub struct Kept<Q>(Q);

impl<Q: QueryFragment<Pg>> QueryFragment<Pg> for Kept<Q> {
    fn walk_ast<'b>(&'b self, pass: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        self.0.walk_ast(pass)
    }

    // Not promised by Diesel to stay, which is why its version is pinned; the test below notices when it goes.
    fn is_safe_to_cache_prepared(&self, _: &Pg) -> QueryResult<bool> {
        Ok(true)
    }
}

impl<Q> QueryId for Kept<Q> {
    type QueryId = ();
    /// The text itself is what the prepared statement is found by.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q: Query> Query for Kept<Q> {
    type SqlType = Q::SqlType;
}

/// As diesel-async's trait of this name, for statements of a fixed shape.
pub trait RunQueryDsl: Sized {
    /// All rows.
    fn load<'c, 'q, U>(self, conn: &'c mut AsyncPgConnection) -> impl Future<Output = QueryResult<Vec<U>>> + Send
    where
        U: Send + 'c,
        Self: Send + 'q,
        Kept<Self>: LoadQuery<'q, AsyncPgConnection, U> + 'q,
    {
        diesel_async::RunQueryDsl::load(Kept(self), conn)
    }

    /// The first row, or `NotFound`.
    fn get_result<'c, 'q, U>(self, conn: &'c mut AsyncPgConnection) -> impl Future<Output = QueryResult<U>> + Send
    where
        U: Send + 'c,
        Self: Send + 'q,
        Kept<Self>: LoadQuery<'q, AsyncPgConnection, U> + 'q,
    {
        diesel_async::RunQueryDsl::get_result(Kept(self), conn)
    }

    /// How many rows it touched.
    fn execute<'q>(self, conn: &mut AsyncPgConnection) -> impl Future<Output = QueryResult<usize>> + Send
    where
        Self: Send + 'q,
        Kept<Self>: ExecuteDsl<AsyncPgConnection> + 'q,
    {
        diesel_async::RunQueryDsl::execute(Kept(self), conn)
    }
}

impl<Q> RunQueryDsl for Q {}

#[cfg(test)]
mod tests {
    use diesel::sql_types::{BigInt, Text};

    use super::RunQueryDsl;
    use crate::db::Db;
    use crate::db::embedded::{Embedded, Options};

    #[derive(diesel::QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_statement_is_prepared_once_for_each_connection() -> Result<(), Box<dyn std::error::Error>> {
        let folder = tempfile::tempdir()?;
        let postgres = Embedded::start_with(folder.path(), Options { durable: false, settings: Vec::new() }).await?;
        let client = tokio_postgres::connect(postgres.url(), tokio_postgres::NoTls).await?;
        tokio::spawn(client.1);
        client.0.batch_execute("create role quartermaster_app").await?;
        let db = Db::connect(postgres.url(), 1)?;
        let mut conn = db.writer().await.map_err(|p| p.to_string())?;
        for word in ["one", "two", "three"] {
            let found: Count = diesel::sql_query("select count(*) as n from pg_class where relname = $1").bind::<Text, _>(word).get_result(&mut conn).await?;
            assert_eq!(found.n, 0);
        }
        let kept: Count = diesel::sql_query("select count(*) as n from pg_prepared_statements where statement like '%where relname = $1'").get_result(&mut conn).await?;
        assert_eq!(kept.n, 1);
        Ok(())
    }
}
