//! Pages as PDF. The same pages are the same bytes: nothing in them says when they were made.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::metadata::Metadata;
use krilla::num::NormalizedF32;
use krilla::page::PageSettings;
use krilla::paint::{Fill, FillRule};
use krilla::surface::Surface;
use krilla::text::TextDirection;

use super::{HEIGHT, Mark, Page, Picture, WIDTH};
use crate::font;
use crate::render::{Faces, PdfError, at, draw};

pub fn pdf(pages: &[Page], picture: Option<&Picture>, title: &str) -> Result<Vec<u8>, PdfError> {
    let faces = Faces::load()?;
    let settings = PageSettings::from_wh(at(WIDTH), at(HEIGHT)).ok_or_else(|| PdfError::Writing("the page has no size".to_owned()))?;
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title.to_owned()));
    for page in pages {
        let mut paper = document.start_page_with(settings.clone());
        let mut surface = paper.surface();
        for mark in &page.marks {
            put(&mut surface, &faces, picture, mark);
        }
        surface.finish();
        paper.finish();
    }
    document.finish().map_err(|e| PdfError::Writing(format!("{e:?}")))
}

fn put(surface: &mut Surface<'_>, faces: &Faces, picture: Option<&Picture>, mark: &Mark) {
    match mark {
        Mark::Item(item) => {
            surface.set_fill(Some(shade(0.0)));
            draw(surface, faces, item, 0.0, 0.0);
        }
        Mark::Text { text, x, y, size_mm, bold, shade: pale } => {
            surface.set_fill(Some(shade(*pale)));
            surface.draw_text(Point::from_xy(at(*x), at(*y)), faces.face(*bold), at(*size_mm), text, false, TextDirection::Auto);
        }
        Mark::Rule { x, y, width, height, shade: pale } => {
            surface.set_fill(Some(shade(*pale)));
            let mut path = PathBuilder::new();
            if let Some(rect) = Rect::from_xywh(at(*x), at(*y), at(*width), at(*height)) {
                path.push_rect(rect);
            }
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        Mark::Picture { x, y, width, height } => {
            if let (Some(picture), Some(size)) = (picture, Size::from_wh(at(*width), at(*height))) {
                surface.push_transform(&Transform::from_translate(at(*x), at(*y)));
                surface.draw_image(picture.image.clone(), size);
                surface.pop();
            }
        }
        Mark::Stamp { text } => {
            let size = 200.0 / font::width(text, true).max(1.0);
            surface.set_fill(Some(shade(0.86)));
            surface.push_transform(&Transform::from_rotate_at(-50.0, at(WIDTH / 2.0), at(HEIGHT / 2.0)));
            surface.draw_text(Point::from_xy(at(WIDTH / 2.0 - 100.0), at(HEIGHT / 2.0 + size * 0.35)), faces.face(true), at(size), text, false, TextDirection::Auto);
            surface.pop();
        }
    }
}

fn shade(pale: f64) -> Fill {
    let level = (pale.clamp(0.0, 1.0) * 255.0).round() as u8;
    Fill { paint: rgb::Color::new(level, level, level).into(), opacity: NormalizedF32::ONE, rule: FillRule::NonZero }
}
