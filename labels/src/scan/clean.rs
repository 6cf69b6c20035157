//! Takes off what scanners add and puts back what they spoil: AIM identifiers, line ends, control characters sent as something else.

use super::{LIMIT, ScanError};

pub const GS: char = '\u{1d}';
pub const RS: char = '\u{1e}';
pub const EOT: char = '\u{4}';

pub struct Cleaned {
    pub text: String,
    /// The scanner said that this is GS1 (AIM identifier, or a leading FNC1).
    pub gs1: bool,
    pub warnings: Vec<String>,
}

pub fn clean(raw: &str) -> Result<Cleaned, ScanError> {
    let length = raw.chars().count();
    if length > LIMIT {
        return Err(ScanError::TooLong { length, limit: LIMIT });
    }
    let mut warnings = Vec::new();
    let mut text = raw.trim_matches(|c: char| c == '\r' || c == '\n' || c == '\t' || c == ' ' || c == '\u{feff}').to_owned();
    if text.is_empty() {
        return Err(ScanError::Empty);
    }
    let mut gs1 = false;
    if let Some(identifier) = aim(&text) {
        // FNC1 in first position: GS1-128, GS1 DataMatrix, GS1 QR, DataBar, GS1 DotCode (ISO/IEC 15424).
        gs1 = matches!(identifier.as_str(), "]C1" | "]d2" | "]Q3" | "]e0" | "]e1" | "]e2" | "]J1");
        text.drain(..identifier.len());
    }
    let mapped = map_back(&text);
    if mapped != text {
        warnings.push("The scanner sends control characters as visible ones; they were put back.".to_owned());
        text = mapped;
    }
    // Content wins over the identifier: some scanners report a format 06 envelope as GS1.
    if text.contains("[)>") {
        gs1 = false;
    } else if let Some(rest) = text.strip_prefix(GS) {
        gs1 = true;
        text = rest.to_owned();
    }
    if text.chars().all(|c| matches!(c, GS | RS | EOT | '\u{1c}' | '\u{1f}') || c.is_whitespace()) {
        return Err(if text.trim().is_empty() { ScanError::Empty } else { ScanError::OnlySeparators });
    }
    // Code 39 with its start and stop sent along.
    if text.len() > 2 && text.starts_with('*') && text.ends_with('*') && !text[1..text.len() - 1].contains('*') {
        text = text[1..text.len() - 1].to_owned();
        warnings.push("The scanner sends Code 39's start and stop; they were taken off.".to_owned());
    }
    // A scanner set to a US keyboard on a German one.
    if text.contains('ß') && text.chars().all(|c| c == 'ß' || c.is_ascii()) {
        text = text.replace('ß', "-");
        warnings.push("keyboard_layout_fix:ß->-".to_owned());
    }
    Ok(Cleaned { text: text.trim().to_owned(), gs1, warnings })
}

/// `]`, a letter, a digit or letter: ISO/IEC 15424.
fn aim(text: &str) -> Option<String> {
    let mut chars = text.chars();
    match (chars.next(), chars.next(), chars.next()) {
        (Some(']'), Some(code), Some(modifier)) if code.is_ascii_alphabetic() && modifier.is_ascii_alphanumeric() => Some([']', code, modifier].iter().collect()),
        _ => None,
    }
}

/// Puts back the control characters that a scanner or a web page showed as something printable.
fn map_back(text: &str) -> String {
    let mut text = text.to_owned();
    for (shown, meant) in [("\u{241d}", GS), ("\u{241e}", RS), ("\u{2404}", EOT), ("{GS}", GS), ("{RS}", RS), ("{EOT}", EOT), ("<GS>", GS), ("<RS>", RS), ("<EOT>", EOT), ("\\x1d", GS), ("\\x1e", RS), ("\\x04", EOT), ("\u{e8}", GS)] {
        if text.contains(shown) {
            text = text.replace(shown, &meant.to_string());
        }
    }
    // Caret notation only where it makes an envelope or separates fields: a caret may be data elsewhere.
    if text.contains("^]") {
        text = text.replace("^^", &RS.to_string()).replace("^]", &GS.to_string()).replace("^D", &EOT.to_string());
    }
    text
}
