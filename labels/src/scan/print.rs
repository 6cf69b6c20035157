//! Writing what [`super::parse`] reads: for labels of our own and for tests.

use super::Field;
use super::clean::{EOT, GS, RS};
use super::gs1_table::TABLE;

/// An ISO/IEC 15434 message of format 06 with these fields.
pub fn format_06(fields: &[Field]) -> String {
    let body: String = fields.iter().map(|f| format!("{GS}{}{}", f.id, f.value)).collect();
    format!("[)>{RS}06{body}{RS}{EOT}")
}

/// A GS1 element string with these fields: a separator after every field that does not end by itself.
pub fn gs1_element_string(fields: &[Field]) -> String {
    let mut out = String::new();
    for (n, field) in fields.iter().enumerate() {
        out.push_str(&field.id);
        out.push_str(&field.value);
        let ends_by_itself = TABLE.iter().any(|(from, to, fixed, _)| *fixed && from.len() == field.id.len() && (*from..=*to).contains(&field.id.as_str()));
        if !ends_by_itself && n + 1 < fields.len() {
            out.push(GS);
        }
    }
    out
}
