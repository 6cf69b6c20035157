//! Asset tags: `A-000482-7`. Text, never a number; a prefix that is no data identifier; a check character, so that a mistyped tag is
//! refused and not mistaken for its neighbour.

use std::fmt;

/// An asset tag whose check character is right.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AssetTag(String);

#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TagError {
    #[error("{0:?} is not an asset tag. A tag looks like A-000482-7.")]
    Shape(String),
    #[error("{0} is mistyped: its check character does not fit. Scan it again, or look the asset up by its serial.")]
    Check(String),
}

impl AssetTag {
    /// The tag of a running number.
    pub fn from_number(number: u64) -> Self {
        let body = format!("A{number:06}");
        Self(format!("A-{number:06}-{}", check_character(&body)))
    }

    /// Reads a tag as scanned or typed. Case and blanks around it do not matter.
    pub fn parse(text: &str) -> Result<Self, TagError> {
        let text = text.trim().to_ascii_uppercase();
        let shape = || TagError::Shape(text.chars().take(40).collect());
        let (number, check) = text.strip_prefix("A-").and_then(|rest| rest.split_once('-')).ok_or_else(shape)?;
        if number.len() < 6 || number.len() > 12 || !number.bytes().all(|b| b.is_ascii_digit()) || check.len() != 1 || value(check.as_bytes()[0]).is_none() {
            return Err(shape());
        }
        if check != check_character(&format!("A{number}")).to_string() {
            return Err(TagError::Check(text));
        }
        Ok(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for AssetTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn value(character: u8) -> Option<u32> {
    match character {
        b'0'..=b'9' => Some(u32::from(character - b'0')),
        b'A'..=b'Z' => Some(u32::from(character - b'A') + 10),
        _ => None,
    }
}

/// ISO/IEC 7064, MOD 37,36: a hybrid system that finds every single wrong character and nearly every
/// transposition of neighbours.
/// `body` is upper-case letters and digits; others are passed over.
pub fn check_character(body: &str) -> char {
    const M: u32 = 36;
    let mut product = M;
    for digit in body.bytes().filter_map(value) {
        let sum = match (product + digit) % M {
            0 => M,
            other => other,
        };
        product = (sum * 2) % (M + 1);
    }
    let check = (M + 1 - product) % M;
    char::from_digit(check, 36).unwrap_or('0').to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_check_character_is_that_of_the_standard() {
        // ISO/IEC 7064's own kind of example, as the GRid standard (which uses MOD 37,36) prints it: A1-2425G-ABC1234002-M.
        assert_eq!(check_character("A12425GABC1234002"), 'M');
    }

    proptest! {
        #[test]
        fn a_tag_reads_back(number in 0u64..10_000_000) {
            let tag = AssetTag::from_number(number);
            prop_assert_eq!(AssetTag::parse(&format!(" {} ", tag.as_str().to_lowercase())), Ok(tag));
        }

        #[test]
        fn one_wrong_digit_is_refused(number in 0u64..1_000_000, place in 2usize..8, wrong in 0u8..10) {
            let tag = AssetTag::from_number(number).to_string();
            let mut bytes = tag.clone().into_bytes();
            bytes[place] = b'0' + wrong;
            let typed = String::from_utf8(bytes).unwrap_or_default();
            prop_assert_eq!(AssetTag::parse(&typed).is_ok(), typed == tag);
        }
    }

    #[test]
    fn nearly_every_swap_of_neighbours_is_refused() {
        let (mut swaps, mut missed) = (0u32, 0u32);
        for number in 0..20_000u64 {
            let tag = AssetTag::from_number(number * 37 % 1_000_000).to_string();
            for place in 2..7 {
                let mut bytes = tag.clone().into_bytes();
                bytes.swap(place, place + 1);
                let typed = String::from_utf8(bytes).unwrap_or_default();
                if typed != tag {
                    swaps += 1;
                    missed += u32::from(AssetTag::parse(&typed).is_ok());
                }
            }
        }
        assert!(missed * 100 < swaps * 2, "{missed} of {swaps} swaps pass");
    }
}
