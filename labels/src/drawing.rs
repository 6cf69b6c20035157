//! A label as things drawn on it: the one picture from which every format is made. Millimetres, from the upper left.

use crate::symbol::Modules;

#[derive(Clone, Debug)]
pub struct Drawing {
    pub width_mm: f64,
    pub height_mm: f64,
    pub items: Vec<Item>,
}

#[derive(Clone, Debug)]
pub enum Item {
    /// A symbol; x and y are those of its first module, its quiet zone lies outside.
    Symbol { modules: Modules, x: f64, y: f64, module_mm: f64, bar_height_mm: f64 },
    /// A line of text; y is its base line.
    Text { text: String, x: f64, y: f64, size_mm: f64, bold: bool },
}

/// Dots of a printer in a millimetre, and what they are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dpi {
    D203,
    D300,
    D600,
}

impl Dpi {
    pub fn from_number(dpi: u32) -> Option<Self> {
        match dpi {
            203 => Some(Dpi::D203),
            300 => Some(Dpi::D300),
            600 => Some(Dpi::D600),
            _ => None,
        }
    }

    /// Zebra's print heads: 8, 12 and 24 dots a millimetre, rounded up from 203, 300 and 600 to the inch by their makers.
    pub fn dots_per_mm(self) -> f64 {
        match self {
            Dpi::D203 => 8.0,
            Dpi::D300 => 12.0,
            Dpi::D600 => 24.0,
        }
    }
}
