//! A PDF as other programs read it: pdftotext its words, pdftoppm its pages, zbarimg the symbols on them.

use std::process::Command;

pub struct Pdf {
    folder: tempfile::TempDir,
}

impl Pdf {
    pub fn of(bytes: &[u8]) -> Self {
        assert!(bytes.starts_with(b"%PDF-"), "not a PDF: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(300)]));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("it.pdf"), bytes).unwrap();
        Self { folder }
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    /// The words of each page, laid out as they stand on it. Narrow blanks are blanks.
    pub fn pages(&self) -> Vec<String> {
        let text = run("pdftotext", "poppler-utils", &["-layout", &self.path("it.pdf"), "-"]).replace('\u{202f}', " ");
        text.split_terminator('\u{c}').map(str::to_owned).collect()
    }

    /// All words, in reading order, with one blank between them.
    pub fn words(&self) -> String {
        let text = run("pdftotext", "poppler-utils", &[&self.path("it.pdf"), "-"]).replace('\u{202f}', " ");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// What a scanner reads from one page as it is printed; pages count from 1.
    pub fn scanned(&self, page: usize) -> Vec<String> {
        let (n, picture) = (page.to_string(), self.path("page"));
        run("pdftoppm", "poppler-utils", &["-r", "200", "-png", "-singlefile", "-f", &n, "-l", &n, &self.path("it.pdf"), &picture]);
        run("zbarimg", "zbar-tools", &["-q", "--raw", &format!("{picture}.png")]).lines().map(str::to_owned).collect()
    }

    /// The pictures in it: one line for each.
    pub fn pictures(&self) -> usize {
        run("pdfimages", "poppler-utils", &["-list", &self.path("it.pdf")]).lines().skip(2).count()
    }
}

fn run(program: &str, package: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|e| panic!("{program}: {e}. Install it: apt-get install {package}"));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
