//! What scanners send: our own vectors, the dictionary's facts, properties, and how much of the wild is read.

use labels::scan::{self, Field};
use proptest::prelude::*;
use serde_json::Value;

const VECTORS: &str = include_str!("data/vectors.json");

#[test]
fn every_vector_is_read_or_refused_as_it_should_be() {
    let vectors: Value = serde_json::from_str(VECTORS).expect("vectors.json is JSON");
    let mut wrong = Vec::new();
    for vector in vectors["vectors"].as_array().expect("a list of vectors") {
        let name = vector["name"].as_str().unwrap_or_default();
        match (scan::parse(vector["raw"].as_str().unwrap_or_default()), vector["valid"].as_bool() == Some(true)) {
            (Ok(read), true) => {
                let fields: Vec<Value> = read.fields.iter().map(|f| serde_json::json!([f.id, f.value])).collect();
                let standard = serde_json::to_value(read.standard).unwrap_or_default();
                let meaning = serde_json::to_value(&read.meaning).unwrap_or_default();
                let mut expected = vector["meaning"].clone();
                // An empty list of serials and none are the same.
                if expected["serials"].as_array().is_some_and(Vec::is_empty) {
                    expected.as_object_mut().map(|m| m.remove("serials"));
                }
                if Value::Array(fields.clone()) != vector["fields"] || standard != vector["standard"] || meaning != expected {
                    wrong.push(format!("{name}: read {standard} {fields:?} {meaning}, expected {} {} {expected}", vector["standard"], vector["fields"]));
                }
            }
            (Err(_), false) => {}
            (Ok(read), false) => wrong.push(format!("{name}: should be refused, but was read as {read:?}")),
            (Err(error), true) => wrong.push(format!("{name}: should be read, but: {error}")),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn refusals_name_the_field_and_the_mend() {
    let refusal = |raw: &str| scan::parse(raw).map(|_| String::new()).unwrap_or_else(|e| e.to_string());
    assert!(refusal("]C1010950600013435321SN-7731").contains("AI 01"));
    assert!(refusal("]C1010950600013435321SN-7731").contains("expected 2"));
    assert!(refusal("]C10109506").contains("AI 01 takes 14 digits"));
    assert!(refusal("").contains("Nothing was scanned"));
    assert!(refusal("[)>\u{1e}06\u{1d}SCZJ\u{0}290\u{1e}\u{4}").contains("field S"));
    assert!(refusal(&"A".repeat(5000)).contains("4296 characters"));
}

#[test]
fn an_ambiguous_serial_keeps_both_readings_the_whole_text_first() {
    let read = scan::parse("SGH327SZYD").expect("a serial");
    let serials: Vec<&str> = read.candidates.iter().filter(|c| c.kind == scan::CandidateKind::Serial).map(|c| c.value.as_str()).collect();
    assert_eq!(serials, ["SGH327SZYD", "GH327SZYD"]);
}

fn shared(file: &str) -> Option<String> {
    let folder = std::env::var("QM_SHARED").ok()?;
    let path = std::path::Path::new(&folder).join(file);
    Some(std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("QM_SHARED is set, but {}: {e}", path.display())))
}

#[test]
fn the_table_of_application_identifiers_is_the_dictionarys() {
    let Some(dictionary) = shared("data/barcodes/gs1-syntax-dictionary.txt") else { return };
    let mut entries = 0;
    for line in dictionary.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit())) {
        entries += 1;
        let mut words = line.split('#').next().unwrap_or_default().split_whitespace();
        let range = words.next().unwrap_or_default();
        let (from, to) = range.split_once('-').unwrap_or((range, range));
        let ours = scan::GS1_TABLE.iter().find(|e| e.0 == from && e.1 == to).unwrap_or_else(|| panic!("AI {range} is missing"));
        let words: Vec<&str> = words.collect();
        assert_eq!(ours.2, words.first().is_some_and(|w| w.contains('*')), "AI {range}: separator");
        let rule: Vec<String> = words.iter().filter(|w| w.trim_start_matches('[').starts_with(['N', 'X', 'Y', 'Z']) && !w.contains('=')).map(|w| {
            let mut parts = w.trim_start_matches('[').split(',');
            let shape = parts.next().unwrap_or_default().trim_end_matches(']');
            let kept: String = parts.filter(|l| ["csum", "yymmd0", "yymmdd"].contains(l)).map(|l| format!(",{l}")).collect();
            format!("{}{shape}{kept}", if w.starts_with('[') { "?" } else { "" })
        }).collect();
        assert_eq!(ours.3, rule.join(" "), "AI {range}");
    }
    assert_eq!(entries, scan::GS1_TABLE.len());
}

#[test]
fn most_of_the_wild_is_read_and_none_of_it_panics() {
    let Some(wild) = shared("data/barcodes/wild.json") else { return };
    let wild: Value = serde_json::from_str(&wild).expect("wild.json is JSON");
    let mut table: std::collections::BTreeMap<String, (usize, usize, Vec<String>)> = Default::default();
    for vector in wild["vectors"].as_array().expect("a list of vectors") {
        let (raw, expect) = (vector["raw"].as_str().unwrap_or_default(), &vector["expect"]);
        let row = table.entry(vector["category"].as_str().unwrap_or_default().to_owned()).or_default();
        row.1 += 1;
        if as_expected(raw, expect) {
            row.0 += 1;
        } else {
            row.2.push(vector["id"].as_str().unwrap_or_default().to_owned());
        }
    }
    let (mut read, mut all) = (0, 0);
    for (category, (right, of, missed)) in &table {
        println!("{category:14} {right:3} of {of:3}  not: {}", missed.join(" "));
        read += right;
        all += of;
    }
    println!("in all         {read:3} of {all:3}");
    assert!(read * 100 >= all * 70, "only {read} of {all} are read as expected");
}

/// Fields where the vector names fields, candidates where it names candidates, the plain value where it names that; refusal where it expects one.
fn as_expected(raw: &str, expect: &Value) -> bool {
    let read = scan::parse(raw);
    if expect["ok"] == Value::Bool(false) {
        return read.is_err() || read.is_ok_and(|r| !r.warnings.is_empty());
    }
    let Ok(read) = read else { return false };
    if let Some(fields) = expect["fields"].as_array() {
        let ours: Vec<Value> = read.fields.iter().map(|f| serde_json::json!([f.id, f.value])).collect();
        return fields.iter().all(|f| ours.contains(f) || f[1] == "");
    }
    if let Some(candidates) = expect["candidates"].as_array() {
        return candidates.iter().all(|c| read.candidates.iter().any(|ours| c["value"].as_str().is_some_and(|v| ours.value.eq_ignore_ascii_case(v))));
    }
    let value = expect["value"].as_str().unwrap_or_default();
    value.is_empty() || read.text.eq_ignore_ascii_case(value)
        || read.candidates.iter().any(|c| c.value.eq_ignore_ascii_case(value) || c.value.replace(':', "").eq_ignore_ascii_case(&value.replace([':', '-', '.'], "")))
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(raw in "\\PC*|[\\x00-\\x1f\\x7f-\\xff]{0,40}|(\\[\\)>)?[\\x1d\\x1e\\x04A-Z0-9()^\\]]{0,60}") {
        let _ = scan::parse(&raw);
    }

    #[test]
    fn no_digits_make_it_panic(raw in "(\\]C1|\\]d2)?[0-9\\x1d]{0,60}") {
        let _ = scan::parse(&raw);
    }

    #[test]
    fn what_it_prints_it_reads_back(order in "PO-20[0-9]{2}-[0-9]{5}", part in "[A-Z0-9]{4,12}-[A-Z0-9]{2,4}", quantity in 1u32..999, serials in proptest::collection::vec("[A-Z0-9]{6,14}", 0..6)) {
        let mut fields = vec![Field::new("K", order), Field::new("1P", part), Field::new("Q", quantity.to_string())];
        fields.extend(serials.into_iter().map(|s| Field::new("S", s)));
        let read = scan::parse(&scan::format_06(&fields)).expect("our own label");
        prop_assert_eq!(read.fields, fields);
    }

    #[test]
    fn gs1_that_it_prints_it_reads_back(serial in "[A-Z0-9-]{1,20}", lot in "[A-Z0-9]{1,20}", count in 1u32..99_999_999) {
        let fields = vec![Field::new("01", "09506000134352"), Field::new("10", lot), Field::new("30", count.to_string()), Field::new("21", serial)];
        let read = scan::parse(&format!("]C1{}", scan::gs1_element_string(&fields))).expect("our own label");
        prop_assert_eq!(read.fields, fields);
    }
}
