//! Records of many rows, such as an order with its lines: which rows are one record, the request that they become, and which row a refusal is about.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::file::Row;
use crate::http::problem::FieldError;
use crate::http::{Problem, Result, body};

/// How the rows of a subject become one request.
pub struct Shape {
    /// Rows that agree in these columns are one record.
    pub by: &'static [&'static str],
    /// Columns of a line. Every other one is of the whole record: said on its first row, and alike or left empty on the rest.
    pub of_line: &'static [&'static str],
    /// Rows that agree in all columns of a line but this one are one line, with what stands in it as a list.
    pub gathered: Option<(&'static str, &'static str)>,
}

/// One record's request.
pub struct Request {
    fields: Map<String, Value>,
    lines: Vec<Map<String, Value>>,
}

impl Request {
    /// Takes a field out that the operation does not know.
    pub fn take(&mut self, field: &str) -> Option<Value> {
        self.fields.remove(field)
    }

    /// The request as an operation takes it, its rows in `lines`.
    pub fn read<T: DeserializeOwned>(mut self) -> Result<T> {
        self.fields.insert("lines".to_owned(), self.lines.into_iter().map(Value::Object).collect());
        body::parse(&serde_json::to_vec(&self.fields).map_err(Problem::internal)?)
    }
}

/// Rows that are one record; where each line of its request came from.
pub struct Group {
    pub rows: Vec<Row>,
    origin: Vec<usize>,
}

/// The rows of each record together, in the order in which the records begin.
pub fn group(rows: Vec<Row>, by: &[&str]) -> Vec<Group> {
    let mut groups: Vec<(Option<Vec<String>>, Group)> = Vec::new();
    let mut places = std::collections::HashMap::new();
    for row in rows {
        let key = row.cells().ok().map(|cells| by.iter().map(|b| cells.get(*b).map(Value::to_string).unwrap_or_default()).collect::<Vec<_>>());
        match key.as_ref().and_then(|k| places.get(k)) {
            Some(&at) => {
                let (_, group): &mut (_, Group) = &mut groups[at];
                group.rows.push(row);
            }
            None => {
                if let Some(key) = &key {
                    places.insert(key.clone(), groups.len());
                }
                groups.push((key, Group { rows: vec![row], origin: Vec::new() }));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

impl Group {
    /// A row that is a record by itself.
    pub fn of(row: Row) -> Self {
        Self { rows: vec![row], origin: Vec::new() }
    }

    /// The request that the rows become. Refuses, for one row, what it says otherwise than the first.
    pub fn request(&mut self, shape: &Shape) -> std::result::Result<Request, (usize, Problem)> {
        let mut fields = Map::new();
        let mut lines: Vec<Map<String, Value>> = Vec::new();
        let first = self.rows.first().map_or(0, |r| r.line);
        for (n, row) in self.rows.iter().enumerate() {
            let mut line = Map::new();
            let mut gathered = None;
            for (name, value) in row.cells().map_err(|p| (n, p.clone()))? {
                if shape.gathered.is_some_and(|(column, _)| column == name) {
                    gathered = Some(value.clone());
                } else if shape.of_line.contains(&name.as_str()) {
                    line.insert(name.strip_prefix("line_").unwrap_or(name).to_owned(), value.clone());
                } else if let Some(before) = fields.insert(name.clone(), value.clone()).filter(|before| before != value) {
                    return Err((n, Problem::field(name, format!("It says {value} here and {before} above; the rows of one record, which begins on line {first}, agree. Mend one, or leave it out."))));
                }
            }
            let list = shape.gathered.map(|(_, list)| list);
            if let (Some(list), Some(value)) = (list, gathered) {
                let same = lines.iter_mut().find(|l| l.contains_key(list) && l.iter().filter(|(k, _)| *k != list).eq(line.iter()));
                if let Some(Value::Array(values)) = same.and_then(|l| l.get_mut(list)) {
                    values.push(value);
                    continue;
                }
                line.insert(list.to_owned(), Value::Array(vec![value]));
            }
            lines.push(line);
            self.origin.push(n);
        }
        Ok(Request { fields, lines })
    }

    /// Which row a refusal is about, and the refusal in that row's words: `lines[2].quantity` is its quantity.
    pub fn blame(&self, problem: &Problem) -> (usize, Vec<FieldError>) {
        let of = |field: &str| -> Option<(usize, String)> {
            let rest = field.strip_prefix("lines")?.trim_start_matches(['[', '.']);
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
            let line: usize = rest[..digits].parse().ok()?;
            Some((*self.origin.get(line)?, rest[digits..].trim_start_matches([']', '.']).to_owned()))
        };
        let row = problem.errors().iter().find_map(|e| of(&e.field)).map_or(0, |(row, _)| row);
        (row, problem.errors().iter().map(|e| FieldError { field: of(&e.field).map_or_else(|| e.field.clone(), |(_, field)| field), message: e.message.clone() }).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::file::{self, Cell, Column};
    use super::{Request, Shape, group};
    use crate::http::Problem;

    const COLUMNS: &[Column] = &[
        Column { name: "number", cell: Cell::Text, required: true, example: "" },
        Column { name: "team", cell: Cell::Text, required: false, example: "" },
        Column { name: "model", cell: Cell::Text, required: false, example: "" },
        Column { name: "line_day", cell: Cell::Text, required: false, example: "" },
        Column { name: "serial", cell: Cell::Text, required: false, example: "" },
    ];
    const SHAPE: Shape = Shape { by: &["number"], of_line: &["model", "line_day", "serial"], gathered: Some(("serial", "serials")) };

    fn all(text: &str) -> Vec<super::Group> {
        group(file::read(text.as_bytes(), COLUMNS).unwrap(), SHAPE.by)
    }

    fn said(request: Request) -> serde_json::Value {
        json!({"fields": request.fields, "lines": request.lines})
    }

    #[test]
    fn rows_of_one_number_are_one_record_wherever_they_stand() {
        let mut groups = all("number,team,model,line_day,serial\n1,A,X,5,\n2,B,X,,S1\n1,,Y,,\n2,B,X,,S2\n2,,Z,,S3\n");
        assert_eq!(groups.iter().map(|g| g.rows.len()).collect::<Vec<_>>(), [2, 3]);
        assert_eq!(said(groups[0].request(&SHAPE).ok().unwrap()), json!({"fields": {"number": "1", "team": "A"}, "lines": [{"model": "X", "day": "5"}, {"model": "Y"}]}));
        assert_eq!(said(groups[1].request(&SHAPE).ok().unwrap()), json!({"fields": {"number": "2", "team": "B"}, "lines": [{"model": "X", "serials": ["S1", "S2"]}, {"model": "Z", "serials": ["S3"]}]}));
    }

    #[test]
    fn a_refusal_finds_its_row() {
        let mut groups = all("number,model,serial\n1,X,S1\n1,X,S2\n1,Z,S3\n");
        groups[0].request(&SHAPE).ok().unwrap();
        let (row, errors) = groups[0].blame(&Problem::field("lines[1].quantity", "Too many."));
        assert_eq!((row, errors[0].field.as_str()), (2, "quantity"));
        assert_eq!(groups[0].blame(&Problem::refused("wrong-state", "Not now", "Not now.")).0, 0);
    }

    #[test]
    fn what_disagrees_is_told_of_the_row_that_does() {
        let (row, problem) = all("number,team,model\n1,A,X\n1,,Y\n1,B,Z\n")[0].request(&SHAPE).err().unwrap();
        assert_eq!(row, 2);
        assert!(problem.detail().contains("\"B\" here and \"A\" above"), "{}", problem.detail());
    }
}
