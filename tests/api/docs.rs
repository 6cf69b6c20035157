//! The documents say what is there: paths of the API, problems, files, and names in the code that they mention exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tests::{TestApp, binary};

const FOLDERS: [&str; 9] = ["server/", "labels/", "web/", "tests/", "migrations/", "bench/", "docs/", "docker/", "scripts/"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Every file below a folder with this ending.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display())) {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.ends_with("node_modules") && !path.ends_with("dist") {
            found.extend(files(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// README.md and docs/, each by its path and its text.
fn documents() -> Vec<(PathBuf, String)> {
    let mut all = files(&root().join("docs"), ".md");
    assert!(all.len() >= 8, "documents are missing: {all:?}");
    all.push(root().join("README.md"));
    all.into_iter().map(|path| (path.clone(), fs::read_to_string(&path).unwrap())).collect()
}

/// What stands between single backticks in a line.
fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn is_slug(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

/// The first literal behind each occurrence of `before`, on its line.
fn literals_behind<'a>(text: &'a str, before: &str, quote: char) -> Vec<&'a str> {
    text.lines().flat_map(|line| line.match_indices(before).filter_map(|(at, _)| line[at + before.len()..].split(quote).nth(1)).collect::<Vec<_>>()).collect()
}

/// Every kind of problem that the server's code or the database's rules can name.
fn problems_in_code() -> BTreeSet<String> {
    let mut slugs = BTreeSet::new();
    for path in files(&root().join("server/src"), ".rs") {
        let text = fs::read_to_string(&path).unwrap();
        let mut calls = vec!["Problem::new(", "Problem::refused("];
        match path.file_name().unwrap().to_str().unwrap() {
            "problem.rs" => calls.push("Self::new("),
            "body.rs" => calls.push("bad("),
            "constraints.rs" => calls.push("=> ("),
            _ => {}
        }
        slugs.extend(calls.iter().flat_map(|call| literals_behind(&text, call, '"')).filter(|s| is_slug(s)).map(str::to_owned));
    }
    for path in files(&root().join("migrations"), "up.sql") {
        slugs.extend(literals_behind(&fs::read_to_string(&path).unwrap(), "constraint = ", '\'').iter().filter_map(|s| s.strip_prefix("qm-")).map(str::to_owned));
    }
    assert!(slugs.len() > 60, "the problems in the code were not found: {slugs:?}");
    slugs
}

#[test]
fn the_problems_of_the_api_are_those_in_the_code() {
    let text = fs::read_to_string(root().join("docs/api.md")).unwrap();
    let (_, rest) = text.split_once("\n## Refusals").unwrap();
    let (section, _) = rest.split_once("\n## ").unwrap();
    let table = section.lines().filter(|l| l.starts_with("| 4") || l.starts_with("| 5"));
    let named: BTreeSet<String> = table.flat_map(|l| quoted(l).filter(|q| is_slug(q) && *q != "errors" && *q != "request_id").map(str::to_owned).collect::<Vec<_>>()).collect();
    let there = problems_in_code();
    let gone: Vec<_> = named.difference(&there).collect();
    let missing: Vec<_> = there.difference(&named).collect();
    assert!(gone.is_empty(), "docs/api.md names problems that no code makes: {gone:?}");
    assert!(missing.is_empty(), "docs/api.md does not name these problems, see its table under Refusals: {missing:?}");
}

/// Paths of the API in a text: in full, or as the examples write them.
fn api_paths(text: &str) -> BTreeSet<String> {
    let text = text.replace("$BASE/", "/api/v1/");
    let in_path = |c: char| c.is_ascii_alphanumeric() || "/{}_.:-".contains(c);
    text.match_indices("/api/v1/").map(|(at, _)| text[at..].chars().take_while(|c| in_path(*c)).collect::<String>().trim_end_matches(['.', ':', '/']).to_owned()).filter(|p| p != "/api/v1").collect()
}

fn is_path_of(path: &str, pattern: &str) -> bool {
    let (path, pattern): (Vec<&str>, Vec<&str>) = (path.split('/').collect(), pattern.split('/').collect());
    path.len() == pattern.len() && path.iter().zip(&pattern).all(|(p, q)| q.starts_with('{') || p == q)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_path_of_the_api_in_the_documents_is_there() {
    let app = TestApp::start().await;
    let operations = app.operations().await;
    let mut seen = 0;
    for (document, text) in documents() {
        for path in api_paths(&text) {
            seen += 1;
            assert!(operations.iter().any(|o| is_path_of(&path, &o.path)), "{} names {path}, which the API does not have", document.display());
        }
    }
    assert!(seen > 40, "only {seen} paths were found");
}

#[test]
fn every_file_that_the_documents_name_is_there() {
    let mut seen = 0;
    for (document, text) in documents() {
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next()).filter(|l| !l.starts_with("http")).map(|l| document.parent().unwrap().join(l.split('#').next().unwrap()));
        let files = text.lines().flat_map(quoted).filter(|q| FOLDERS.iter().any(|f| q.starts_with(f)) && !q.contains([' ', '*'])).map(|q| root().join(q));
        for file in links.chain(files) {
            seen += 1;
            assert!(file.exists(), "{} names {}, which is not there", document.display(), file.display());
        }
    }
    assert!(seen > 80, "only {seen} files were found");
}

#[test]
fn every_section_that_the_documents_link_to_is_there() {
    for (document, text) in documents() {
        for link in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let Some((file, section)) = link.split_once('#').filter(|_| !link.starts_with("http")) else { continue };
            let target = fs::read_to_string(document.parent().unwrap().join(file)).unwrap();
            let there = target.lines().filter_map(|l| l.strip_prefix("## ")).any(|heading| heading.to_lowercase().replace(' ', "-") == section);
            assert!(there, "{} links to {link}, which has no such section", document.display());
        }
    }
}

#[test]
fn every_setting_is_in_the_operators_table_and_none_that_is_not() {
    let help = Command::new(binary()).args(["serve", "--help"]).output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let text = fs::read_to_string(root().join("docs/operating.md")).unwrap();
    let table: BTreeSet<(&str, &str)> = text.lines().filter(|l| l.starts_with("| `--")).map(|l| { let mut cells = quoted(l); (cells.next().unwrap(), cells.next().unwrap()) }).collect();
    let said: BTreeSet<(&str, &str)> = help.lines().filter_map(|l| Some((l.trim_start().split(' ').next()?, l.split("[env: ").nth(1)?.split(['=', ']']).next()?))).collect();
    assert_eq!(table, said);
}

#[test]
fn every_name_in_the_architecture_is_in_the_code() {
    let folders = [("server/src", ".rs"), ("labels", ".rs"), ("tests", ".rs"), ("migrations", ".sql")];
    let code: String = folders.iter().flat_map(|(folder, ending)| files(&root().join(folder), ending)).filter(|f| !f.ends_with("docs.rs")).map(|f| fs::read_to_string(f).unwrap()).collect();
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let names: BTreeSet<&str> = text.lines().flat_map(quoted).filter(|q| q.contains('_') && q.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')).collect();
    assert!(names.len() > 40, "{names:?}");
    let unknown: Vec<_> = names.iter().filter(|n| !code.contains(**n)).collect();
    assert!(unknown.is_empty(), "docs/architecture.md names {unknown:?}, which no code does");
    let folders = text.lines().flat_map(quoted).filter(|q| q.starts_with("2026-"));
    for migration in folders {
        assert!(root().join("migrations").join(migration).is_dir(), "there is no migration {migration}");
    }
}
