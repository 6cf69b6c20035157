//! Printing and reading labels: symbologies, layouts, PDF, SVG, PNG and ZPL out, scanned text in; and paper, for what is longer than a
//! label. No I/O, no database.

pub mod drawing;
pub mod font;
pub mod layout;
pub mod paper;
pub mod render;
pub mod scan;
pub mod symbol;
pub mod tag;
