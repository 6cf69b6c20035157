//! What stands where on a label: one layout each for assets, bins and racks.

use crate::drawing::{Dpi, Drawing, Item};
use crate::font;
use crate::symbol::{self, Kind, Modules, SymbolError};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LabelKind {
    Asset,
    Bin,
    Rack,
}

/// What a label says.
#[derive(Clone, Debug)]
pub struct LabelData {
    pub kind: LabelKind,
    /// What the symbols carry, and what is printed large.
    pub code: String,
    pub title: String,
    /// At most two are printed.
    pub lines: Vec<String>,
}

impl LabelKind {
    /// Width and height in millimetres.
    pub fn size(self) -> (f64, f64) {
        match self {
            LabelKind::Asset => (50.0, 25.0),
            LabelKind::Bin | LabelKind::Rack => (100.0, 50.0),
        }
    }
}

/// Draws a label for a printer of this resolution: modules are whole dots and never below what scanners need.
pub fn draw(data: &LabelData, dpi: Dpi) -> Result<Drawing, SymbolError> {
    let (width_mm, height_mm) = data.kind.size();
    let mut pen = Pen { dot: 1.0 / dpi.dots_per_mm(), items: Vec::new() };
    match data.kind {
        LabelKind::Asset => {
            let side = pen.square(symbol::encode(Kind::DataMatrix, &data.code)?, 1.5, 15.5, height_mm);
            let left = side + 1.0;
            let room = width_mm - left - 1.5;
            pen.text(&data.code, left, 7.6, 5.2, true, room);
            pen.text(&data.title, left, 12.4, 3.1, false, room);
            for (line, y) in data.lines.iter().take(2).zip([17.2, 21.6]) {
                pen.text(line, left, y, 2.7, false, room);
            }
        }
        LabelKind::Bin => {
            // The code to be read from two metres, the bars for a scanner at arm's length, the square for a phone.
            let side = pen.square_right(symbol::encode(Kind::Qr, &data.code)?, width_mm - 2.0, 2.0, 24.0);
            let room = side - 4.0 - 3.0;
            pen.text(&data.code, 4.0, 14.5, 13.0, true, room);
            pen.text(&data.title, 4.0, 22.5, 5.0, false, room);
            pen.bars(symbol::encode(Kind::Code128, &data.code)?, 2.0, 30.0, width_mm - 4.0, 16.0);
        }
        LabelKind::Rack => {
            let side = pen.square(symbol::encode(Kind::Qr, &data.code)?, 2.0, 30.0, 32.0);
            let left = side + 2.0;
            let room = width_mm - left - 3.0;
            pen.text(&data.code, left, 14.0, 12.0, true, room);
            pen.text(&data.title, left, 22.0, 5.0, false, room);
            for (line, y) in data.lines.iter().take(1).zip([29.0]) {
                pen.text(line, left, y, 4.0, false, room);
            }
            pen.bars(symbol::encode(Kind::Code128, &data.code)?, 2.0, 34.0, width_mm - 4.0, 13.0);
        }
    }
    Ok(Drawing { width_mm, height_mm, items: pen.items })
}

struct Pen {
    /// Millimetres.
    dot: f64,
    items: Vec<Item>,
}

impl Pen {
    fn snap(&self, mm: f64) -> f64 {
        (mm / self.dot).round() * self.dot
    }

    /// The largest whole number of dots for a module, at least three, so that the symbol and its quiet zone fit the room.
    fn module(&self, modules: usize, room: f64) -> f64 {
        ((room / modules as f64 / self.dot).floor()).max(3.0) * self.dot
    }

    /// A square symbol from `left`, centred in `height`, at most `size` with its quiet zone; returns where it ends.
    fn square(&mut self, modules: Modules, left: f64, size: f64, height: f64) -> f64 {
        let quiet = modules.kind.quiet_zone();
        let all = modules.width + 2 * quiet;
        let module_mm = self.module(all, size);
        let side = module_mm * all as f64;
        let (x, y) = (self.snap(left + quiet as f64 * module_mm), self.snap((height - side) / 2.0 + quiet as f64 * module_mm));
        self.items.push(Item::Symbol { modules, x, y, module_mm, bar_height_mm: module_mm });
        left + side
    }

    /// The same, ending at `right`; returns where it begins.
    fn square_right(&mut self, modules: Modules, right: f64, top: f64, size: f64) -> f64 {
        let quiet = modules.kind.quiet_zone();
        let all = modules.width + 2 * quiet;
        let module_mm = self.module(all, size);
        let side = module_mm * all as f64;
        let (x, y) = (self.snap(right - side + quiet as f64 * module_mm), self.snap(top + quiet as f64 * module_mm));
        self.items.push(Item::Symbol { modules, x, y, module_mm, bar_height_mm: module_mm });
        right - side
    }

    /// Bars across `room` from `left`, quiet zones included; two dots at the least, where a long code leaves no more.
    fn bars(&mut self, modules: Modules, left: f64, top: f64, room: f64, height: f64) {
        let quiet = modules.kind.quiet_zone();
        let all = modules.width + 2 * quiet;
        let module_mm = (room / all as f64 / self.dot).floor().max(2.0) * self.dot;
        let x = self.snap(left + (room - module_mm * all as f64) / 2.0 + quiet as f64 * module_mm);
        let y = self.snap(top);
        self.items.push(Item::Symbol { modules, x, y, module_mm, bar_height_mm: height });
    }

    fn text(&mut self, text: &str, x: f64, y: f64, size: f64, bold: bool, room: f64) {
        let clean: String = text.chars().filter(|c| !c.is_control()).collect();
        if clean.trim().is_empty() {
            return;
        }
        let (text, size_mm) = font::fit(clean.trim(), bold, size, room);
        self.items.push(Item::Text { text, x, y, size_mm, bold });
    }
}
