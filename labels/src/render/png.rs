//! PNG, one pixel for each printer dot, black on white with smooth text.

use crate::drawing::{Dpi, Item};
use crate::font;
use crate::layout::{self, LabelData};

#[derive(Debug, thiserror::Error)]
pub enum PngError {
    #[error(transparent)]
    Symbol(#[from] crate::symbol::SymbolError),
    #[error("the picture could not be written: {0}")]
    Encoding(#[from] ::png::EncodingError),
}

pub fn png(data: &LabelData, dpi: Dpi) -> Result<Vec<u8>, PngError> {
    let drawing = layout::draw(data, dpi)?;
    let dots = dpi.dots_per_mm();
    let (width, height) = ((drawing.width_mm * dots).round() as usize, (drawing.height_mm * dots).round() as usize);
    let mut canvas = Canvas { width, height, pixels: vec![255; width * height] };
    for item in &drawing.items {
        match item {
            Item::Symbol { modules, x, y, module_mm, bar_height_mm } => {
                let at = |mm: f64| (mm * dots).round() as usize;
                for (mx, my, length) in modules.runs() {
                    canvas.fill(at(x + mx as f64 * module_mm), at(y + my as f64 * module_mm), at(length as f64 * module_mm), at(*bar_height_mm));
                }
            }
            Item::Text { text, x, y, size_mm, bold } => canvas.text(text, x * dots, y * dots, size_mm * dots, *bold),
        }
    }
    let mut bytes = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut bytes, width as u32, height as u32);
    encoder.set_color(::png::ColorType::Grayscale);
    encoder.set_depth(::png::BitDepth::Eight);
    let per_metre = (dots * 1000.0).round() as u32;
    encoder.set_pixel_dims(Some(::png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: ::png::Unit::Meter }));
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&canvas.pixels)?;
    writer.finish()?;
    Ok(bytes)
}

struct Canvas {
    width: usize,
    height: usize,
    pixels: Vec<u8>,
}

impl Canvas {
    fn fill(&mut self, x: usize, y: usize, width: usize, height: usize) {
        for row in y..(y + height).min(self.height) {
            for column in x..(x + width).min(self.width) {
                self.pixels[row * self.width + column] = 0;
            }
        }
    }

    fn text(&mut self, text: &str, x: f64, y: f64, size: f64, bold: bool) {
        let Some(face) = font::face(bold) else { return };
        let mut pen = x;
        for c in text.chars() {
            let (metrics, coverage) = face.rasterize(c, size as f32);
            let (left, top) = (pen.round() as i64 + i64::from(metrics.xmin), y.round() as i64 - metrics.height as i64 - i64::from(metrics.ymin));
            for (n, ink) in coverage.iter().enumerate() {
                let (column, row) = (left + (n % metrics.width) as i64, top + (n / metrics.width) as i64);
                if (0..self.width as i64).contains(&column) && (0..self.height as i64).contains(&row) {
                    let pixel = &mut self.pixels[row as usize * self.width + column as usize];
                    *pixel = (*pixel).min(255 - ink);
                }
            }
            pen += f64::from(metrics.advance_width);
        }
    }
}
