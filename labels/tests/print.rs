//! Every printed symbol is read back by other programs: zbarimg (QR, Code 128) and dmtxread (Data Matrix).

use std::path::Path;
use std::process::Command;

use labels::drawing::Dpi;
use labels::layout::{LabelData, LabelKind};
use labels::render::{self, Sheet};
use labels::tag::AssetTag;

fn label(kind: LabelKind, code: &str) -> LabelData {
    LabelData { kind, code: code.to_owned(), title: "PowerEdge R740 with a rather long name of its model".to_owned(), lines: vec!["S/N CZJ0290K1M".to_owned(), "A-2 Inventory".to_owned()] }
}

fn labels() -> Vec<LabelData> {
    vec![label(LabelKind::Asset, AssetTag::from_number(482).as_str()), label(LabelKind::Bin, "WH1-A-01"), label(LabelKind::Rack, "DC1-H2-R12")]
}

/// What a program prints; a missing one is named with what installs it.
fn run(program: &str, package: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|e| panic!("{program}: {e}. Install it: apt-get install {package}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Every text that is read from a picture.
fn read(picture: &Path) -> Vec<String> {
    let path = picture.display().to_string();
    let bars = run("zbarimg", "zbar-tools", &["-q", "--raw", &path]);
    let matrix = run("dmtxread", "dmtx-utils", &["-n", "-m", "2000", "-N", "1", &path]);
    bars.lines().chain(matrix.lines()).map(str::to_owned).filter(|l| !l.is_empty()).collect()
}

#[test]
fn every_symbol_of_every_layout_is_read_back_from_png_at_every_resolution() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for dpi in [Dpi::D203, Dpi::D300, Dpi::D600] {
        for data in labels() {
            let path = folder.path().join(format!("{:?}-{dpi:?}.png", data.kind));
            std::fs::write(&path, render::png(&data, dpi).expect("a label")).expect("a file");
            let found = read(&path);
            let wanted = if data.kind == LabelKind::Asset { 1 } else { 2 };
            assert_eq!(found.iter().filter(|t| **t == data.code).count(), wanted, "{:?} at {dpi:?}: read {found:?}", data.kind);
        }
    }
}

#[test]
fn a_sheet_of_labels_is_read_back_from_pdf() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for data in labels() {
        let sheet = Sheet { skip: 1, copies: 2, ..Sheet::a4(data.kind) };
        let path = folder.path().join("sheet.pdf");
        std::fs::write(&path, render::pdf_sheet(std::slice::from_ref(&data), &sheet).expect("a sheet")).expect("a file");
        let page = folder.path().join("page");
        run("pdftoppm", "poppler-utils", &["-r", "300", "-png", "-singlefile", &path.display().to_string(), &page.display().to_string()]);
        let bars = run("zbarimg", "zbar-tools", &["-q", "--raw", &format!("{}.png", page.display())]);
        let found = if data.kind == LabelKind::Asset { run("dmtxread", "dmtx-utils", &["-n", "-m", "8000", "-N", "1", &format!("{}.png", page.display())]) } else { bars };
        assert!(found.contains(&data.code), "{:?}: read {found:?}", data.kind);
        let text = run("pdftotext", "poppler-utils", &["-layout", &path.display().to_string(), "-"]);
        assert_eq!(text.matches(&data.code).count(), 2, "two copies, as text: {text}");
    }
}

#[test]
fn a_thousand_labels_make_one_document() {
    let many: Vec<LabelData> = (0..1000).map(|n| label(LabelKind::Asset, AssetTag::from_number(n).as_str())).collect();
    let began = std::time::Instant::now();
    let pdf = render::pdf_sheet(&many, &Sheet::a4(LabelKind::Asset)).expect("a document");
    println!("1,000 labels: {} KiB in {:?}", pdf.len() / 1024, began.elapsed());
    assert!(pdf.starts_with(b"%PDF-"));
}

#[test]
fn markup_in_a_name_stays_text() {
    let data = LabelData { title: "<script>&\"".to_owned(), ..label(LabelKind::Asset, "A-000001-3") };
    let svg = render::svg(&data).expect("a label");
    assert!(!svg.contains("<script>") && svg.contains("&lt;script&gt;"));
}
