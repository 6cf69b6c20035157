//! The organisation: the company, its teams and people, and the document they are imported from.

pub mod company;
pub mod document;
pub mod import;
pub mod lists;
pub mod people;
pub mod roles_document;
pub mod routes;
pub mod tree;
