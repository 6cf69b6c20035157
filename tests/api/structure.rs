//! The code is where the map says: imports run downward only, parts of one row do not know each other, ids are in one file.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const GROUND: [&str; 5] = ["auth", "db", "http", "ids", "ledger"];

/// Each part above the ground floor, and the parts that it may use.
const PARTS: [(&str, &[&str]); 15] = [
    ("documents", &[]),
    ("mail", &[]),
    ("catalog", &[]),
    ("org", &["documents"]),
    ("inventory", &["documents", "catalog", "org"]),
    ("procurement", &["inventory", "documents", "mail", "catalog", "org"]),
    ("facilities", &["inventory", "documents", "catalog", "org"]),
    ("network", &["inventory", "documents", "catalog", "org"]),
    ("licences", &["inventory", "documents", "catalog", "org"]),
    ("printing", &[]),
    ("scan", &["procurement", "facilities", "network", "licences", "inventory", "documents", "catalog", "org"]),
    ("reports", &["procurement", "facilities", "network", "licences", "inventory", "documents", "catalog", "org", "scan"]),
    ("imports", &["procurement", "facilities", "network", "licences", "inventory", "documents", "catalog", "org"]),
    ("home", &["procurement", "facilities", "network", "licences", "inventory", "documents", "catalog", "org", "scan", "parts"]),
    ("demo", &["procurement", "facilities", "network", "licences", "inventory", "documents", "catalog", "org", "scan"]),
];

/// The one file of the ground floor that looks up: it describes all routes and lists.
const LOOKS_UP: &str = "http/openapi.rs";

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every file below `server/src` by its path there, and its text without its tests.
fn texts() -> Vec<(String, String)> {
    let mut found = Vec::new();
    files(&source(), &mut found);
    found.sort();
    found.into_iter().map(|path| {
        let text = std::fs::read_to_string(&path).unwrap();
        let product = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        (path.strip_prefix(source()).unwrap().to_str().unwrap().to_owned(), product)
    }).collect()
}

/// The modules below the crate that a text names: `crate::x::…` and `crate::{x, y::…}`.
fn names(text: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let word = |text: &str| text.trim().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect::<String>();
    for (_, rest) in text.match_indices("crate::").map(|(at, found)| text.split_at(at + found.len())) {
        match rest.strip_prefix('{') {
            None => { all.insert(word(rest)); }
            Some(group) => {
                let mut depth = 0;
                let mut start = 0;
                for (at, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' | ',' if depth == 0 => {
                            all.insert(word(&group[start..at]));
                            start = at + 1;
                            if c == '}' { break }
                        }
                        '}' => depth -= 1,
                        _ => {}
                    }
                }
            }
        }
    }
    all.remove("");
    all
}

#[test]
fn names_are_found_however_they_are_imported() {
    let text = "use crate::db::{Tx, find};\nuse crate::{org, catalog::{a, b}, http::Result};\nlet x = crate::ids::X; crate::Top::new()";
    assert_eq!(names(text).into_iter().collect::<Vec<_>>(), ["Top", "catalog", "db", "http", "ids", "org"]);
}

#[test]
fn imports_run_downward_only() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for (file, text) in texts() {
        let part = file.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
        let used = names(&text);
        let allowed = match PARTS.iter().find(|(name, _)| *name == part) {
            Some((_, below)) => *below,
            None if GROUND.contains(&part.as_str()) => &[],
            // The roof: app, cli, config, lib, main and parts may name everything.
            None => continue,
        };
        seen.insert(part.clone());
        for name in used.iter().filter(|n| **n != part && !GROUND.contains(&n.as_str()) && !allowed.contains(&n.as_str())) {
            if file != LOOKS_UP {
                wrong.push(format!("{file} imports {name}"));
            }
        }
    }
    assert!(wrong.is_empty(), "imports run downward only; put what both need on the ground floor, or call from above:\n{}", wrong.join("\n"));
    assert_eq!(seen.len(), PARTS.len() + GROUND.len(), "a part is not where the map says: {seen:?}");
}

#[test]
fn every_folder_is_on_the_map() {
    let known: BTreeSet<&str> = PARTS.iter().map(|(name, _)| *name).chain(GROUND).chain(["cli"]).collect();
    for entry in std::fs::read_dir(source()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.is_dir()) {
        let name = entry.file_name().unwrap().to_str().unwrap().to_owned();
        assert!(known.contains(name.as_str()), "{name} is a new part: say in this test and in docs/architecture.md what it may import");
    }
}

#[test]
fn ids_are_in_one_file() {
    let texts = texts();
    let ids: Vec<String> = texts.iter().find(|(file, _)| file == "ids.rs").unwrap().1.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| w.len() > 2 && w.ends_with("Id")).map(str::to_owned).collect();
    assert!(ids.len() > 20, "{ids:?}");
    for (file, text) in texts.iter().filter(|(file, _)| file != "ids.rs") {
        for line in text.lines() {
            let defines = ["pub struct ", "struct ", "pub type ", "type "].iter().find_map(|k| line.strip_prefix(k)).map(|rest| rest.chars().take_while(|c| c.is_ascii_alphanumeric()).collect::<String>());
            assert!(!defines.is_some_and(|name| name.len() > 2 && name.ends_with("Id")), "{file}: an id is defined outside of ids.rs: {line}");
        }
    }
}
