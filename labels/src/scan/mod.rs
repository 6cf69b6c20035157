//! What a scanned text is. The order of trying: what the scanner says (AIM), an envelope, brackets, vendors' own forms, identifiers, plain.
//! A text that can mean several things comes back with candidates; nothing is stripped blindly, and nothing ever panics.

mod candidates;
mod clean;
mod dell;
mod error;
mod gs1;
mod gs1_table;
mod mac;
mod mh10;
mod placeholder;
mod print;
mod vendor;

use serde::Serialize;

use crate::tag::{AssetTag, TagError};

pub use candidates::{Candidate, CandidateKind};
pub use error::ScanError;
pub use gs1_table::TABLE as GS1_TABLE;
pub use placeholder::{is_placeholder_serial, normalise_serial};
pub use print::{format_06, gs1_element_string};

/// The most characters any symbol holds: a QR code of version 40, level L, in alphanumeric mode (ISO/IEC 18004).
pub const LIMIT: usize = 4296;

/// A scanned text and what it can mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Scan {
    /// As it came.
    pub raw: String,
    /// Without what the scanner added: AIM identifier, line ends, blanks around it.
    pub text: String,
    pub standard: Standard,
    pub fields: Vec<Field>,
    pub meaning: Meaning,
    /// Readings in the order in which to look them up; the whole text first.
    pub candidates: Vec<Candidate>,
    pub warnings: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Standard {
    #[serde(rename = "mh10.8.2")]
    Mh10,
    #[serde(rename = "gs1")]
    Gs1,
    #[serde(rename = "vendor")]
    Vendor,
    #[serde(rename = "plain")]
    Plain,
}

/// An identifier and its value, as they stood in the symbol.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Field {
    pub id: String,
    pub value: String,
}

impl Field {
    pub fn new(id: impl Into<String>, value: impl Into<String>) -> Self {
        Self { id: id.into(), value: value.into() }
    }
}

/// What the fields say, in the words of receiving. Absent fields were not in the symbol.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Meaning {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purchase_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_part_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub serials: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lot: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gtin: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sscc: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asset_identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mac: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wwn: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub packing_list: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supplier_order: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dell_service_tag: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dell_express_service_code: Option<String>,
}

/// Reads a text as it came from a scanner.
pub fn parse(raw: &str) -> Result<Scan, ScanError> {
    let cleaned = clean::clean(raw)?;
    let mut scan = read(&cleaned)?;
    scan.raw = raw.to_owned();
    scan.candidates = candidates::of(&scan);
    Ok(scan)
}

fn read(cleaned: &clean::Cleaned) -> Result<Scan, ScanError> {
    let text = cleaned.text.as_str();
    let scan = |standard, fields, meaning| Scan {
        raw: String::new(), text: text.to_owned(), standard, fields, meaning, candidates: Vec::new(), warnings: cleaned.warnings.clone(),
    };
    if let Some(envelope) = mh10::envelope(text) {
        let (fields, warnings) = match envelope {
            mh10::Envelope::Identifiers(body) => mh10::fields(body)?,
            mh10::Envelope::Gs1(body) => {
                let fields = gs1::elements(body)?;
                let meaning = gs1::meaning(&fields);
                return Ok(scan(Standard::Gs1, fields, meaning));
            }
        };
        let meaning = mh10::meaning(&fields);
        let mut done = scan(Standard::Mh10, fields, meaning);
        done.warnings.extend(warnings);
        return Ok(done);
    }
    if cleaned.gs1 {
        let fields = gs1::elements(text)?;
        let meaning = gs1::meaning(&fields);
        return Ok(scan(Standard::Gs1, fields, meaning));
    }
    if let Some(fields) = gs1::bracketed(text).transpose()?.or(gs1::digital_link(text).transpose()?) {
        let meaning = gs1::meaning(&fields);
        return Ok(scan(Standard::Gs1, fields, meaning));
    }
    if text.contains(clean::GS) {
        // An envelope cut off: every element has to begin with an identifier that is known.
        if let Some((fields, warnings)) = mh10::without_envelope(text)? {
            let meaning = mh10::meaning(&fields);
            let mut done = scan(Standard::Mh10, fields, meaning);
            done.warnings.extend(warnings);
            return Ok(done);
        }
        if let Ok(fields) = gs1::elements(text) {
            let meaning = gs1::meaning(&fields);
            return Ok(scan(Standard::Gs1, fields, meaning));
        }
    }
    if let Some(bad) = text.chars().find(|c| c.is_control()) {
        return Err(ScanError::ControlCharacter { field: "text".to_owned(), code: bad as u32 });
    }
    if is_placeholder_serial(text) {
        return Err(ScanError::Placeholder(text.to_owned()));
    }
    if let Err(TagError::Check(tag)) = AssetTag::parse(text) {
        return Err(ScanError::MistypedTag(tag));
    }
    if let Some((fields, meaning)) = vendor::read(text) {
        return Ok(scan(Standard::Vendor, fields, meaning));
    }
    if let Some(mac) = mac::mac(text) {
        return Ok(scan(Standard::Plain, Vec::new(), Meaning { mac: Some(mac), ..Meaning::default() }));
    }
    if let Some(meaning) = dell::service_code(text) {
        return Ok(scan(Standard::Plain, Vec::new(), meaning));
    }
    if let Some(field) = mh10::single(text) {
        let fields = vec![field];
        let meaning = mh10::meaning(&fields);
        return Ok(scan(Standard::Mh10, fields, meaning));
    }
    let meaning = Meaning { text: Some(text.to_owned()), gtin: gs1::plain_gtin(text), wwn: mac::wwn(text), ..Meaning::default() };
    Ok(scan(Standard::Plain, Vec::new(), meaning))
}
