//! The database: pools, transactions, migrations, the embedded Postgres, reads as of a moment.

pub mod embedded;
pub mod find;
pub mod housekeeping;
pub mod migrate;
pub mod pool;
pub mod prepared;
#[rustfmt::skip]
pub mod schema;
pub mod tx;

pub use pool::{Db, Reader};
pub use prepared::RunQueryDsl;
pub use tx::Tx;
