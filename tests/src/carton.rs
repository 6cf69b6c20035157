//! What the scanner sends: the texts of `labels/tests/data/vectors.json`, and cartons made after them.

use crate::Value;

const VECTORS: &str = include_str!("../../labels/tests/data/vectors.json");

/// All vectors: `{name, raw, standard, valid, fields, meaning}`.
pub fn vectors() -> Vec<Value> {
    let mut document: Value = serde_json::from_str(VECTORS).unwrap();
    document["vectors"].as_array_mut().map(std::mem::take).unwrap_or_default()
}

/// The raw text of one vector.
pub fn vector(name: &str) -> String {
    vectors().iter().find(|v| v["name"] == name).and_then(|v| v["raw"].as_str()).unwrap_or_else(|| panic!("no vector {name}")).to_owned()
}

/// The vector of this name, one of the cartons of a single server, as if it were of this order, part and serial.
pub fn carton(name: &str, order: &str, part: &str, serial: &str) -> String {
    vector(name).replace("PO-2026-00042", order).replace("867959-B21", part).replace("CZJ0290K1M", serial)
}
