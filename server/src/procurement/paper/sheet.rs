//! The pages of a letter while they are written: where the next line goes, and what stands on every page.

use labels::paper::{Page, Style};

/// Where text begins and ends, from side to side.
pub const LEFT: f64 = 20.0;
pub const RIGHT: f64 = 195.0;
/// Where the text of a page ends; below is its foot.
const BOTTOM: f64 = 274.0;
/// Where the text of a further page begins.
const TOP: f64 = 24.0;

pub const BODY: Style = Style::of(2.9);
pub const SMALL: Style = Style::of(2.5);
pub const LINE: f64 = 4.1;

pub struct Sheet {
    pages: Vec<Page>,
    /// Where the next line's top is.
    pub y: f64,
    running_head: String,
    stamp: Option<&'static str>,
}

impl Sheet {
    /// `running_head` begins every page after the first.
    pub fn new(running_head: String, stamp: Option<&'static str>) -> Self {
        let mut sheet = Self { pages: Vec::new(), y: TOP, running_head, stamp };
        sheet.begin();
        sheet
    }

    fn begin(&mut self) {
        let mut page = Page::default();
        if let Some(stamp) = self.stamp {
            page.stamp(stamp);
        }
        if !self.pages.is_empty() {
            page.text_in(&self.running_head, LEFT, 16.0, RIGHT - LEFT, SMALL);
            page.rule(LEFT, 18.0, RIGHT - LEFT, 0.2, 0.4);
        }
        self.pages.push(page);
        self.y = TOP;
    }

    pub fn page(&mut self) -> &mut Page {
        if self.pages.is_empty() {
            self.begin();
        }
        let last = self.pages.len() - 1;
        &mut self.pages[last]
    }

    /// Whether this height is left on the page.
    pub fn has(&self, height: f64) -> bool {
        self.y + height <= BOTTOM
    }

    /// Whether this height would fit a page of its own.
    pub fn would_fit(height: f64) -> bool {
        TOP + height <= BOTTOM - 10.0
    }

    /// A new page, unless this height is left; tells whether there is one.
    pub fn make_room(&mut self, height: f64) -> bool {
        let full = !self.has(height);
        if full {
            self.begin();
        }
        full
    }

    /// The pages, each with its foot and number.
    pub fn finish(mut self, foot: &str) -> Vec<Page> {
        let all = self.pages.len();
        for (n, page) in self.pages.iter_mut().enumerate() {
            page.rule(LEFT, 279.0, RIGHT - LEFT, 0.2, 0.4);
            let number = format!("Page {} of {all}", n + 1);
            page.text_to(&number, RIGHT, 283.5, SMALL);
            page.text_in(foot, LEFT, 283.5, RIGHT - LEFT - SMALL.width(&number) - 4.0, SMALL.pale());
        }
        self.pages
    }
}
