//! Printing and reading labels: symbologies, layouts, PDF, SVG, PNG and ZPL out, scanned text in. No I/O, no database.

pub mod drawing;
pub mod font;
pub mod layout;
pub mod render;
pub mod scan;
pub mod symbol;
pub mod tag;
