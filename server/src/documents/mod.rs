//! Documents: files that belong to a record of any part. Other parts add theirs with [`add::add`] inside their own operation.

pub mod add;
pub mod content;
pub mod lists;
pub mod media;
pub mod record;
pub mod routes;
pub mod subjects;

/// The largest file that people may send, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct Limit(pub usize);
