//! The labels' face: DejaVu Sans, from its package, for measuring and for drawing.

use std::sync::LazyLock;

use fontdue::{Font, FontSettings};

pub fn bytes(bold: bool) -> &'static [u8] {
    if bold { dejavu::sans::bold() } else { dejavu::sans::regular() }
}

static REGULAR: LazyLock<Option<Font>> = LazyLock::new(|| Font::from_bytes(bytes(false), FontSettings::default()).ok());
static BOLD: LazyLock<Option<Font>> = LazyLock::new(|| Font::from_bytes(bytes(true), FontSettings::default()).ok());

/// The parsed face; none only if the package's file were broken.
pub fn face(bold: bool) -> Option<&'static Font> {
    if bold { BOLD.as_ref() } else { REGULAR.as_ref() }
}

/// The width of a text in multiples of its size.
pub fn width(text: &str, bold: bool) -> f64 {
    let Some(face) = face(bold) else { return text.chars().count() as f64 * 0.7 };
    text.chars().map(|c| f64::from(face.metrics(c, 100.0).advance_width) / 100.0).sum()
}

/// The size at which a text fits a width, not above `size`; below 60 % of it the text is cut instead, and ends in an ellipsis.
pub fn fit(text: &str, bold: bool, size: f64, room: f64) -> (String, f64) {
    let needed = width(text, bold) * size;
    if needed <= room {
        return (text.to_owned(), size);
    }
    let shrunk = size * room / needed;
    if shrunk >= size * 0.6 {
        return (text.to_owned(), shrunk);
    }
    let size = size * 0.6;
    let mut kept: String = text.to_owned();
    while !kept.is_empty() && width(&format!("{kept}…"), bold) * size > room {
        kept.pop();
    }
    (format!("{}…", kept.trim_end()), size)
}
