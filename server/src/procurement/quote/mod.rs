//! Requests for quotation, the vendors' answers, and the choice between them.

pub mod answers;
pub mod choice;
pub mod quotes;
pub mod record;
pub mod routes;
