//! Files that are wrong or hostile: named, with their line, and nothing of them enters the books.

use std::io::Write;
use std::path::Path;

use tests::TestApp;

const GOOD: &str = "manufacturer: Maker\nmodel: Good\nslug: maker-good\nu_height: 1\nis_full_depth: true\ninterfaces:\n  - name: eth0\n    type: 1000base-t\n";

/// Imports a file or folder into the test's database and returns whether it went well and all that it said.
async fn import(app: &TestApp, what: &str, path: &Path) -> (bool, String) {
    app.command(&["import", what, path.to_str().unwrap()]).await
}

async fn refused(app: &TestApp, path: &Path, says: &[&str]) {
    let (ok, said) = import(app, "device-types", path).await;
    assert!(!ok, "{} was imported: {said}", path.display());
    for word in says {
        assert!(said.contains(word), "{word:?} is not in: {said}");
    }
    assert!(!said.contains("panicked"), "{said}");
    assert_eq!(app.count("select count(*) from model").await, 0, "a part of it was imported");
}

fn archive(entries: &[(&str, &[u8])]) -> tempfile::NamedTempFile {
    let file = tempfile::Builder::new().suffix(".tar.gz").tempfile().unwrap();
    let mut tar = tar::Builder::new(flate2::write::GzEncoder::new(file.reopen().unwrap(), flate2::Compression::fast()));
    for (path, bytes) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        // Past the setter, which would refuse what we want to see refused.
        header.as_mut_bytes()[..path.len()].copy_from_slice(path.as_bytes());
        header.set_cksum();
        tar.append(&header, *bytes).unwrap();
    }
    tar.into_inner().unwrap().finish().unwrap().flush().unwrap();
    file
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_that_reaches_outside_of_itself_is_refused() {
    let app = TestApp::start().await;
    for path in ["../../evil.yaml", "library/../../evil.yaml", "/tmp/evil.yaml"] {
        let archive = archive(&[("library/device-types/Maker/good.yaml", GOOD.as_bytes()), (path, GOOD.as_bytes())]);
        refused(&app, archive.path(), &["outside of the archive"]).await;
    }
    assert!(!Path::new("/tmp/evil.yaml").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bomb_is_put_out_whatever_it_is_packed_in() {
    let app = TestApp::start().await;
    // Ten levels of ten references each.
    let mut bomb = "manufacturer: Maker\nmodel: Bomb\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for n in 1..10 {
        let earlier = vec![format!("*a{}", n - 1); 10].join(", ");
        bomb.push_str(&format!("a{n}: &a{n} [{earlier}]\n"));
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("bomb.yaml");
    std::fs::write(&file, &bomb).unwrap();
    refused(&app, &file, &["bomb.yaml"]).await;
    std::fs::write(&file, format!("manufacturer: Maker\nmodel: Deep\ncomments: {}", "[".repeat(50_000))).unwrap();
    refused(&app, &file, &["bomb.yaml"]).await;
    // Zeros pack a thousand to one.
    let zeros = vec![0u8; 64 << 20];
    let bomb = archive(&[("big.yaml", &zeros)]);
    refused(&app, bomb.path(), &["big.yaml"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_file_is_named_with_its_line_and_the_good_ones_wait_for_it() {
    let app = TestApp::start().await;
    let broken: [(&str, &[u8], &[&str]); 7] = [
        ("broken.yaml", b"manufacturer: Maker\nmodel: [unclosed\n", &["broken.yaml"]),
        ("lacking.yaml", b"manufacturer: Maker\nu_height: 1\n", &["lacking.yaml", "model"]),
        ("height.yaml", b"manufacturer: Maker\nmodel: Tall\nslug: tall\nu_height: minus one\n", &["height.yaml"]),
        ("negative.yaml", b"manufacturer: Maker\nmodel: Tall\nslug: tall\nu_height: -1\n", &["negative.yaml"]),
        ("latin.yaml", b"manufacturer: Maker\nmodel: caf\xe9\n", &["latin.yaml", "UTF-8"]),
        ("nul.yaml", b"manufacturer: Maker\nmodel: a\x00b\n", &["nul.yaml", "NUL"]),
        ("empty.yaml", b"", &["empty.yaml"]),
    ];
    for (name, text, says) in broken {
        let archive = archive(&[("library/device-types/Maker/good.yaml", GOOD.as_bytes()), (&format!("library/device-types/Maker/{name}"), text)]);
        refused(&app, archive.path(), says).await;
    }
    let unclosed = archive(&[("library/device-types/Maker/broken.yaml", b"manufacturer: Maker\nmodel: X\nslug: x\nu_height: 1\ninterfaces:\n  - name: a\n    type: b\n   bad indent: here\n")]);
    let (_, said) = import(&app, "device-types", unclosed.path()).await;
    assert!(said.contains("line") || said.contains(":8") || said.contains(":7"), "no line: {said}");
    // With the good one alone it works, and twice changes nothing.
    let good = archive(&[("library/device-types/Maker/good.yaml", GOOD.as_bytes())]);
    assert!(import(&app, "device-types", good.path()).await.0);
    let events = app.count("select count(*) from model").await;
    assert!(import(&app, "device-types", good.path()).await.0);
    assert_eq!((events, app.count("select count(*) from model").await, app.count("select count(*) from history.model").await), (1, 1, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_that_is_none_is_refused_and_the_organisation_stays() {
    let app = TestApp::start().await;
    let folder = tempfile::tempdir().unwrap();
    let teams = app.count("select count(*) from team").await;
    for (name, bytes) in [("empty.md", b"".as_slice()), ("prose.md", b"# A letter\n\nDear all,\n"), ("latin.md", b"# caf\xe9\n"), ("binary.md", b"\x00\x01\x02")] {
        let file = folder.path().join(name);
        std::fs::write(&file, bytes).unwrap();
        let (ok, said) = import(&app, "org", &file).await;
        assert!(!ok && said.contains(name), "{name}: {said}");
        assert!(!said.contains("panicked"), "{said}");
    }
    assert_eq!(teams, app.count("select count(*) from team").await);
    let (ok, said) = import(&app, "org", &folder.path().join("nowhere.md")).await;
    assert!(!ok && said.contains("nowhere.md"), "{said}");
}
