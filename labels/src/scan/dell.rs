//! Dell's service tags: seven characters, which read as a number in base 36 are the express service code. Either finds the machine.

use super::Meaning;

/// A text that looks like a service tag or an express service code, as both.
pub fn service_code(text: &str) -> Option<Meaning> {
    let compact: String = text.chars().filter(|c| *c != '-' && *c != ' ').collect();
    let mut meaning = Meaning { text: Some(text.to_owned()), ..Meaning::default() };
    if compact == text && is_tag(text) {
        meaning.dell_express_service_code = Some(u64::from_str_radix(text, 36).ok()?.to_string());
        return Some(meaning);
    }
    // Ten or eleven digits; never one that begins with 0, and only if it is a tag of seven characters.
    if (10..=11).contains(&compact.len()) && compact.bytes().all(|b| b.is_ascii_digit()) && !compact.starts_with('0') {
        let tag = base36(compact.parse().ok()?);
        if is_tag(&tag) {
            meaning.dell_service_tag = Some(tag);
            return Some(meaning);
        }
    }
    None
}

/// Letters and digits mixed, upper case: seven letters are a word, seven digits a number.
fn is_tag(text: &str) -> bool {
    text.len() == 7 && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && text.bytes().any(|b| b.is_ascii_digit()) && text.bytes().any(|b| b.is_ascii_uppercase())
}

fn base36(mut number: u64) -> String {
    let mut digits = Vec::new();
    while number > 0 {
        digits.push(char::from_digit((number % 36) as u32, 36).unwrap_or('0').to_ascii_uppercase());
        number /= 36;
    }
    digits.iter().rev().collect()
}
