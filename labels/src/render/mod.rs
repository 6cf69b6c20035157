//! A drawing in the formats that people and printers take.

mod pdf;
mod png;
mod svg;
mod zpl;

pub use pdf::{PdfError, Sheet, pdf_sheet};
pub(crate) use pdf::{Faces, at, draw};
pub use png::png;
pub use svg::svg;
pub use zpl::{zpl, zpl_batch};
