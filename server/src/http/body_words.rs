//! What is wrong with a field, in the words of the person who sent it instead of the parser's.

use serde_json::Error;

use super::Problem;

/// The refusal of a body whose JSON is well formed and whose content is not right. `path` is where: `lines[0].quantity`.
pub fn problem(path: &str, error: &Error) -> Problem {
    let text = error.to_string();
    // " at line 1 column 52" helps nobody who sent one line.
    let text = text.rsplit_once(" at line ").map_or(text.as_str(), |(said, _)| said);
    let (field, message) = words(path, text);
    Problem::field(field, message)
}

fn words(path: &str, text: &str) -> (String, String) {
    let here = if path == "." { "body".to_owned() } else { path.to_owned() };
    let within = |name: &str| match path.rsplit_once('.') {
        // The path of an unknown or missing field may end with its own name or with that of the object around it.
        _ if path == "." || path == name => name.to_owned(),
        Some((_, last)) if last == name => path.to_owned(),
        _ => format!("{path}.{name}"),
    };
    let quoted = || text.split('`').nth(1).unwrap_or_default();
    if text.starts_with("missing field") {
        return (within(quoted()), "This is needed and missing.".to_owned());
    }
    if text.starts_with("duplicate field") {
        return (within(quoted()), "This stands there twice.".to_owned());
    }
    if text.starts_with("unknown field") {
        let known: Vec<&str> = text.split('`').skip(3).step_by(2).collect();
        let known = if known.is_empty() { "Nothing is expected here.".to_owned() } else { format!("Known are: {}.", known.join(", ")) };
        return (within(quoted()), format!("There is no field {}. {known}", quoted()));
    }
    if text.starts_with("unknown variant") {
        let known: Vec<&str> = text.split('`').skip(3).step_by(2).collect();
        return (here, format!("{} is not one of: {}.", quoted(), known.join(", ")));
    }
    if let Some((_, rest)) = text.split_once(": ").filter(|(kind, _)| kind.starts_with("invalid "))
        && let Some((got, expected)) = rest.split_once(", expected ")
    {
        return (here, format!("{} is not {}.", shown(got), wanted(expected)));
    }
    if ["premature end of input", "input is out of range", "input contains invalid characters", "trailing input"].contains(&text) {
        return (here, "That is not a date or a moment. Write 2026-03-31, or 2026-03-31T12:00:00Z.".to_owned());
    }
    if text.starts_with("UUID parsing failed") {
        return (here, "That is not an id.".to_owned());
    }
    let mut sentence: String = text.chars().take(1).flat_map(char::to_uppercase).chain(text.chars().skip(1)).collect();
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    (here, sentence)
}

/// `floating point `1.5`` -> 1.5, `string "many"` -> "many", `sequence` -> A list.
fn shown(got: &str) -> String {
    if let Some(value) = got.split('`').nth(1) {
        return value.to_owned();
    }
    if let Some(value) = got.strip_prefix("string ") {
        return value.chars().take(80).collect();
    }
    match got {
        "null" => "null".to_owned(),
        "sequence" => "A list".to_owned(),
        "map" => "An object".to_owned(),
        other => other.to_owned(),
    }
}

fn wanted(expected: &str) -> String {
    match expected {
        "i8" | "i16" | "i32" | "i64" | "isize" => "a whole number".to_owned(),
        "u8" | "u16" | "u32" | "u64" | "usize" => "a whole number of at least 0".to_owned(),
        "f32" | "f64" | "a JSON number" => "a number".to_owned(),
        "a string" | "a borrowed string" => "text".to_owned(),
        "a boolean" => "true or false".to_owned(),
        "a sequence" => "a list".to_owned(),
        "option" => "what is expected here".to_owned(),
        other if other.contains("Decimal") => "an amount such as \"4200.00\"".to_owned(),
        other if other.contains("date") => "a date such as 2026-03-31".to_owned(),
        other if other.starts_with("struct ") || other.starts_with("a map") => "an object".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn the_parser_s_words_become_a_person_s() {
        for (path, said, field, message) in [
            (".", "missing field `name`", "name", "This is needed and missing."),
            ("lines[0]", "missing field `model`", "lines[0].model", "This is needed and missing."),
            ("lines[0].quantity", "invalid type: floating point `1.5`, expected i32", "lines[0].quantity", "1.5 is not a whole number."),
            ("name", "invalid type: sequence, expected a string", "name", "A list is not text."),
            ("colour", "unknown field `colour`, expected one of `color`, `kind`", "colour", "There is no field colour. Known are: color, kind."),
            ("role", "unknown variant `boss`, expected one of `viewer`, `auditor`", "role", "boss is not one of: viewer, auditor."),
            ("unit_price", "invalid value: string \"ten\", expected a Decimal type representing a fixed-point number", "unit_price", "\"ten\" is not an amount such as \"4200.00\"."),
            ("starts_on", "premature end of input", "starts_on", "That is not a date or a moment. Write 2026-03-31, or 2026-03-31T12:00:00Z."),
        ] {
            assert_eq!(words(path, said), (field.to_owned(), message.to_owned()), "{said}");
        }
    }
}
