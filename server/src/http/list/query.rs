//! What a list request asks for, checked against the list's columns.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::spec::{Column, Kind, List};
use crate::http::record::parse_moment;
use crate::http::{Problem, Result};

pub const DEFAULT_LIMIT: usize = 50;
pub const MAX_LIMIT: usize = 1000;
const MAX_VALUE: usize = 1000;

/// A request for a list, every name resolved and every value checked.
pub struct Query {
    pub filters: Vec<Filter>,
    pub search: Option<String>,
    pub sort: Vec<Sort>,
    /// Columns to answer, in the list's order.
    pub columns: Vec<&'static Column>,
    /// None on an export without a limit: all rows.
    pub limit: Option<usize>,
    pub cursor: Option<String>,
    pub count: bool,
    pub as_of: Option<DateTime<Utc>>,
    /// Who asks, for columns that say what waits for them; nobody by itself.
    pub asker: Uuid,
    pub format: Format,
    pub bom: bool,
    /// The request's own words, for an export's cover sheet.
    pub said: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Json,
    Csv,
    Xlsx,
}

pub struct Filter {
    pub column: &'static Column,
    pub test: Test,
}

#[derive(Debug, PartialEq)]
pub enum Test {
    Equals(String),
    Not(String),
    In(Vec<String>),
    Compare(&'static str, String),
    /// From the first to the second, both included.
    Between(String, String),
    Contains(String),
    Null(bool),
}

#[derive(Clone, Copy)]
pub struct Sort {
    pub column: &'static Column,
    pub descending: bool,
}

/// Reads the query string. Refuses with 422 what it does not know, naming what there is.
pub fn parse(list: &'static List, query: &str, format: Format) -> Result<Query> {
    of_pairs(list, pairs(query)?, query, format)
}

/// The same of names and values as they are; `said` is how an export's cover sheet says them.
pub fn of_pairs(list: &'static List, pairs: Vec<(String, String)>, said: &str, format: Format) -> Result<Query> {
    let mut asked = Query {
        filters: Vec::new(),
        search: None,
        sort: parse_sort(list, list.default_sort)?,
        columns: list.columns.iter().collect(),
        limit: None,
        cursor: None,
        count: false,
        as_of: None,
        asker: Uuid::nil(),
        format,
        bom: false,
        said: said.to_owned(),
    };
    for (name, value) in pairs {
        if value.contains('\0') || value.chars().count() > MAX_VALUE {
            return Err(Problem::field(name, format!("A value has at most {MAX_VALUE} characters and no NUL.")));
        }
        match name.as_str() {
            "limit" => asked.limit = Some(value.parse().ok().filter(|n| (1..=MAX_LIMIT).contains(n)).ok_or_else(|| Problem::field("limit", format!("A page has 1 to {MAX_LIMIT} rows.")))?),
            "cursor" => asked.cursor = Some(value),
            "sort" => asked.sort = parse_sort(list, &value)?,
            "q" => asked.search = Some(value).filter(|v| !v.trim().is_empty()),
            "count" => asked.count = parse_bool(&name, &value)?,
            "bom" => asked.bom = parse_bool(&name, &value)?,
            "as_of" => asked.as_of = Some(parse_moment(&value)?),
            "fields" => asked.columns = parse_fields(list, &value)?,
            "format" => {
                asked.format = match value.as_str() {
                    "json" => Format::Json,
                    "csv" => Format::Csv,
                    "xlsx" => Format::Xlsx,
                    _ => return Err(Problem::field("format", "There is json, csv and xlsx.")),
                }
            }
            _ => {
                let column = list.columns.iter().find(|c| c.name == name && c.filterable).ok_or_else(|| unknown_parameter(list, &name))?;
                asked.filters.push(Filter { column, test: parse_test(column, &value)? });
            }
        }
    }
    if asked.search.is_some() && list.search.is_empty() {
        return Err(Problem::field("q", format!("{} cannot be searched. Filter by a column.", list.title)));
    }
    Ok(asked)
}

/// The names and values of a query string.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    actix_web::web::Query::<Vec<(String, String)>>::from_query(query).map(|q| q.into_inner()).map_err(|e| Problem::field("query", format!("The query string cannot be read: {e}.")))
}

fn unknown_parameter(list: &List, name: &str) -> Problem {
    let filters: Vec<&str> = list.columns.iter().filter(|c| c.filterable).map(|c| c.name).collect();
    Problem::field(name, format!("{} has no filter {name}. There are: {}; and limit, cursor, sort, q, count, fields, format, as_of.", list.title, filters.join(", ")))
}

pub fn parse_bool(name: &str, value: &str) -> Result<bool> {
    match value {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(Problem::field(name, "Write true or false.")),
    }
}

fn parse_fields(list: &'static List, value: &str) -> Result<Vec<&'static Column>> {
    let wanted: Vec<&str> = value.split(',').map(str::trim).filter(|f| !f.is_empty()).collect();
    if let Some(unknown) = wanted.iter().find(|w| !list.columns.iter().any(|c| c.name == **w)) {
        let known: Vec<&str> = list.columns.iter().map(|c| c.name).collect();
        return Err(Problem::field("fields", format!("There is no column {unknown}. There are: {}.", known.join(", "))));
    }
    let columns: Vec<&Column> = wanted.iter().filter_map(|w| list.columns.iter().find(|c| c.name == *w)).collect();
    if columns.is_empty() { Err(Problem::field("fields", "Name at least one column.")) } else { Ok(columns) }
}

fn parse_sort(list: &'static List, value: &str) -> Result<Vec<Sort>> {
    value.split(',').map(str::trim).filter(|s| !s.is_empty()).map(|word| {
        let (name, descending) = word.strip_prefix('-').map_or((word, false), |name| (name, true));
        let column = list.columns.iter().find(|c| c.name == name && c.sortable).ok_or_else(|| {
            let known: Vec<&str> = list.columns.iter().filter(|c| c.sortable).map(|c| c.name).collect();
            Problem::field("sort", format!("{} cannot be sorted by {name}. By: {}.", list.title, known.join(", ")))
        })?;
        Ok(Sort { column, descending })
    }).collect()
}

fn parse_test(column: &'static Column, value: &str) -> Result<Test> {
    let checked = |text: &str| check_value(column, text).map(|()| text.to_owned());
    if let Some(list) = value.strip_prefix("in:") {
        return Ok(Test::In(list.split(',').map(|v| checked(v.trim())).collect::<Result<_>>()?));
    }
    for (prefix, operator) in [("gte:", ">="), ("lte:", "<="), ("gt:", ">"), ("lt:", "<")] {
        if let Some(bound) = value.strip_prefix(prefix) {
            return match column.kind {
                Kind::Boolean | Kind::Uuid | Kind::Team | Kind::State => Err(Problem::field(column.name, format!("{} has no order to compare by.", column.label))),
                _ => Ok(Test::Compare(operator, checked(bound)?)),
            };
        }
    }
    if let Some(bounds) = value.strip_prefix("between:") {
        let (from, to) = bounds.split_once(',').ok_or_else(|| Problem::field(column.name, "Write both bounds with a comma between them: between:2026-01-01,2026-03-31."))?;
        return match column.kind {
            Kind::Boolean | Kind::Uuid | Kind::Team | Kind::State => Err(Problem::field(column.name, format!("{} has no order to compare by.", column.label))),
            _ => Ok(Test::Between(checked(from.trim())?, checked(to.trim())?)),
        };
    }
    match value {
        "null:" => return Ok(Test::Null(true)),
        "notnull:" => return Ok(Test::Null(false)),
        _ => {}
    }
    if let Some(other) = value.strip_prefix("not:") {
        return Ok(Test::Not(checked(other)?));
    }
    if let Some(part) = value.strip_prefix("like:") {
        return match column.kind {
            Kind::Text | Kind::Code | Kind::Mono | Kind::State | Kind::Team => Ok(Test::Contains(part.to_owned())),
            _ => Err(Problem::field(column.name, format!("{} is not text; compare it with gte: and lte:.", column.label))),
        };
    }
    Ok(Test::Equals(checked(value)?))
}

/// Whether a text can be a value of the column, so that Postgres never has to refuse it.
fn check_value(column: &Column, text: &str) -> Result<()> {
    let right = match column.kind {
        Kind::Integer => text.parse::<i64>().is_ok(),
        Kind::Decimal | Kind::Money => text.parse::<rust_decimal::Decimal>().is_ok(),
        Kind::Date => text.parse::<chrono::NaiveDate>().is_ok(),
        Kind::Instant => parse_moment(text).is_ok(),
        Kind::Boolean => matches!(text, "true" | "false"),
        Kind::Uuid => uuid::Uuid::try_parse(text).is_ok(),
        Kind::State => column.values.is_empty() || column.values.contains(&text),
        Kind::Text | Kind::Code | Kind::Mono | Kind::Team => true,
    };
    if right {
        return Ok(());
    }
    let wanted = match column.kind {
        Kind::Integer => "a whole number".to_owned(),
        Kind::Decimal | Kind::Money => "a number such as 12.50".to_owned(),
        Kind::Date => "a date such as 2026-03-31".to_owned(),
        Kind::Instant => "a moment such as 2026-03-31T23:59:59Z".to_owned(),
        Kind::Boolean => "true or false".to_owned(),
        Kind::Uuid => "a UUID".to_owned(),
        _ => format!("one of {}", column.values.join(", ")),
    };
    Err(Problem::field(column.name, format!("{text:?} is not {wanted}.")))
}

#[cfg(test)]
mod tests {
    use super::super::spec::column;
    use super::*;

    static LIST: List = List {
        name: "things", title: "Things", subject: "thing", from: "thing t", condition: "", key: "t.id",
        columns: &[column("code", "Code", Kind::Code, "t.code"), column("amount", "Amount", Kind::Integer, "t.amount"), column("state", "State", Kind::State, "t.state").one_of(&["new", "old"]), column("note", "Note", Kind::Text, "t.note").plain()],
        search: "", search_also: "", default_sort: "code",
    };

    fn refusal(query: &str) -> String {
        parse(&LIST, query, Format::Json).err().map(|p| p.detail().to_owned()).unwrap_or_default()
    }

    #[test]
    fn every_operator_is_read() {
        let asked = parse(&LIST, "code=in:a,b&amount=gte:5&amount=lt:9&state=not:old&code=like:x&code=null:&amount=between:3,4&limit=7&count=true&sort=-amount,code", Format::Json).unwrap_or_else(|p| panic!("{p}"));
        let tests: Vec<&Test> = asked.filters.iter().map(|f| &f.test).collect();
        assert_eq!(tests, [&Test::In(vec!["a".into(), "b".into()]), &Test::Compare(">=", "5".into()), &Test::Compare("<", "9".into()), &Test::Not("old".into()), &Test::Contains("x".into()), &Test::Null(true), &Test::Between("3".into(), "4".into())]);
        assert_eq!((asked.limit, asked.count, asked.sort.len(), asked.sort[0].descending), (Some(7), true, 2, true));
    }

    #[test]
    fn what_is_not_there_is_refused_by_name() {
        assert!(refusal("colour=red").contains("no filter colour"));
        assert!(refusal("amount=three").contains("not a whole number"));
        assert!(refusal("state=odd").contains("one of new, old"));
        assert!(refusal("amount=between:3").contains("both bounds"));
        assert!(refusal("amount=between:3,x").contains("not a whole number"));
        assert!(refusal("state=between:new,old").contains("no order"));
        assert!(refusal("note=x").contains("no filter note"));
        assert!(refusal("sort=note").contains("cannot be sorted by note"));
        assert!(refusal("limit=0").contains("1 to 1000"));
        assert!(refusal("q=x").contains("cannot be searched"));
        assert!(refusal("fields=nothing").contains("no column nothing"));
        assert!(refusal("code=%00").contains("no NUL"));
    }
}
