//! Reading a CSV file: its encoding, its delimiter, its header, and each row as the JSON that an operation takes.

use std::collections::HashSet;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::http::{Problem, Result, body};

/// The most rows of one file.
pub const MOST_ROWS: usize = 50_000;

/// How a cell is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    Text,
    /// A whole number.
    Integer,
    /// An exact decimal number, such as an amount; `.` before the fraction.
    Decimal,
    /// A count or a length.
    Quantity,
    /// yes or no, true or false, 1 or 0.
    Boolean,
}

/// A column that a file may have.
#[derive(Clone, Copy, Debug, serde::Serialize, utoipa::ToSchema)]
pub struct Column {
    pub name: &'static str,
    pub cell: Cell,
    pub required: bool,
    pub example: &'static str,
}

/// One row, with the line that it began on.
pub struct Row {
    pub line: u64,
    cells: std::result::Result<Map<String, Value>, Problem>,
}

impl Row {
    /// Its cells by column; what is wrong with the row where it could not be read.
    pub fn cells(&self) -> std::result::Result<&Map<String, Value>, &Problem> {
        self.cells.as_ref()
    }

    /// The row as what an operation takes. Refuses with the column's name.
    pub fn read<T: DeserializeOwned>(self) -> Result<T> {
        let cells = self.cells?;
        body::parse(&serde_json::to_vec(&cells).map_err(Problem::internal)?)
    }
}

/// Reads a file. Refused as a whole: another encoding than UTF-8, a NUL, a header with unknown, missing or repeated columns, too many rows.
/// What is wrong with a single row is kept for that row.
pub fn read(bytes: &[u8], columns: &[Column]) -> Result<Vec<Row>> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|e| {
        let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        Problem::field("file", format!("Line {line} is not UTF-8. Save the file as \"CSV UTF-8\"."))
    })?;
    if let Some(at) = text.find('\0') {
        return Err(Problem::field("file", format!("Line {} holds a NUL character, which no text here can hold.", text[..at].matches('\n').count() + 1)));
    }
    let first = text.lines().next().unwrap_or_default();
    if first.trim().is_empty() {
        return Err(Problem::field("file", format!("The file is empty. Its first line names the columns: {}.", names(columns))));
    }
    // What a spreadsheet writes depends on its country: , or ; or a tab.
    let delimiter = *[b',', b';', b'\t'].iter().max_by_key(|d| first.bytes().filter(|b| b == *d).count()).unwrap_or(&b',');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = header(reader.headers().map_err(|e| Problem::field("file", format!("{e}.")))?, columns)?;
    let mut rows = Vec::new();
    let (mut line, mut counted) = (1, 0);
    for record in reader.records() {
        let record = record.map_err(|e| Problem::field("file", format!("The file is not CSV: {e}.")))?;
        // Not the reader's own line: it begins a record before the \n that ends the one above.
        let begins = record.position().map_or(counted, |p| p.byte() as usize);
        let begins = begins + text[begins..].bytes().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        line += text[counted..begins].matches('\n').count() as u64;
        counted = begins;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if rows.len() == MOST_ROWS {
            return Err(Problem::field("file", format!("A file has at most {MOST_ROWS} rows. Split it.")));
        }
        rows.push(Row { line, cells: cells(&record, &header) });
    }
    Ok(rows)
}

fn names(columns: &[Column]) -> String {
    columns.iter().map(|c| c.name).collect::<Vec<_>>().join(", ")
}

/// The file's columns in their order.
fn header(record: &csv::StringRecord, columns: &[Column]) -> Result<Vec<Column>> {
    let mut seen = HashSet::new();
    let mut wrong = Vec::new();
    let mut found = Vec::new();
    for name in record {
        let name = name.trim().to_lowercase().replace([' ', '-'], "_");
        match columns.iter().find(|c| c.name == name) {
            Some(column) if seen.insert(column.name) => found.push(*column),
            Some(column) => wrong.push(format!("the column {} stands there twice", column.name)),
            None => wrong.push(format!("there is no column {name:?}")),
        }
    }
    let missing: Vec<&str> = columns.iter().filter(|c| c.required && !seen.contains(c.name)).map(|c| c.name).collect();
    if !missing.is_empty() {
        wrong.push(format!("{} is missing", missing.join(", ")));
    }
    if wrong.is_empty() {
        return Ok(found);
    }
    Err(Problem::field("header", format!("The first line does not name the columns rightly: {}. Columns: {}.", wrong.join("; "), names(columns))))
}

fn cells(record: &csv::StringRecord, header: &[Column]) -> Result<Map<String, Value>> {
    if record.len() != header.len() {
        return Err(Problem::field("row", format!("The row has {} cells and the header has {}. A cell with a delimiter in it stands in quotes.", record.len(), header.len())));
    }
    let mut cells = Map::new();
    for (column, text) in header.iter().zip(record) {
        let text = plain(text.trim());
        if text.is_empty() {
            continue;
        }
        cells.insert(column.name.to_owned(), value(column, text)?);
    }
    Ok(cells)
}

/// Our own exports write an apostrophe before what a spreadsheet would run as a formula: it is not part of the text.
fn plain(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => text,
    }
}

fn value(column: &Column, text: &str) -> Result<Value> {
    let wrong = |what: &str| Problem::field(column.name, format!("{text:?} is not {what}."));
    match column.cell {
        Cell::Text => Ok(Value::from(text)),
        Cell::Integer => text.parse::<i64>().map(Value::from).map_err(|_| wrong("a whole number")),
        Cell::Decimal => text.parse::<rust_decimal::Decimal>().map(|d| Value::from(d.to_string())).map_err(|_| wrong("a number such as 1250.00")),
        Cell::Quantity => text.parse::<serde_json::Number>().map(Value::Number).map_err(|_| wrong("a number such as 12")),
        Cell::Boolean => match text.to_lowercase().as_str() {
            "yes" | "true" | "1" => Ok(Value::from(true)),
            "no" | "false" | "0" => Ok(Value::from(false)),
            _ => Err(wrong("yes or no")),
        },
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Cell, Column, read};

    const COLUMNS: &[Column] = &[
        Column { name: "name", cell: Cell::Text, required: true, example: "" },
        Column { name: "price", cell: Cell::Decimal, required: false, example: "" },
        Column { name: "days", cell: Cell::Integer, required: false, example: "" },
    ];

    fn values(text: &str) -> Vec<(u64, Value)> {
        read(text.as_bytes(), COLUMNS).unwrap().into_iter().map(|row| (row.line, row.cells.map_or_else(|p| json!(p.detail()), Value::Object))).collect()
    }

    #[test]
    fn spreadsheets_of_every_country_are_read() {
        let one = json!({"name": "Nut, M6", "price": "0.10", "days": 5});
        for text in ["name,price,days\n\"Nut, M6\",0.10,5\n", "\u{feff}Name;Price;Days\r\nNut, M6;0.10;5\r\n", "days\tname\tprice\n5\tNut, M6\t0.10\n\n\t\t\n"] {
            let (line, value) = values(text).remove(0);
            assert_eq!((line, &value), (2, &one), "{text:?}");
            assert_eq!(values(text).len(), 1);
        }
    }

    #[test]
    fn a_formula_that_we_escaped_comes_back_as_it_was() {
        assert_eq!(values("name\n'=1+1\n'til\n")[0].1, json!({"name": "=1+1"}));
        assert_eq!(values("name\n'=1+1\n'til\n")[1].1, json!({"name": "'til"}));
    }

    #[test]
    fn a_bad_row_keeps_its_reason_and_its_line() {
        let rows = values("name,price\nA,1\nB,one\nC\nD,\"2\n\"\n");
        assert_eq!(rows.iter().map(|r| r.0).collect::<Vec<_>>(), [2, 3, 4, 5]);
        assert_eq!(rows[1].1, json!("price: \"one\" is not a number such as 1250.00."));
        assert!(rows[2].1.as_str().unwrap().contains("1 cells and the header has 2"));
    }

    #[test]
    fn a_wrong_header_is_refused_by_name() {
        for (text, says) in [("", "empty"), ("price\n1\n", "name is missing"), ("name,colour\n", "no column \"colour\""), ("name,name\n", "twice"), ("name\n\u{0}\n", "Line 2 holds a NUL")] {
            let problem = read(text.as_bytes(), COLUMNS).err().unwrap_or_else(|| panic!("{text:?} was read"));
            assert!(problem.detail().contains(says), "{}", problem.detail());
        }
        assert!(read(b"name\nok\ncaf\xe9\n", COLUMNS).err().unwrap().detail().contains("Line 3"));
    }
}
