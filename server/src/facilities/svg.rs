//! A rack's face as a picture to scale, ready to print. 1 U is 44.45 mm, the mounting width 482.6 mm (EIA-310-D).

use super::elevation::Elevation;

const UNIT_MM: f64 = 44.45;
const WIDTH_MM: f64 = 482.6;
const RAIL_MM: f64 = 60.0;
const FRAME_MM: f64 = 20.0;
const TITLE_MM: f64 = 90.0;

/// One hue for each state, as everywhere.
fn colour(status: &str) -> &'static str {
    match status {
        "expected" => "#8a94a6",
        "received" => "#3b82c4",
        "in_test" => "#8b5fc7",
        "ready" => "#1f9488",
        "in_service" => "#2f8f4e",
        "in_repair" => "#c77d17",
        "retired" => "#8d7a66",
        _ => "#b3362c",
    }
}

/// The front or the rear of a rack. Millimetres, one to one.
pub fn draw(elevation: &Elevation, face: &str) -> String {
    let rack = &elevation.rack;
    let units = f64::from(rack.u_height);
    let (width, height) = (WIDTH_MM + 2.0 * RAIL_MM + 2.0 * FRAME_MM, units * UNIT_MM + 2.0 * FRAME_MM + TITLE_MM);
    let (left, bottom) = (FRAME_MM + RAIL_MM, TITLE_MM + FRAME_MM + units * UNIT_MM);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} {height}\" font-family=\"sans-serif\" role=\"img\" aria-label=\"{} {face}\">\n",
        escape(&rack.code));
    svg += &format!("<text x=\"{left}\" y=\"60\" font-size=\"48\" font-weight=\"700\" fill=\"#1c2430\">{} <tspan font-weight=\"400\" fill=\"#5a6675\">{face}</tspan></text>\n", escape(&rack.code));
    svg += &format!("<rect x=\"{0}\" y=\"{1}\" width=\"{2}\" height=\"{3}\" fill=\"#f4f6f8\" stroke=\"#3a4553\" stroke-width=\"6\" rx=\"6\"/>\n", FRAME_MM / 2.0, TITLE_MM + FRAME_MM / 2.0, width - FRAME_MM, units * UNIT_MM + FRAME_MM);
    for unit in 1..=rack.u_height {
        let y = bottom - f64::from(unit) * UNIT_MM;
        let number = if rack.descending_units { rack.u_height + 1 - unit } else { unit };
        svg += &format!("<rect x=\"{left}\" y=\"{y:.2}\" width=\"{WIDTH_MM}\" height=\"{UNIT_MM}\" fill=\"#ffffff\" stroke=\"#d5dbe2\" stroke-width=\"1\"/>\n");
        svg += &format!("<text x=\"{:.1}\" y=\"{:.2}\" font-size=\"20\" text-anchor=\"end\" fill=\"#5a6675\">{number}</text>\n", left - 12.0, y + UNIT_MM * 0.65);
    }
    for placement in elevation.placements.iter().filter(|p| p.face == "both" || p.face == face) {
        let h = placement.height * UNIT_MM;
        let y = bottom - (placement.unit - 1.0) * UNIT_MM - h;
        let asset = &placement.asset;
        let name = asset.name.as_deref().unwrap_or(&asset.model);
        svg += &format!("<g><title>{} {} ({})</title>", escape(&asset.code), escape(&asset.model), escape(&asset.status.replace('_', " ")));
        svg += &format!("<rect x=\"{left}\" y=\"{:.2}\" width=\"{WIDTH_MM}\" height=\"{:.2}\" fill=\"#e9eef3\" stroke=\"#3a4553\" stroke-width=\"2\" rx=\"3\"/>", y + 1.0, h - 2.0);
        svg += &format!("<rect x=\"{left}\" y=\"{:.2}\" width=\"14\" height=\"{:.2}\" fill=\"{}\"/>", y + 1.0, h - 2.0, colour(&asset.status));
        let size = (h * 0.5).min(24.0);
        svg += &format!("<text x=\"{:.1}\" y=\"{:.2}\" font-size=\"{size:.1}\" fill=\"#1c2430\">{}</text>", left + 26.0, y + h / 2.0 + size * 0.35, escape(&shorten(name, 26)));
        svg += &format!("<text x=\"{:.1}\" y=\"{:.2}\" font-size=\"{:.1}\" text-anchor=\"end\" font-family=\"monospace\" fill=\"#3a4553\">{}</text></g>\n", left + WIDTH_MM - 12.0, y + h / 2.0 + size * 0.3, size * 0.8, escape(&asset.code));
    }
    svg + "</svg>\n"
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most { text.to_owned() } else { text.chars().take(most - 1).chain(['…']).collect() }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
