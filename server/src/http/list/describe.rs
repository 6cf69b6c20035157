//! Lists described: for the web's list page (`GET /lists`) and for OpenAPI.

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::OpenApi;
use utoipa::openapi::path::PathItem;

use super::spec::{Column, Kind, List};

#[derive(Serialize)]
pub struct Catalogue {
    lists: Vec<Value>,
}

pub fn catalogue(lists: &[&List]) -> Catalogue {
    Catalogue {
        lists: lists.iter().map(|l| json!({
            "name": l.name, "path": format!("/api/v1/{}", l.name), "title": l.title, "subject": l.subject, "default_sort": l.default_sort,
            "searchable": !l.search.is_empty(),
            "columns": l.columns.iter().map(|c| json!({
                "name": c.name, "label": c.label, "kind": c.kind, "unit": (!c.unit.is_empty()).then_some(c.unit), "sortable": c.sortable, "filterable": c.filterable,
                "shown": c.shown, "grouped": c.grouped, "summed": c.summed, "link": (!c.link.is_empty()).then_some(c.link), "values": (!c.values.is_empty()).then_some(c.values),
            })).collect::<Vec<_>>(),
        })).collect(),
    }
}

/// Adds every list's operation and row schema to the API's description.
pub fn describe_in(document: &mut OpenApi, lists: &[&List]) {
    let components = document.components.get_or_insert_default();
    for list in lists {
        let schema = json!({"type": "object", "properties": list.columns.iter().map(|c| (c.name.to_owned(), property(c))).collect::<serde_json::Map<_, _>>(),
            "required": list.columns.iter().map(|c| c.name).collect::<Vec<_>>()});
        if let Ok(schema) = serde_json::from_value(schema) {
            components.schemas.insert(row_name(list), schema);
        }
    }
    for list in lists {
        add(document, &format!("/api/v1/{}", list.name), operation(list));
        if !list.sums().is_empty() {
            add(document, &format!("/api/v1/{}/totals", list.name), totals(list));
        }
    }
    add(document, "/api/v1/lists", json!({
        "tags": ["lists"], "operationId": "describe_lists", "summary": "Every list and its columns", "x-needs": "signed_in",
        "responses": {"200": {"description": "The lists", "content": {"application/json": {"schema": {"type": "object", "required": ["lists"], "properties": {"lists": {"type": "array", "items": {"type": "object"}}}}}}}},
    }));
}

fn add(document: &mut OpenApi, path: &str, operation: Value) {
    match serde_json::from_value::<PathItem>(json!({"get": operation})) {
        Ok(item) => match document.paths.paths.get_mut(path) {
            Some(there) => there.get = item.get,
            None => {
                document.paths.paths.insert(path.to_owned(), item);
            }
        },
        Err(error) => tracing::error!(%error, path, "a list could not be described"),
    }
}

fn row_name(list: &List) -> String {
    format!("{}Row", list.name.split('-').map(|w| w[..1].to_uppercase() + &w[1..]).collect::<String>())
}

fn property(column: &Column) -> Value {
    let (kind, format) = match column.kind {
        Kind::Integer => ("integer", Some("int64")),
        Kind::Boolean => ("boolean", None),
        Kind::Date => ("string", Some("date")),
        Kind::Instant => ("string", Some("date-time")),
        Kind::Uuid => ("string", Some("uuid")),
        _ => ("string", None),
    };
    let kind = if column.nullable { json!([kind, "null"]) } else { json!(kind) };
    let mut property = json!({"type": kind, "description": column.label});
    if let Some(format) = format {
        property["format"] = json!(format);
    }
    property
}

fn text(name: &str, description: &str) -> Value {
    json!({"name": name, "in": "query", "required": false, "description": description, "schema": {"type": "string"}})
}

fn filters(list: &List) -> Vec<Value> {
    let words = (!list.search.is_empty()).then(|| text("q", "Words to look for"));
    words.into_iter().chain(list.columns.iter().filter(|c| c.filterable).map(|c| text(c.name, &format!("{}; with in:, not:, gte:, lte:, gt:, lt:, between:, like:, null:, notnull:", c.label)))).collect()
}

fn totals(list: &List) -> Value {
    let by: Vec<&str> = list.columns.iter().filter(|c| c.grouped).map(|c| c.name).collect();
    let mut parameters = vec![
        text("by", &format!("Columns to sum by, joined by commas: {}", by.join(", "))),
        json!({"name": "rolled", "in": "query", "required": false, "description": "A team's sum has those of the teams below it in it", "schema": {"type": "boolean"}}),
        text("format", "json, csv or xlsx"),
        text("as_of", "The sums as they were at this moment"),
    ];
    parameters.extend(filters(list));
    let sums: serde_json::Map<_, _> = [("rows".to_owned(), json!({"type": "integer", "format": "int64"}))].into_iter().chain(list.sums().iter().map(|c| (c.name.to_owned(), json!({"type": "string", "description": c.label})))).collect();
    let answer = json!({"type": "object", "required": ["by", "currency", "total", "items"], "properties": {
        "by": {"type": "array", "items": {"type": "string"}}, "currency": {"type": "string"},
        "total": {"type": "object", "properties": sums}, "items": {"type": "array", "items": {"type": "object", "properties": sums, "additionalProperties": true}}}});
    json!({
        "tags": ["lists"], "operationId": format!("total_{}", list.name.replace('-', "_")), "summary": format!("{}, summed up", list.title), "parameters": parameters, "x-needs": "any",
        "responses": {
            "200": {"description": "The sums", "content": {"application/json": {"schema": answer}, "text/csv": {"schema": {"type": "string"}},
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {"schema": {"type": "string", "format": "binary"}}}},
            "422": {"description": "A parameter is not right", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
        },
    })
}

fn operation(list: &List) -> Value {
    let mut parameters = vec![
        json!({"name": "limit", "in": "query", "required": false, "description": "Rows in a page: 1 to 1000", "schema": {"type": "integer"}}),
        text("cursor", "next_cursor of the page before"),
        text("sort", &format!("Columns, - before one for descending; by itself {}", list.default_sort)),
        json!({"name": "count", "in": "query", "required": false, "description": "Also count all rows", "schema": {"type": "boolean"}}),
        text("fields", "Only these columns"),
        text("format", "json, csv or xlsx"),
        text("as_of", "The list as it was at this moment"),
    ];
    parameters.extend(filters(list));
    let items = json!({"type": "object", "required": ["items", "next_cursor", "total"], "properties": {
        "items": {"type": "array", "items": {"$ref": format!("#/components/schemas/{}", row_name(list))}},
        "next_cursor": {"type": ["string", "null"]}, "total": {"type": ["integer", "null"]}}});
    json!({
        "tags": ["lists"], "operationId": format!("list_{}", list.name.replace('-', "_")), "summary": list.title, "parameters": parameters, "x-needs": "any",
        "responses": {
            "200": {"description": "The rows", "content": {"application/json": {"schema": items}, "text/csv": {"schema": {"type": "string"}},
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {"schema": {"type": "string", "format": "binary"}}}},
            "422": {"description": "A parameter is not right", "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}},
        },
    })
}

#[cfg(test)]
mod tests {
    use crate::parts;

    #[test]
    fn every_list_is_consistent() {
        let mut names = std::collections::HashSet::new();
        for list in parts::lists() {
            assert!(names.insert(list.name), "two lists are called {}", list.name);
            let mut columns = std::collections::HashSet::new();
            assert!(list.columns.len() <= 50, "{} has more columns than json_build_object takes", list.name);
            for column in list.columns {
                assert!(columns.insert(column.name), "{} has two columns {}", list.name, column.name);
                assert!(!["limit", "cursor", "sort", "q", "count", "fields", "format", "as_of", "bom", "by", "rolled", "rows"].contains(&column.name), "{}: {} is a parameter's name", list.name, column.name);
            }
            if let Err(problem) = super::super::query::parse(list, "", super::super::query::Format::Json) {
                panic!("{}: {problem}", list.name);
            }
        }
    }
}
