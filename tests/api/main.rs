//! What the API promises, one file for each noun or promise.

#![allow(clippy::unwrap_used)]

mod operation;
mod rules;
