//! What stands where nobody entered a serial, and how serials are compared.

const PLACEHOLDERS: &[&str] = &[
    "default string", "to be filled by o.e.m.", "to be filled by oem", "builtin", "not specified", "not provided", "none", "n/a", "na", "unknown", "system serial number",
    "chassis serial number", "base board serial number", "0123456789", "123456789", "1234567890", "invalid", "null", "o.e.m.", "xxxxxxxxxx",
];

/// Whether a text identifies nothing: printed by firmware or on labels where a serial should be.
pub fn is_placeholder_serial(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    PLACEHOLDERS.contains(&text.as_str()) || text.is_empty() || ["0", ".", "-", "*"].iter().any(|c| text.replace(c, "").is_empty())
}

/// A serial as it is compared: upper case, without blanks.
pub fn normalise_serial(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase()
}
