//! Forms of single vendors that no standard describes.

use super::{Field, Meaning, mac};

pub fn read(text: &str) -> Option<(Vec<Field>, Meaning)> {
    cisco(text).or_else(|| lenovo(text)).or_else(|| labelled_mac(text)).or_else(|| lcsc(text)).or_else(|| tme(text))
}

/// Cisco's unique device identifier: `PID:C9300-48P,VID:V02,SN:FOC2231X0AB`, padded with blanks at will, VID possibly empty.
fn cisco(text: &str) -> Option<(Vec<Field>, Meaning)> {
    if !text.trim_start().starts_with("PID") {
        return None;
    }
    let fields: Vec<Field> = text.split(',').map(|part| part.split_once(':').map(|(id, value)| Field::new(id.trim(), value.trim()))).collect::<Option<_>>()?;
    let value = |id: &str| fields.iter().find(|f| f.id == id).map(|f| f.value.clone()).filter(|v| !v.is_empty());
    let meaning = Meaning { part_number: Some(value("PID")?), serials: vec![value("SN")?], ..Meaning::default() };
    Some((fields, meaning))
}

/// Lenovo's 1S: ten characters of machine type and model (seven before 2013), then eight (seven) of serial.
fn lenovo(text: &str) -> Option<(Vec<Field>, Meaning)> {
    let value = text.strip_prefix("1S")?;
    if !value.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) {
        return None;
    }
    let (model, serial) = match value.len() {
        18 => value.split_at(10),
        14 => value.split_at(7),
        _ => return None,
    };
    Some((vec![Field::new("1S", value)], Meaning { part_number: Some(model.to_owned()), serials: vec![serial.to_owned()], ..Meaning::default() }))
}

fn labelled_mac(text: &str) -> Option<(Vec<Field>, Meaning)> {
    let value = ["MAC:", "MAC ", "MAC=", "mac:"].iter().find_map(|label| text.strip_prefix(label))?;
    Some((Vec::new(), Meaning { mac: Some(mac::mac(value.trim())?), ..Meaning::default() }))
}

/// LCSC: `{pbn:…,on:…,pc:…,pm:…,qty:…}`, which only looks like JSON.
fn lcsc(text: &str) -> Option<(Vec<Field>, Meaning)> {
    let inner = text.strip_prefix('{')?.strip_suffix('}')?;
    let fields: Vec<Field> = inner.split(',').filter_map(|part| part.split_once(':').map(|(id, value)| Field::new(id.trim(), value.trim()))).collect();
    let value = |id: &str| fields.iter().find(|f| f.id == id).map(|f| f.value.clone()).filter(|v| !v.is_empty());
    let meaning = Meaning { part_number: Some(value("pm").or_else(|| value("pc"))?), quantity: Some(value("qty")?.parse().ok()?), supplier_order: value("on"), ..Meaning::default() };
    Some((fields, meaning))
}

/// TME: `QTY:1 PN:… PO:… CPO:… MPN:…`
fn tme(text: &str) -> Option<(Vec<Field>, Meaning)> {
    if !text.starts_with("QTY:") {
        return None;
    }
    let fields: Vec<Field> = text.split(' ').filter_map(|part| part.split_once(':')).filter(|(id, _)| id.bytes().all(|b| b.is_ascii_uppercase())).map(|(id, value)| Field::new(id, value)).collect();
    let value = |id: &str| fields.iter().find(|f| f.id == id).map(|f| f.value.clone()).filter(|v| !v.is_empty());
    let meaning = Meaning { part_number: Some(value("MPN").or_else(|| value("PN"))?), quantity: value("QTY").and_then(|q| q.parse().ok()), purchase_order: value("CPO"), supplier_order: value("PO"), ..Meaning::default() };
    Some((fields, meaning))
}
