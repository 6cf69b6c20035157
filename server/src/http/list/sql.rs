//! The SQL of a list request. Values are bound as text and cast in SQL, so that a statement's text depends on its shape alone and is
//! prepared once; pages are found by key, so that page 20,000 costs what page 1 costs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use uuid::Uuid;

use super::query::{Query, Sort, Test};
use super::totals::Totals;
use super::spec::{Column, Kind, List};
use crate::http::{Problem, Result};

/// Stands in a column's SQL for the person who asks.
const ASKER: &str = "{asker}";

/// A statement's text and its parameters, all of them text.
#[derive(Default)]
pub struct Statement {
    pub text: String,
    pub values: Vec<String>,
}

impl Statement {
    fn bind(&mut self, value: impl Into<String>) -> String {
        self.values.push(value.into());
        format!("(${}::text)", self.values.len())
    }

    /// Puts who asks into columns that depend on them.
    fn asked_by(mut self, asker: Uuid) -> Self {
        if self.text.contains(ASKER) {
            let bound = self.bind(asker.to_string());
            self.text = self.text.replace(ASKER, &format!("{bound}::uuid"));
        }
        self
    }

    /// The text with its values as literals, for COPY, which takes no parameters. standard_conforming_strings is on.
    pub fn inline(&self) -> String {
        let mut text = String::with_capacity(self.text.len() + 64);
        let mut rest = self.text.as_str();
        while let Some(at) = rest.find("($") {
            let (before, after) = rest.split_at(at);
            text.push_str(before);
            let digits: String = after[2..].chars().take_while(char::is_ascii_digit).collect();
            match digits.parse::<usize>().ok().and_then(|n| self.values.get(n - 1)) {
                Some(value) => {
                    text.push_str(&format!("('{}'", value.replace('\'', "''")));
                    rest = &after[2 + digits.len()..];
                }
                None => {
                    text.push_str("($");
                    rest = &after[2..];
                }
            }
        }
        text.push_str(rest);
        text
    }
}

/// The Postgres type that a column's values are compared in.
fn cast(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Code | Kind::Mono | Kind::State | Kind::Team => "text",
        Kind::Integer => "bigint",
        Kind::Decimal | Kind::Money => "numeric",
        Kind::Date => "date",
        Kind::Instant => "timestamptz",
        Kind::Boolean => "boolean",
        Kind::Uuid => "uuid",
    }
}

fn conditions(list: &List, asked: &Query, out: &mut Statement) -> Vec<String> {
    let mut all = Vec::new();
    if !list.condition.is_empty() {
        all.push(format!("({})", list.condition));
    }
    for filter in &asked.filters {
        let column = filter.column;
        all.push(match &filter.test {
            Test::Null(true) => format!("{} is null", column.sql),
            Test::Null(false) => format!("{} is not null", column.sql),
            Test::Contains(part) => {
                let part = out.bind(format!("%{}%", part.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")));
                format!("lower({}) like {part}", column.sql)
            }
            Test::Compare(operator, value) => format!("{} {operator} {}::{}", column.sql, out.bind(value), cast(column.kind)),
            Test::Between(from, to) => format!("{} between {}::{kind} and {}::{kind}", column.sql, out.bind(from), out.bind(to), kind = cast(column.kind)),
            Test::Equals(value) => equals(column, std::slice::from_ref(value), out),
            Test::In(values) => equals(column, values, out),
            Test::Not(value) => {
                let test = equals(column, std::slice::from_ref(value), out);
                format!("not coalesce({test}, false)")
            }
        });
    }
    if let Some(words) = &asked.search {
        // Every word has to be somewhere; a trigram index serves each.
        for word in words.split_whitespace().take(8) {
            let word = out.bind(format!("%{}%", word.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")));
            let also = if list.search_also.is_empty() { String::new() } else { format!(" or {}", list.search_also.replace("{word}", &word)) };
            all.push(format!("(({}) like {word}{also})", list.search));
        }
    }
    all
}

fn equals(column: &Column, values: &[String], out: &mut Statement) -> String {
    if column.kind == Kind::Team && !column.key_sql.is_empty() {
        let codes: Vec<String> = values.iter().map(|v| format!("lower({})", out.bind(v))).collect();
        // As an array, so that the planner sees a short list and an index on the team serves it.
        return format!("{} = any(array(select b from team top, lateral rules.team_and_below(top.id) b where lower(top.code) in ({})))", column.key_sql, codes.join(", "));
    }
    let kind = cast(column.kind);
    // Codes and states are written in one case; free text is compared in lower case.
    let fold = column.kind == Kind::Text;
    let sql = if fold { format!("lower({})", column.sql) } else { column.sql.to_owned() };
    let values: Vec<String> = values.iter().map(|v| format!("{}::{kind}", out.bind(if fold { v.to_lowercase() } else { v.clone() }))).collect();
    match values.as_slice() {
        [one] => format!("{sql} = {one}"),
        many => format!("{sql} in ({})", many.join(", ")),
    }
}

/// A page as JSON: each row is one text column with the row's object, then one text column for every sort value and the key.
pub fn page(list: &List, asked: &Query, limit: usize) -> Result<Statement> {
    let mut out = Statement::default();
    let all = conditions(list, asked, &mut out);
    let stretches = match &asked.cursor {
        Some(cursor) => after(list, asked, &decode(asked, cursor)?, &mut out),
        None => Vec::new(),
    };
    let keys: Vec<String> = asked.sort.iter().map(|s| format!("({})::text", s.column.sql)).chain([format!("({})::text", list.key)]).enumerate().map(|(n, k)| format!("{k} as k{n}")).collect();
    let columns: Vec<String> = asked.columns.iter().map(|c| format!("'{}', {}", c.name, json_value(c))).collect();
    let rows = |stretch: Option<&String>| {
        let all: Vec<String> = all.iter().chain(stretch).cloned().collect();
        format!("select {}::text as item, {} from {}{}{} limit {limit}", object(&columns), keys.join(", "), list.from, where_clause(&all), order(list, &asked.sort))
    };
    out.text = match stretches.as_slice() {
        [] => rows(None),
        [one] => rows(Some(one)),
        many => {
            let parts: Vec<String> = many.iter().enumerate().map(|(n, stretch)| format!("select {n} as stretch, row_number() over () as place, p.* from ({}) p", rows(Some(stretch)))).collect();
            let names: Vec<String> = (0..keys.len()).map(|n| format!("k{n}")).collect();
            format!("select item, {} from ({}) page order by stretch, place limit {limit}", names.join(", "), parts.join(" union all "))
        }
    };
    Ok(out.asked_by(asked.asker))
}

/// json_build_object takes at most 100 arguments: 50 columns.
fn object(pairs: &[String]) -> String {
    format!("json_build_object({})", pairs.join(", "))
}

fn json_value(column: &Column) -> String {
    match column.kind {
        Kind::Money | Kind::Decimal => format!("({})::text", column.sql),
        Kind::Instant => format!("to_char(({}) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')", column.sql),
        _ => column.sql.to_owned(),
    }
}

pub fn total(list: &List, asked: &Query) -> Statement {
    let mut out = Statement::default();
    let all = conditions(list, asked, &mut out);
    out.text = format!("select count(*) from {}{}", list.from, where_clause(&all));
    out.asked_by(asked.asker)
}

/// All rows for an export, every column as text. With `escape`, cells that a spreadsheet would run as a formula get an apostrophe before them.
pub fn export(list: &List, asked: &Query, escape: bool) -> Statement {
    let mut out = Statement::default();
    let all = conditions(list, asked, &mut out);
    let columns: Vec<String> = asked.columns.iter().map(|c| format!("{} as \"{}\"", export_value(c, escape), c.name)).collect();
    let limit = asked.limit.map(|n| format!(" limit {n}")).unwrap_or_default();
    out.text = format!("select {} from {}{}{}{limit}", columns.join(", "), list.from, where_clause(&all), order(list, &asked.sort));
    out.asked_by(asked.asker)
}

/// What rows of sums are made for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One JSON object a row, as text.
    Json,
    /// One JSON object for all rows together.
    Whole,
    /// Cells as text, with what is exported escaped or not.
    Sheet { escape: bool },
}

/// Sums of the rows that the filters leave. Rolled, each row counts for its team and for every team above it.
pub fn totals(list: &List, totals: &Totals, shape: Shape) -> Statement {
    let mut out = Statement::default();
    let all = conditions(list, &totals.asked, &mut out);
    let by: &[&Column] = if shape == Shape::Whole { &[] } else { &totals.by };
    let mut from = list.from.to_owned();
    let mut values: Vec<(&str, String)> = Vec::new();
    for column in by {
        let rolled = totals.rolled && column.kind == Kind::Team;
        if rolled {
            from = format!("{from} join team rolled_own on rolled_own.id = {} join team rolled_up on starts_with(rolled_own.path, rolled_up.path)", column.key_sql);
        }
        let of = if rolled { Column { sql: "rolled_up.code", ..**column } } else { **column };
        values.push((column.name, match shape {
            Shape::Sheet { escape } => export_value(&of, escape),
            _ => json_value(&of),
        }));
    }
    let groups = values.len();
    values.push(("rows", "count(*)".to_owned()));
    values.extend(totals.sums.iter().map(|c| (c.name, format!("rules.money_text(coalesce(sum({}), 0), rules.base_currency())", c.sql))));
    if matches!(shape, Shape::Sheet { .. }) {
        values.push(("currency", "rules.base_currency()".to_owned()));
    }
    let columns: Vec<String> = values.iter().map(|(name, value)| format!("({value}){} as \"{name}\"", if matches!(shape, Shape::Sheet { .. }) { "::text" } else { "" })).collect();
    let places: Vec<String> = (1..=groups).map(|n| n.to_string()).collect();
    let grouped = if groups == 0 { String::new() } else { format!(" group by {0} order by {0}", places.join(", ")) };
    let rows = format!("select {} from {from}{}{grouped}", columns.join(", "), where_clause(&all));
    out.text = match shape {
        Shape::Sheet { .. } => rows,
        _ => format!("select row_to_json(r)::text from ({rows}) r"),
    };
    out.asked_by(totals.asked.asker)
}

fn export_value(column: &Column, escape: bool) -> String {
    match column.kind {
        Kind::Text | Kind::Code | Kind::Mono if escape => {
            let sql = column.sql;
            // https://owasp.org/www-community/attacks/CSV_Injection
            format!("case when left({sql}, 1) in ('=', '+', '-', '@', E'\\t', E'\\r') then '''' || {sql} else {sql} end")
        }
        Kind::Instant => format!("to_char(({}) at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')", column.sql),
        _ => format!("({})::text", column.sql),
    }
}

fn where_clause(all: &[String]) -> String {
    if all.is_empty() { String::new() } else { format!(" where {}", all.join(" and ")) }
}

/// Rows of equal sort values come in the order of the key, in the direction of the last sort, so that one comparison of rows finds a page.
fn order(list: &List, sort: &[Sort]) -> String {
    let direction = |descending: bool| if descending { " desc" } else { "" };
    let mut terms: Vec<String> = sort.iter().map(|s| format!("{}{}{}", s.column.sql, direction(s.descending), if s.column.nullable { " nulls last" } else { "" })).collect();
    terms.push(format!("{}{}", list.key, direction(key_descends(sort))));
    format!(" order by {}", terms.join(", "))
}

fn key_descends(sort: &[Sort]) -> bool {
    sort.last().is_some_and(|s| s.descending)
}

/// The rows after the one whose sort values and key are given: one stretch of them, or two where those without a value of the first sort come behind.
/// Each stretch can begin inside an index; an `or` over both could not.
fn after(list: &List, asked: &Query, values: &[Option<String>], out: &mut Statement) -> Vec<String> {
    let sort = &asked.sort;
    let descending = key_descends(sort);
    let simple = sort.iter().all(|s| !s.column.nullable && s.descending == descending);
    let mut terms: Vec<(String, &'static str, bool, bool)> = sort.iter().map(|s| (s.column.sql.to_owned(), cast(s.column.kind), s.descending, s.column.nullable)).collect();
    terms.push((list.key.to_owned(), "uuid", descending, false));
    if simple {
        let left: Vec<&str> = terms.iter().map(|t| t.0.as_str()).collect();
        let right: Vec<String> = terms.iter().zip(values).map(|(t, v)| format!("{}::{}", out.bind(v.clone().unwrap_or_default()), t.1)).collect();
        return vec![format!("({}) {} ({})", left.join(", "), if descending { "<" } else { ">" }, right.join(", "))];
    }
    // a > x, or a = x and b > y, or … ; nulls come last, those of the first sort in a stretch of their own.
    let mut alternatives = Vec::new();
    let mut equal: Vec<String> = Vec::new();
    let mut stretches = Vec::new();
    for (n, ((sql, kind, descends, nullable), value)) in terms.iter().zip(values).enumerate() {
        let (further, same) = match value {
            None => ("false".to_owned(), format!("{sql} is null")),
            Some(value) => {
                let bound = format!("{}::{kind}", out.bind(value));
                let operator = if *descends { "<" } else { ">" };
                let beyond = format!("{sql} {operator} {bound}");
                if n == 0 {
                    stretches.push(format!("{sql} {operator}= {bound}"));
                    if *nullable {
                        stretches.push(format!("{sql} is null"));
                    }
                }
                (if *nullable && n > 0 { format!("({beyond} or {sql} is null)") } else { beyond }, format!("{sql} = {bound}"))
            }
        };
        if n == 0 && value.is_none() {
            stretches.push(same.clone());
        }
        alternatives.push([equal.as_slice(), &[further]].concat().join(" and "));
        equal.push(same);
    }
    let further = format!("({})", alternatives.iter().map(|a| format!("({a})")).collect::<Vec<_>>().join(" or "));
    if let Some(first) = stretches.first_mut() {
        *first = format!("{first} and {further}");
    }
    stretches
}

/// A cursor: the sort it belongs to, and the sort values and key of the last row of a page.
pub fn encode(asked: &Query, values: &[Option<String>]) -> String {
    URL_SAFE_NO_PAD.encode(serde_json::json!([sort_name(&asked.sort), values]).to_string())
}

fn decode(asked: &Query, cursor: &str) -> Result<Vec<Option<String>>> {
    let broken = || Problem::field("cursor", "The cursor is not one of this list. Take next_cursor from the page before as it is.");
    let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| broken())?;
    let (sort, values): (String, Vec<Option<String>>) = serde_json::from_slice(&bytes).map_err(|_| broken())?;
    if sort != sort_name(&asked.sort) {
        return Err(Problem::field("cursor", format!("The cursor belongs to sort={sort}. Keep the sort while paging, or start again without a cursor.")));
    }
    let fits = values.len() == asked.sort.len() + 1
        && values.last().is_some_and(|key| key.as_deref().is_some_and(|k| uuid::Uuid::try_parse(k).is_ok()))
        && asked.sort.iter().zip(&values).all(|(s, v)| v.as_deref().is_none_or(|v| !v.contains('\0') && right_type(s.column.kind, v)));
    if fits { Ok(values) } else { Err(broken()) }
}

fn right_type(kind: Kind, text: &str) -> bool {
    match kind {
        Kind::Integer => text.parse::<i64>().is_ok(),
        Kind::Decimal | Kind::Money => text.parse::<rust_decimal::Decimal>().is_ok(),
        Kind::Date => text.parse::<chrono::NaiveDate>().is_ok(),
        // As Postgres prints it: 2026-03-31 23:59:59.123456+00
        Kind::Instant => text.len() <= 40 && text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(|c| c.is_ascii_digit() || " -:.+".contains(c)),
        Kind::Boolean => matches!(text, "true" | "false"),
        Kind::Uuid => uuid::Uuid::try_parse(text).is_ok(),
        _ => true,
    }
}

fn sort_name(sort: &[Sort]) -> String {
    sort.iter().map(|s| format!("{}{}", if s.descending { "-" } else { "" }, s.column.name)).collect::<Vec<_>>().join(",")
}
