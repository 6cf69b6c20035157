//! ZPL II for thermal printers. The printer draws the symbols itself, from whole dots; every text is escaped, so that a name cannot
//! carry commands.

use crate::drawing::{Dpi, Item};
use crate::layout::{self, LabelData};
use crate::symbol::{Kind, SymbolError};

pub fn zpl(data: &LabelData, dpi: Dpi) -> Result<String, SymbolError> {
    let drawing = layout::draw(data, dpi)?;
    let dots = dpi.dots_per_mm();
    let at = |mm: f64| (mm * dots).round() as i64;
    let mut out = format!("^XA^CI28^PW{}^LL{}^LH0,0\n", at(drawing.width_mm), at(drawing.height_mm));
    for item in &drawing.items {
        match item {
            Item::Symbol { modules, x, y, module_mm, bar_height_mm } => {
                let module = at(*module_mm);
                let field = escape(&modules.text);
                match modules.kind {
                    Kind::Code128 => out.push_str(&format!("^FO{},{}^BY{module}^BCN,{},N,N,N,A^FH_^FD{field}^FS\n", at(*x), at(*y), at(*bar_height_mm))),
                    // A magnification is at most 10 on small heads.
                    Kind::Qr => out.push_str(&format!("^FO{},{}^BQN,2,{}^FH_^FDMA,{field}^FS\n", at(*x), at(*y), module.clamp(1, 10))),
                    Kind::DataMatrix => out.push_str(&format!("^FO{},{}^BXN,{module},200^FH_^FD{field}^FS\n", at(*x), at(*y))),
                }
            }
            Item::Text { text, x, y, size_mm, .. } => {
                // Font 0's height is that of its capitals and descenders; its base line lies four fifths down.
                let height = at(*size_mm).max(8);
                out.push_str(&format!("^FO{},{}^A0N,{height},{height}^FH_^FD{}^FS\n", at(*x), (at(*y) - height * 4 / 5).max(0), escape(text)));
            }
        }
    }
    out.push_str("^PQ1^XZ\n");
    Ok(out)
}

/// Labels one after the other.
pub fn zpl_batch(labels: &[LabelData], dpi: Dpi) -> Result<String, SymbolError> {
    labels.iter().map(|data| zpl(data, dpi)).collect()
}

/// `^FH_` escapes: what begins a command, the escape sign itself, and control characters.
fn escape(text: &str) -> String {
    text.chars().map(|c| match c {
        '^' | '~' | '_' | '\\' => format!("_{:02X}", c as u32),
        c if c.is_control() => String::new(),
        c => c.to_string(),
    }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::LabelKind;

    #[test]
    fn a_name_cannot_carry_a_command() {
        let data = LabelData { kind: LabelKind::Asset, code: "A-000001-3".into(), title: "^XZ~DGR:X_".into(), lines: vec![] };
        let zpl = zpl(&data, Dpi::D203).unwrap_or_default();
        assert_eq!((zpl.matches("^XZ").count(), zpl.contains('~')), (1, false));
        assert!(zpl.contains("_5EXZ_7EDGR:X_5F"));
    }
}
