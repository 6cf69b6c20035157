//! What the API promises, one file for each noun or promise.

#![allow(clippy::unwrap_used)]

mod access;
mod approvals;
mod bad_files;
mod bad_input;
mod buying;
mod company;
mod contracts;
mod dock;
mod docs;
mod documents;
mod export;
mod home;
mod imports;
mod invoice_money;
mod invoice_rules;
mod invoices;
mod inventory;
mod ledger;
mod licences;
mod network;
mod operation;
mod order_paper;
mod organisation;
mod pages;
mod procurement;
mod quotes;
mod racks;
mod receiving;
mod requisitions;
mod returns;
mod rules;
mod scan;
mod schema;
mod spend;
mod commitments;
mod sending;
mod stock;
mod structure;
mod time;
mod vendors;
mod walk;
