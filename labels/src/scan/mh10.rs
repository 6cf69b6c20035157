//! ANSI MH10.8.2 data identifiers, in an ISO/IEC 15434 envelope, without one, or one at a time.

use super::clean::{EOT, GS, RS};
use super::{Field, Meaning, ScanError};

pub enum Envelope<'a> {
    /// Format 06.
    Identifiers(&'a str),
    /// Format 05: GS1 application identifiers inside.
    Gs1(&'a str),
}

/// Finds an envelope, whole or damaged: junk before it, NUL, GS or nothing for RS after its header, no trailer.
pub fn envelope(text: &str) -> Option<Envelope<'_>> {
    let start = text.find("[)>")?;
    let rest = text[start + 3..].trim_start_matches([RS, GS, '\0', ' ']);
    let (format, body) = rest.split_at_checked(2)?;
    let body = body.trim_start_matches(['\0']).strip_prefix(GS).or(Some(body))?;
    let body = &body[..body.find([RS, EOT]).unwrap_or(body.len())];
    match format {
        "06" => Some(Envelope::Identifiers(body)),
        "05" => Some(Envelope::Gs1(body)),
        _ => None,
    }
}

type Read = (Vec<Field>, Vec<String>);

/// The fields of an envelope's body. Empty ones are passed over; one that is no identifier is kept for the warning.
pub fn fields(body: &str) -> Result<Read, ScanError> {
    let mut fields = Vec::new();
    let mut warnings = Vec::new();
    for element in body.split(GS).filter(|e| !e.is_empty()) {
        match split(element) {
            Some((id, "")) => fields.push(Field::new(id, "")),
            Some((id, value)) => {
                if let Some(bad) = value.chars().find(|c| c.is_control()) {
                    return Err(ScanError::ControlCharacter { field: id.to_owned(), code: bad as u32 });
                }
                fields.push(Field::new(id, value));
            }
            None => warnings.push(format!("{:?} begins with no data identifier and was passed over.", element.chars().take(40).collect::<String>())),
        }
    }
    if fields.is_empty() {
        return Err(ScanError::NoFields);
    }
    Ok((fields, warnings))
}

/// The same for a text that lost its header: only if every element begins with an identifier that is known.
pub fn without_envelope(text: &str) -> Result<Option<Read>, ScanError> {
    let body = &text[..text.find([RS, EOT]).unwrap_or(text.len())];
    let all_known = body.split(GS).filter(|e| !e.is_empty()).all(|e| split(e).is_some_and(|(id, _)| known(id)));
    if !all_known || !body.contains(GS) {
        return Ok(None);
    }
    fields(body).map(Some)
}

/// A text that is one identifier and its value.
pub fn single(text: &str) -> Option<Field> {
    let (id, value) = split(text)?;
    let plausible = match id {
        "S" => value.len() >= 5 && value.chars().any(|c| c.is_ascii_digit()) && value.chars().all(serial_character),
        "1P" | "P" | "30P" => value.len() >= 4 && value.chars().any(|c| c.is_ascii_digit()) && (id != "P" || value.contains('-')),
        "Q" => !value.is_empty() && value.len() <= 9 && value.chars().all(|c| c.is_ascii_digit()),
        "K" => value.len() >= 5 && value.chars().any(|c| c.is_ascii_digit()) && value.chars().all(|c| serial_character(c) || c == '-' || c == '/'),
        "4L" => value.len() == 2 && value.chars().all(|c| c.is_ascii_uppercase()),
        "1T" | "2S" | "3S" | "4S" | "23S" | "25S" | "11P" | "2P" | "1V" | "18V" | "9D" | "10D" | "1K" | "11K" => value.len() >= 2 && value.chars().all(|c| c.is_ascii_graphic()),
        _ => false,
    };
    plausible.then(|| Field::new(id, value))
}

fn serial_character(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit()
}

/// Up to three digits and an upper-case letter, then the value.
fn split(element: &str) -> Option<(&str, &str)> {
    let digits = element.bytes().take_while(u8::is_ascii_digit).count();
    let letter = element.as_bytes().get(digits)?;
    (digits <= 3 && letter.is_ascii_uppercase()).then(|| element.split_at(digits + 1))
}

/// Identifiers that are met on hardware and its cartons.
fn known(id: &str) -> bool {
    matches!(id, "P" | "1P" | "2P" | "3P" | "7P" | "11P" | "30P" | "33P" | "25P" | "S" | "1S" | "2S" | "3S" | "4S" | "5S" | "8S" | "11S" | "13S" | "18S" | "23S" | "25S" | "26S"
        | "Q" | "3Q" | "7Q" | "13Q" | "K" | "1K" | "2K" | "3K" | "4K" | "5K" | "6K" | "10K" | "11K" | "14K" | "1R" | "2R" | "D" | "5D" | "6D" | "9D" | "10D" | "11D" | "12D" | "14D" | "16D"
        | "T" | "1T" | "25T" | "4L" | "33L" | "V" | "1V" | "12V" | "13V" | "14V" | "18V" | "J" | "1J" | "2J" | "3J" | "4J" | "5J" | "6J" | "1B" | "25B" | "E" | "3Z" | "11Z" | "12Z" | "13Z" | "20Z" | "L" | "1L" | "21L")
}

/// What the fields mean at the dock.
pub fn meaning(fields: &[Field]) -> Meaning {
    let first = |id: &str| fields.iter().find(|f| f.id == id && !f.value.is_empty()).map(|f| f.value.trim().to_owned());
    let mut meaning = Meaning {
        purchase_order: first("K").or_else(|| first("14K").map(|v| v.split('+').next().unwrap_or_default().to_owned())),
        // With a distributor's number (30P) beside it, P is the customer's; alone, P is the customer's by the standard.
        part_number: first("1P").or_else(|| first("30P")),
        customer_part_number: first("P"),
        quantity: first("Q").and_then(|q| q.parse().ok()),
        serials: fields.iter().filter(|f| f.id == "S" && !f.value.is_empty()).map(|f| f.value.trim().to_owned()).collect(),
        lot: first("1T").or_else(|| first("T")),
        date_code: first("9D").or_else(|| first("10D")).or_else(|| first("11D")),
        country: first("4L"),
        packing_list: first("11K"),
        supplier_order: first("1K"),
        ..Meaning::default()
    };
    if let Some(mac) = first("23S") {
        meaning.mac = super::mac::mac(&mac);
    }
    meaning
}
