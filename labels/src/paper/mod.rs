//! Paper: pages of text, rules, pictures and symbols, as PDF. Millimetres, from the upper left. What stands where, the caller says;
//! [`wrap`] and [`crate::font::width`] tell what fits.

mod pdf;
mod wrap;

pub use pdf::pdf;
pub use wrap::wrap;

use crate::drawing::Item;

/// A4, upright.
pub const WIDTH: f64 = 210.0;
pub const HEIGHT: f64 = 297.0;

#[derive(Clone, Debug, Default)]
pub struct Page {
    marks: Vec<Mark>,
}

#[derive(Clone, Debug)]
pub(crate) enum Mark {
    Item(Item),
    /// Text in a shade, from black (0) to white (1); it begins at x, or ends there.
    Text { text: String, x: f64, y: f64, size_mm: f64, bold: bool, shade: f64 },
    Rule { x: f64, y: f64, width: f64, height: f64, shade: f64 },
    Picture { x: f64, y: f64, width: f64, height: f64 },
    /// Large and pale across the page.
    Stamp { text: String },
}

/// How a text stands.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    pub size_mm: f64,
    pub bold: bool,
    /// From black (0) to white (1).
    pub shade: f64,
}

impl Style {
    pub const fn of(size_mm: f64) -> Self {
        Self { size_mm, bold: false, shade: 0.0 }
    }

    pub const fn bold(self) -> Self {
        Self { bold: true, ..self }
    }

    pub const fn pale(self) -> Self {
        Self { shade: 0.4, ..self }
    }

    pub fn width(self, text: &str) -> f64 {
        crate::font::width(text, self.bold) * self.size_mm
    }
}

impl Page {
    /// A text that begins at x; y is its base line.
    pub fn text(&mut self, text: &str, x: f64, y: f64, style: Style) {
        let text: String = text.chars().filter(|c| !c.is_control()).collect();
        if !text.trim().is_empty() {
            self.marks.push(Mark::Text { text, x, y, size_mm: style.size_mm, bold: style.bold, shade: style.shade });
        }
    }

    /// A text that ends at x.
    pub fn text_to(&mut self, text: &str, x: f64, y: f64, style: Style) {
        self.text(text, x - style.width(text), y, style);
    }

    /// A text that begins at x and has this much room: set smaller, then cut, where it needs more.
    pub fn text_in(&mut self, text: &str, x: f64, y: f64, room: f64, style: Style) {
        let (text, size_mm) = crate::font::fit(text, style.bold, style.size_mm, room);
        self.text(&text, x, y, Style { size_mm, ..style });
    }

    pub fn rule(&mut self, x: f64, y: f64, width: f64, height: f64, shade: f64) {
        self.marks.push(Mark::Rule { x, y, width, height, shade });
    }

    /// A symbol; x and y are those of its first module.
    pub fn symbol(&mut self, modules: crate::symbol::Modules, x: f64, y: f64, module_mm: f64) {
        self.marks.push(Mark::Item(Item::Symbol { modules, x, y, module_mm, bar_height_mm: module_mm }));
    }

    /// The document's picture.
    pub fn picture(&mut self, x: f64, y: f64, width: f64, height: f64) {
        self.marks.push(Mark::Picture { x, y, width, height });
    }

    pub fn stamp(&mut self, text: &str) {
        self.marks.push(Mark::Stamp { text: text.to_owned() });
    }
}

/// A picture that a document shows: PNG or JPEG.
#[derive(Clone)]
pub struct Picture {
    image: krilla::image::Image,
}

/// The most pixels of a picture's side: more would show nowhere and cost much.
const MOST_PIXELS: u32 = 4000;

impl Picture {
    /// Reads a picture, all of it, so that a broken one is refused here and not when it is printed. Says why not.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let data = || krilla::Data::from(bytes.to_vec());
        let image = match bytes {
            [0x89, b'P', b'N', b'G', ..] => krilla::image::Image::from_png(data(), true),
            [0xff, 0xd8, 0xff, ..] => krilla::image::Image::from_jpeg(data(), true),
            _ => return Err("it is neither PNG nor JPEG".to_owned()),
        };
        let picture = Self { image: image.map_err(|e| format!("it cannot be read: {e}"))? };
        let (width, height) = picture.image.size();
        if !(1..=MOST_PIXELS).contains(&width) || !(1..=MOST_PIXELS).contains(&height) {
            return Err(format!("it has {width} x {height} pixels, and {MOST_PIXELS} x {MOST_PIXELS} at most are taken"));
        }
        let mut page = Page::default();
        page.picture(0.0, 0.0, 10.0, 10.0);
        pdf(&[page], Some(&picture), "").map_err(|e| format!("it cannot be printed: {e}"))?;
        Ok(picture)
    }

    /// Width and height in millimetres at which it fills the room that it has.
    pub fn fit(&self, width: f64, height: f64) -> (f64, f64) {
        let (w, h) = self.image.size();
        let scale = (width / f64::from(w)).min(height / f64::from(h));
        (f64::from(w) * scale, f64::from(h) * scale)
    }
}
