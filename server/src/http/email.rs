//! E-mail addresses, as far as the books check them; whether somebody reads there, only a mail can tell.

use super::{Problem, Result};

/// One @ with something on both sides, and no blank.
pub fn is_address(text: &str) -> bool {
    text.len() <= 320 && !text.contains(char::is_whitespace) && text.split_once('@').is_some_and(|(name, domain)| !name.is_empty() && !domain.is_empty() && !domain.contains('@'))
}

/// Refuses what is no address.
pub fn checked_address(field: &str, text: &str) -> Result<()> {
    match is_address(text) {
        true => Ok(()),
        false => Err(Problem::field(field, format!("{text:?} is not an e-mail address, such as orders@vendor.example."))),
    }
}
