//! SVG in millimetres, one to one.

use crate::drawing::{Dpi, Item};
use crate::layout::{self, LabelData};
use crate::symbol::SymbolError;

pub fn svg(data: &LabelData) -> Result<String, SymbolError> {
    let drawing = layout::draw(data, Dpi::D300)?;
    let (w, h) = (drawing.width_mm, drawing.height_mm);
    let mut out = format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{w}mm\" height=\"{h}mm\" viewBox=\"0 0 {w} {h}\" role=\"img\" aria-label=\"{}\"><rect width=\"{w}\" height=\"{h}\" fill=\"#fff\"/>", escape(&data.code));
    for item in &drawing.items {
        match item {
            Item::Symbol { modules, x, y, module_mm, bar_height_mm } => {
                out.push_str("<path fill=\"#000\" shape-rendering=\"crispEdges\" d=\"");
                for (mx, my, length) in modules.runs() {
                    out.push_str(&format!("M{:.4} {:.4}h{:.4}v{bar_height_mm:.4}h-{2:.4}z", x + mx as f64 * module_mm, y + my as f64 * module_mm, length as f64 * module_mm));
                }
                out.push_str("\"/>");
            }
            Item::Text { text, x, y, size_mm, bold } => {
                out.push_str(&format!("<text x=\"{x:.3}\" y=\"{y:.3}\" font-size=\"{size_mm:.3}\" font-family=\"DejaVu Sans, sans-serif\"{} fill=\"#000\">{}</text>", if *bold { " font-weight=\"700\"" } else { "" }, escape(text)));
            }
        }
    }
    out.push_str("</svg>");
    Ok(out)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
