//! PDF sheets: labels in a grid on A4 or Letter, with the labels already used, copies and a printer's offset. Text is text.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use crate::drawing::{Dpi, Drawing, Item};
use crate::font;
use crate::layout::{self, LabelData, LabelKind};

/// A sheet of labels; millimetres.
#[derive(Clone, Debug)]
pub struct Sheet {
    pub page_width: f64,
    pub page_height: f64,
    pub margin_left: f64,
    pub margin_top: f64,
    pub gutter_x: f64,
    pub gutter_y: f64,
    pub columns: usize,
    pub rows: usize,
    /// Labels of the first sheet that are used already.
    pub skip: usize,
    pub copies: usize,
    pub offset_x: f64,
    pub offset_y: f64,
}

impl Sheet {
    /// A4 with labels of this kind, as many as fit with a margin of 10 mm.
    pub fn a4(kind: LabelKind) -> Self {
        let (w, h) = kind.size();
        let (columns, rows) = (((210.0 - 10.0) / (w + 2.0)) as usize, ((297.0 - 20.0) / (h + 2.0)) as usize);
        let margin = |page: f64, n: usize, size: f64| (page - n as f64 * size - (n - 1) as f64 * 2.0) / 2.0;
        Self { page_width: 210.0, page_height: 297.0, margin_left: margin(210.0, columns, w), margin_top: margin(297.0, rows, h), gutter_x: 2.0, gutter_y: 2.0, columns, rows, skip: 0, copies: 1, offset_x: 0.0, offset_y: 0.0 }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    #[error(transparent)]
    Symbol(#[from] crate::symbol::SymbolError),
    #[error("the PDF could not be written: {0}")]
    Writing(String),
}

/// PostScript points in a millimetre.
const POINTS: f64 = 72.0 / 25.4;

/// Millimetres in the points of a PDF.
pub(crate) fn at(mm: f64) -> f32 {
    (mm * POINTS) as f32
}

/// The face, upright and bold, for one document.
pub(crate) struct Faces([Font; 2]);

impl Faces {
    pub(crate) fn load() -> Result<Self, PdfError> {
        let load = |bold: bool| Font::new(font::bytes(bold).to_vec().into(), 0).ok_or_else(|| PdfError::Writing("the font cannot be read".to_owned()));
        Ok(Self([load(false)?, load(true)?]))
    }

    pub(crate) fn face(&self, bold: bool) -> Font {
        self.0[usize::from(bold)].clone()
    }
}

/// Draws one thing of a drawing whose upper left corner is at `left`, `top`.
pub(crate) fn draw(surface: &mut Surface<'_>, faces: &Faces, item: &Item, left: f64, top: f64) {
    match item {
        Item::Symbol { modules, x, y, module_mm, bar_height_mm } => {
            let mut path = PathBuilder::new();
            for (mx, my, length) in modules.runs() {
                let (x0, y0) = (left + x + mx as f64 * module_mm, top + y + my as f64 * module_mm);
                if let Some(rect) = Rect::from_ltrb(at(x0), at(y0), at(x0 + length as f64 * module_mm), at(y0 + bar_height_mm)) {
                    path.push_rect(rect);
                }
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Item::Text { text, x, y, size_mm, bold } => surface.draw_text(Point::from_xy(at(left + x), at(top + y)), faces.face(*bold), at(*size_mm), text, false, TextDirection::Auto),
    }
}

pub fn pdf_sheet(labels: &[LabelData], sheet: &Sheet) -> Result<Vec<u8>, PdfError> {
    let failed = |what: &str| PdfError::Writing(what.to_owned());
    let faces = Faces::load()?;
    let drawings: Vec<Drawing> = labels.iter().map(|data| layout::draw(data, Dpi::D300)).collect::<Result<_, _>>()?;
    let wanted: Vec<&Drawing> = drawings.iter().flat_map(|d| std::iter::repeat_n(d, sheet.copies.max(1))).collect();
    let per_page = (sheet.columns * sheet.rows).max(1);
    let skip = sheet.skip % per_page;
    let settings = PageSettings::from_wh(at(sheet.page_width), at(sheet.page_height)).ok_or_else(|| failed("the page has no size"))?;

    let mut document = Document::new();
    let mut placed = wanted.into_iter().peekable();
    let mut first = skip;
    while placed.peek().is_some() {
        let mut page = document.start_page_with(settings.clone());
        let mut surface = page.surface();
        surface.set_fill(Some(Fill { paint: rgb::Color::new(0, 0, 0).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }));
        for place in first..per_page {
            let Some(drawing) = placed.next() else { break };
            let left = sheet.margin_left + sheet.offset_x + (place % sheet.columns) as f64 * (drawing.width_mm + sheet.gutter_x);
            let top = sheet.margin_top + sheet.offset_y + (place / sheet.columns) as f64 * (drawing.height_mm + sheet.gutter_y);
            for item in &drawing.items {
                draw(&mut surface, &faces, item, left, top);
            }
        }
        surface.finish();
        page.finish();
        first = 0;
    }
    document.finish().map_err(|e| PdfError::Writing(format!("{e:?}")))
}
