//! One file of the library: a device or module type and its components.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use super::source::Raw;
use crate::catalog::models::slug;

/// A type as it goes into the catalogue.
#[derive(Clone, Debug)]
pub struct Type {
    pub file: String,
    pub manufacturer: String,
    pub name: String,
    pub code: String,
    /// device, module, and in our own demonstration data the other kinds too
    pub kind: String,
    pub tracking: String,
    pub unit: String,
    pub part_number: Option<String>,
    pub u_height: Decimal,
    pub is_full_depth: bool,
    pub weight_kg: Option<Decimal>,
    pub power_draw_w: Option<i32>,
    pub airflow: Option<String>,
    pub subdevice_role: Option<String>,
    pub comments: String,
    pub components: Value,
}

/// The library's lists of components.
const COMPONENTS: [&str; 10] = ["console-ports", "console-server-ports", "power-ports", "power-outlets", "interfaces", "front-ports", "rear-ports", "module-bays", "device-bays", "inventory-items"];
const FIELDS: [&str; 25] = ["manufacturer", "model", "slug", "part_number", "u_height", "is_full_depth", "weight", "weight_unit", "airflow", "subdevice_role", "comments", "description", "front_image", "rear_image", "is_powered",
    "exclude_from_utilization", "attributes", "profile", "kind", "tracking", "unit", "default_platform", "tags", "weight_kg", "attribute_data"];

/// Reads a file. An error names the file and its line.
pub fn parse(raw: &Raw) -> Result<Type, String> {
    // The parser's own budget bounds nesting, aliases and their expansion.
    let value: Value = serde_saphyr::from_str(&raw.text).map_err(|e| format!("{}: {}", raw.name, first_line(&e.to_string())))?;
    let Value::Object(fields) = value else { return Err(format!("{}, line 1: this is no device or module type", raw.name)) };
    let at = |key: &str| line_of(&raw.text, key);
    let wrong = |key: &str, what: &str| format!("{}, line {}: {key} {what}", raw.name, at(key));
    if let Some(unknown) = fields.keys().find(|k| !FIELDS.contains(&k.as_str()) && !COMPONENTS.contains(&k.as_str())) {
        return Err(wrong(unknown, "is no field of the library"));
    }
    let text = |key: &str| match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(s)) if s.chars().count() <= 20_000 => Ok(Some(s.trim().to_owned()).filter(|s| !s.is_empty())),
        Some(Value::Number(n)) => Ok(Some(n.to_string())),
        Some(_) => Err(wrong(key, "is not text")),
    };
    let flag = |key: &str, usual: bool| match fields.get(key) {
        None | Some(Value::Null) => Ok(usual),
        Some(Value::Bool(b)) => Ok(*b),
        Some(_) => Err(wrong(key, "is neither true nor false")),
    };
    let number = |key: &str, most: i64| match fields.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(n)) => n.to_string().parse::<Decimal>().ok().filter(|d| *d >= Decimal::ZERO && *d <= Decimal::from(most)).map(Some).ok_or_else(|| wrong(key, &format!("is not a number from 0 to {most}"))),
        Some(_) => Err(wrong(key, "is not a number")),
    };
    let manufacturer = text("manufacturer")?.ok_or_else(|| wrong("manufacturer", "is missing"))?;
    let name = text("model")?.ok_or_else(|| wrong("model", "is missing"))?;
    // The library's folders say which it is; a single file without a folder shows it by its fields.
    let is_module = raw.name.contains("module-types") || (!raw.name.contains("device-types") && !fields.contains_key("u_height") && !fields.contains_key("slug"));
    let kind = text("kind")?.unwrap_or_else(|| if is_module { "module" } else { "device" }.to_owned());
    let u_height = number("u_height", 100)?.unwrap_or(if kind == "device" { Decimal::ONE } else { Decimal::ZERO });
    if (u_height * Decimal::TWO).fract() != Decimal::ZERO {
        return Err(wrong("u_height", "is not in half units"));
    }
    let mut components = Map::new();
    for key in COMPONENTS {
        if let Some(list) = fields.get(key).filter(|v| !v.is_null()) {
            components.insert(key.to_owned(), check_components(raw, key, list)?);
        }
    }
    check_front_ports(raw, &components)?;
    let power_draw = components.get("power-ports").and_then(Value::as_array).map(|ports| ports.iter().filter_map(|p| p["maximum_draw"].as_i64()).sum::<i64>()).filter(|w| *w > 0);
    let prefix = if kind == "module" { "module " } else { "" };
    Ok(Type {
        code: text("slug")?.map_or_else(|| slug(&format!("{prefix}{manufacturer} {name}")), |s| slug(&s)),
        file: raw.name.clone(), manufacturer, name,
        tracking: text("tracking")?.unwrap_or_else(|| "serialised".to_owned()), unit: text("unit")?.unwrap_or_else(|| "pcs".to_owned()), kind,
        part_number: text("part_number")?, u_height, is_full_depth: flag("is_full_depth", true)? && u_height > Decimal::ZERO,
        weight_kg: weight(number("weight", 100_000)?, text("weight_unit")?.as_deref()), power_draw_w: power_draw.and_then(|w| i32::try_from(w).ok()),
        airflow: text("airflow")?, subdevice_role: text("subdevice_role")?.filter(|r| r == "parent" || r == "child"), comments: text("comments")?.unwrap_or_default(),
        components: Value::Object(components),
    })
}

fn weight(amount: Option<Decimal>, unit: Option<&str>) -> Option<Decimal> {
    // International avoirdupois pound and ounce.
    let kg = match unit {
        None | Some("kg") => Decimal::ONE,
        Some("g") => Decimal::new(1, 3),
        Some("lb") => Decimal::new(45_359_237, 8),
        Some("oz") => Decimal::new(28_349_523_125, 12),
        Some(_) => return None,
    };
    amount.map(|a| (a * kg).round_dp(3))
}

/// A list of objects, each with a name that no other has.
fn check_components(raw: &Raw, key: &str, list: &Value) -> Result<Value, String> {
    let line = line_of(&raw.text, key);
    let items = list.as_array().ok_or_else(|| format!("{}, line {line}: {key} is not a list", raw.name))?;
    if items.len() > 5000 {
        return Err(format!("{}, line {line}: {key} has more than 5000 entries", raw.name));
    }
    let mut names = std::collections::HashSet::new();
    let mut checked = Vec::with_capacity(items.len());
    for item in items {
        let mut item = item.as_object().cloned().ok_or_else(|| format!("{}, line {line}: an entry of {key} is no object", raw.name))?;
        let name = match item.get("name") {
            Some(Value::String(name)) if !name.trim().is_empty() && name.chars().count() <= 200 => name.clone(),
            Some(Value::Number(name)) => name.to_string(),
            _ => return Err(format!("{}, line {line}: an entry of {key} has no name", raw.name)),
        };
        if !names.insert(name.clone()) {
            return Err(format!("{}, line {}: {key} has {name:?} twice", raw.name, line_of_text(&raw.text, &name)));
        }
        item.insert("name".to_owned(), Value::String(name));
        // Numbers that become whole columns of a port.
        for field in ["positions", "rear_port_position", "maximum_draw", "allocated_draw"] {
            if let Some(number) = item.get(field).filter(|v| !v.is_null()) {
                let right = number.as_f64().filter(|n| *n >= 0.0 && *n <= 1_000_000.0);
                let Some(right) = right else { return Err(format!("{}, line {line}: {field} of an entry of {key} is not a number from 0 up", raw.name)) };
                item.insert(field.to_owned(), Value::from(right.ceil() as i64));
            }
        }
        item.retain(|_, v| !v.is_null());
        checked.push(Value::Object(item));
    }
    Ok(Value::Array(checked))
}

fn check_front_ports(raw: &Raw, components: &Map<String, Value>) -> Result<(), String> {
    let rear: Vec<&str> = components.get("rear-ports").and_then(Value::as_array).into_iter().flatten().filter_map(|p| p["name"].as_str()).collect();
    for front in components.get("front-ports").and_then(Value::as_array).into_iter().flatten() {
        if let Some(behind) = front["rear_port"].as_str() && !rear.contains(&behind) {
            return Err(format!("{}, line {}: front port {} names rear port {behind:?}, which is not there", raw.name, line_of_text(&raw.text, behind), front["name"]));
        }
    }
    Ok(())
}

fn line_of(text: &str, key: &str) -> usize {
    text.lines().position(|l| l.trim_start().starts_with(&format!("{key}:"))).map_or(1, |n| n + 1)
}

fn line_of_text(text: &str, part: &str) -> usize {
    text.lines().position(|l| l.contains(part)).map_or(1, |n| n + 1)
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Type, String> {
        parse(&Raw { name: "device-types/x.yaml".into(), text: text.into() })
    }

    #[test]
    fn a_type_is_read_with_its_components() {
        let read = read("manufacturer: M\nmodel: D 1\nu_height: 1.5\nweight: 10\nweight_unit: lb\ninterfaces:\n  - name: eth0\n    type: 1000base-t\npower-ports:\n  - name: PSU1\n    maximum_draw: 750\n").unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((read.code.as_str(), read.u_height.to_string().as_str(), read.weight_kg.map(|w| w.to_string()).as_deref(), read.power_draw_w), ("m-d-1", "1.5", Some("4.536"), Some(750)));
        assert_eq!(read.components["interfaces"][0]["name"], "eth0");
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let refusal = |text: &str| read(text).err().unwrap_or_default();
        assert!(refusal("manufacturer: M\nmodel: D\nu_height: -1\n").contains("x.yaml, line 3"));
        assert!(refusal("manufacturer: M\nmodel: D\ninterfaces:\n  - name: a\n  - name: a\n").contains("twice"));
        assert!(refusal("manufacturer: M\nmodel: D\nfront-ports:\n  - name: f\n    rear_port: r\n").contains("not there"));
        assert!(refusal("manufacturer: M\nmodel: [\n").contains("x.yaml"));
        assert!(refusal("a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]\nf: &f [*e, *e, *e, *e, *e, *e, *e, *e, *e]\ng: &g [*f, *f, *f, *f, *f, *f, *f, *f, *f]\nh: [*g, *g, *g, *g, *g, *g, *g, *g, *g]\n").contains("x.yaml"));
    }
}
