//! Reading what left as CSV or XLSX.

use std::io::Cursor;

use calamine::{Reader, Xlsx};

use crate::Response;

/// Rows of cells as text, the head first.
#[derive(Debug, PartialEq, Eq)]
pub struct Sheet(pub Vec<Vec<String>>);

impl Sheet {
    /// The cells below a head.
    #[track_caller]
    pub fn column(&self, head: &str) -> Vec<&str> {
        let at = self.0[0].iter().position(|h| h == head).unwrap_or_else(|| panic!("no column {head} in {:?}", self.0[0]));
        self.0[1..].iter().map(|row| row[at].as_str()).collect()
    }

    /// How many rows there are below the head.
    pub fn len(&self) -> usize {
        self.0.len() - 1
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Response {
    /// The answer read as CSV by another program's rules.
    #[track_caller]
    pub fn csv(&self) -> Sheet {
        assert!(self.is_ok() && self.header("content-type").is_some_and(|t| t.starts_with("text/csv")), "{self}");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(self.bytes());
        Sheet(reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect())
    }

    /// The first sheet of the answer, which must hold no formula.
    #[track_caller]
    pub fn xlsx(&self) -> Sheet {
        assert!(self.is_ok() && self.header("content-type").is_some_and(|t| t.contains("spreadsheetml")), "{self}");
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(self.bytes().to_vec())).unwrap_or_else(|e| panic!("not a workbook ({e}): {} bytes", self.bytes().len()));
        let first = book.sheet_names()[0].clone();
        assert!(book.worksheet_formula(&first).unwrap().cells().all(|(_, _, formula)| formula.is_empty()), "a formula is in the sheet");
        let sheet = book.worksheet_range(&first).unwrap();
        Sheet(sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect())
    }
}
