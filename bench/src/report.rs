//! The table of figures, each beside its limit.

use std::fmt::Write;

/// A figure is held against one of these.
#[derive(Clone, Copy)]
pub enum Limit {
    AtLeast(f64),
    AtMost(f64),
}

pub struct Row {
    pub work: String,
    pub ours: String,
    pub theirs: String,
    /// What is compared: a ratio, seconds, megabytes.
    pub figure: f64,
    pub unit: &'static str,
    pub limit: Limit,
}

impl Row {
    fn verdict(&self) -> &'static str {
        match self.limit {
            Limit::AtLeast(limit) if self.figure >= limit => "ok",
            Limit::AtMost(limit) if self.figure <= limit => "ok",
            _ => "short",
        }
    }

    fn cells(&self) -> [String; 6] {
        let limit = match self.limit {
            Limit::AtLeast(limit) => format!("at least {limit}{}", self.unit),
            Limit::AtMost(limit) => format!("at most {limit}{}", self.unit),
        };
        [self.work.clone(), self.ours.clone(), self.theirs.clone(), format!("{:.2}{}", self.figure, self.unit), limit, self.verdict().to_owned()]
    }
}

/// The table as text, columns aligned.
pub fn table(rows: &[Row]) -> String {
    let head = ["work", "ours", "held against", "figure", "limit", ""].map(str::to_owned);
    let lines: Vec<[String; 6]> = std::iter::once(head).chain(rows.iter().map(Row::cells)).collect();
    let width = |column: usize| lines.iter().map(|l| l[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..6).map(width).collect();
    let mut text = String::new();
    for line in lines {
        let cells: Vec<String> = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        let _ = writeln!(text, "{}", cells.join("  ").trim_end());
    }
    text
}

/// The middle of several measurements.
pub fn median(figures: &[f64]) -> f64 {
    let mut sorted = figures.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => sorted[n / 2],
        n => (sorted[n / 2 - 1] + sorted[n / 2]) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_the_middle_one_or_between_the_middle_two() {
        assert_eq!(median(&[3.0, 1.0, 2.0]), 2.0);
        assert_eq!(median(&[4.0, 1.0, 2.0, 3.0]), 2.5);
    }

    #[test]
    fn a_figure_on_its_limit_is_ok_and_one_beyond_is_short() {
        let row = |figure, limit| Row { work: "w".to_owned(), ours: String::new(), theirs: String::new(), figure, unit: "", limit };
        assert_eq!(row(0.8, Limit::AtLeast(0.8)).verdict(), "ok");
        assert_eq!(row(0.79, Limit::AtLeast(0.8)).verdict(), "short");
        assert_eq!(row(61.0, Limit::AtMost(60.0)).verdict(), "short");
        assert_eq!(row(f64::NAN, Limit::AtLeast(0.8)).verdict(), "short");
    }
}
