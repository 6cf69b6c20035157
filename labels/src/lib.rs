//! Printing and reading labels: symbologies, layouts, PDF, SVG, PNG and ZPL out, scanned text in. No I/O, no database.

pub mod scan;
pub mod tag;
