//! GS1 element strings, their bracketed writing, and Digital Links (GS1 General Specifications; GS1 Digital Link: URI Syntax).

use super::clean::{EOT, GS, RS};
use super::gs1_table::{Entry, TABLE};
use super::{Field, Meaning, ScanError};

/// Reads an element string: fixed-length fields end by themselves, the others at GS or at the end.
pub fn elements(text: &str) -> Result<Vec<Field>, ScanError> {
    let mut fields = Vec::new();
    let mut rest = &text[..text.find([RS, EOT]).unwrap_or(text.len())];
    loop {
        rest = rest.trim_start_matches(GS);
        if rest.is_empty() {
            break;
        }
        let (ai, entry) = identifier(rest).ok_or_else(|| ScanError::UnknownIdentifier { start: rest.chars().take(4).collect() })?;
        let after = &rest[ai.len()..];
        let end = after.find(GS).unwrap_or(after.len());
        // A predefined length needs no separator after it.
        let end = if entry.2 { longest(entry.3).min(end) } else { end };
        let (value, left) = after.split_at_checked(end).ok_or_else(|| characters(ai, entry, after))?;
        check(ai, entry, value)?;
        fields.push(Field::new(ai, value));
        rest = left;
    }
    if fields.is_empty() { Err(ScanError::OnlySeparators) } else { Ok(fields) }
}

/// `(01)09506000134352(21)SN-7731`; a bracket inside a value is written `\(`.
pub fn bracketed(text: &str) -> Option<Result<Vec<Field>, ScanError>> {
    let first = text.strip_prefix('(')?.split_once(')')?.0;
    if !(2..=4).contains(&first.len()) || !first.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let guarded = text.replace("\\(", "\u{e000}");
    let mut fields = Vec::new();
    for part in guarded.split('(').skip(1) {
        let Some((ai, value)) = part.split_once(')') else {
            return Some(Err(ScanError::UnknownIdentifier { start: part.chars().take(4).collect() }));
        };
        let value = value.replace('\u{e000}', "(");
        let read = identifier(ai).filter(|(found, _)| found.len() == ai.len())
            .ok_or_else(|| ScanError::UnknownIdentifier { start: ai.chars().take(6).collect() })
            .and_then(|(_, entry)| check(ai, entry, &value));
        if let Err(error) = read {
            return Some(Err(error));
        }
        fields.push(Field::new(ai, value));
    }
    Some(Ok(fields))
}

/// `https://host/…/01/09506000134352/21/SN-7731`
pub fn digital_link(text: &str) -> Option<Result<Vec<Field>, ScanError>> {
    let path = ["https://", "http://", "HTTPS://", "HTTP://"].iter().find_map(|scheme| text.strip_prefix(scheme))?;
    let path = path.split(['?', '#']).next()?;
    let segments: Vec<&str> = path.split('/').skip(1).collect();
    let key = segments.iter().position(|s| matches!(*s, "00" | "01" | "253" | "255" | "401" | "402" | "414" | "417" | "8003" | "8004" | "8006" | "8010" | "8013" | "8017" | "8018"))?;
    let mut fields = Vec::new();
    for pair in segments[key..].chunks(2) {
        let [ai, value] = pair else { break };
        let value = unescape(value);
        // A GTIN may stand there without its leading zeros.
        let value = if *ai == "01" && matches!(value.len(), 8 | 12 | 13) && value.bytes().all(|b| b.is_ascii_digit()) { format!("{value:0>14}") } else { value };
        match identifier(ai).filter(|(found, _)| found.len() == ai.len()) {
            Some((_, entry)) => {
                if let Err(error) = check(ai, entry, &value) {
                    return Some(Err(error));
                }
                fields.push(Field::new(*ai, value));
            }
            None => break,
        }
    }
    (!fields.is_empty()).then_some(Ok(fields))
}

fn unescape(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        let pair = (byte == b'%').then(|| (rest.clone().next(), rest.clone().nth(1)));
        match pair.and_then(|(high, low)| Some((char::from(high?).to_digit(16)?, char::from(low?).to_digit(16)?))) {
            Some((high, low)) => {
                bytes.push((high * 16 + low) as u8);
                rest.nth(1);
            }
            None => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| segment.to_owned())
}

/// A bare EAN or UPC whose check digit is right, as a GTIN of 14 digits.
pub fn plain_gtin(text: &str) -> Option<String> {
    let right = matches!(text.len(), 8 | 12 | 13 | 14) && text.bytes().all(|b| b.is_ascii_digit()) && text.ends_with(check_digit(&text[..text.len() - 1]));
    right.then(|| format!("{text:0>14}"))
}

/// The longest entry of the table that the text begins with.
fn identifier(text: &str) -> Option<(&str, &'static Entry)> {
    (2..=4).rev().find_map(|length| {
        let ai = text.get(..length)?;
        TABLE.iter().find(|(from, to, ..)| from.len() == length && (*from..=*to).contains(&ai)).map(|entry| (ai, entry))
    })
}

/// One component of a rule.
struct Component<'a> {
    kind: char,
    least: usize,
    most: usize,
    optional: bool,
    linters: std::str::Split<'a, char>,
}

fn components(rule: &str) -> impl Iterator<Item = Component<'_>> {
    rule.split(' ').filter_map(|word| {
        let optional = word.starts_with('?');
        let mut parts = word.trim_start_matches('?').split(',');
        let mut shape = parts.next()?.chars();
        let kind = shape.next()?;
        let length = shape.as_str();
        let (least, most) = match length.strip_prefix("..") {
            Some(most) => (1, most.parse().ok()?),
            None => (length.parse().ok()?, length.parse().ok()?),
        };
        Some(Component { kind, least, most, optional, linters: parts })
    })
}

fn longest(rule: &str) -> usize {
    components(rule).map(|c| c.most).sum()
}

/// What an identifier takes, for a message: "14 digits".
fn needs(rule: &str) -> String {
    let all: Vec<Component<'_>> = components(rule).collect();
    let least: usize = all.iter().filter(|c| !c.optional).map(|c| c.least).sum();
    let most: usize = all.iter().map(|c| c.most).sum();
    let unit = if all.iter().all(|c| c.kind == 'N') { "digits" } else { "characters" };
    if least == most { format!("{most} {unit}") } else { format!("{least} to {most} {unit}") }
}

fn characters(ai: &str, entry: &Entry, value: &str) -> ScanError {
    ScanError::Characters { ai: ai.to_owned(), needs: needs(entry.3), value: value.to_owned() }
}

fn check(ai: &str, entry: &Entry, value: &str) -> Result<(), ScanError> {
    let wrong_length = || ScanError::Length { ai: ai.to_owned(), needs: needs(entry.3), value: value.to_owned() };
    if let Some(bad) = value.chars().find(|c| c.is_control()) {
        return Err(ScanError::ControlCharacter { field: ai.to_owned(), code: bad as u32 });
    }
    let mut rest = value;
    for component in components(entry.3) {
        if rest.is_empty() && component.optional {
            break;
        }
        if rest.len() < component.least {
            return Err(wrong_length());
        }
        let (part, left) = rest.split_at_checked(component.most.min(rest.len())).ok_or_else(|| characters(ai, entry, value))?;
        let right = match component.kind {
            'N' => part.bytes().all(|b| b.is_ascii_digit()),
            'Y' => part.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b"#-/".contains(&b)),
            'Z' => part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_=".contains(&b)),
            _ => part.bytes().all(cset_82),
        };
        if !right {
            return Err(characters(ai, entry, value));
        }
        for linter in component.linters {
            lint(linter, ai, part)?;
        }
        rest = left;
    }
    if rest.is_empty() { Ok(()) } else { Err(wrong_length()) }
}

/// GS1 General Specifications, figure 7.11-1: the 82 characters of an AI's alphanumeric value.
fn cset_82(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!\"%&'()*+,-./:;<=>?_".contains(&byte)
}

fn lint(linter: &str, ai: &str, part: &str) -> Result<(), ScanError> {
    match linter {
        "csum" => {
            let Some((body, found)) = part.char_indices().next_back().map(|(at, c)| (&part[..at], c)) else { return Ok(()) };
            let expected = check_digit(body);
            // GRAI's own published examples break this one, so it is no reason to refuse.
            if found != expected && ai != "8003" {
                return Err(ScanError::CheckDigit { ai: ai.to_owned(), value: part.to_owned(), expected, found });
            }
        }
        "yymmd0" | "yymmdd" => {
            let number = |range: std::ops::Range<usize>| part.get(range).and_then(|d| d.parse::<u32>().ok()).unwrap_or(99);
            let (month, day) = (number(2..4), number(4..6));
            // Day 00 is the month's last.
            let days = match month {
                2 => 29,
                4 | 6 | 9 | 11 => 30,
                _ => 31,
            };
            if !(1..=12).contains(&month) || day > days || (day == 0 && linter == "yymmdd") {
                return Err(ScanError::Date { ai: ai.to_owned(), value: part.to_owned() });
            }
        }
        _ => {}
    }
    Ok(())
}

/// The check digit that belongs behind these digits: mod 10 with weights 3 and 1 from the right (GS1 General Specifications 7.9).
pub fn check_digit(body: &str) -> char {
    let sum: u32 = body.bytes().rev().filter(u8::is_ascii_digit).enumerate().map(|(n, b)| u32::from(b - b'0') * if n % 2 == 0 { 3 } else { 1 }).sum();
    char::from_digit((10 - sum % 10) % 10, 10).unwrap_or('0')
}

/// What the fields mean at the dock.
pub fn meaning(fields: &[Field]) -> Meaning {
    let first = |id: &str| fields.iter().find(|f| f.id == id).map(|f| f.value.clone());
    Meaning {
        gtin: first("01").or_else(|| first("02")),
        serials: fields.iter().filter(|f| f.id == "21").map(|f| f.value.clone()).collect(),
        lot: first("10"),
        sscc: first("00"),
        quantity: first("37").or_else(|| first("30")).and_then(|q| q.parse().ok()),
        purchase_order: first("400"),
        asset_identifier: first("8004").or_else(|| first("7023")),
        customer_part_number: first("241"),
        part_number: first("240"),
        ..Meaning::default()
    }
}
