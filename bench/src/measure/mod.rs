//! The measurements, a file for each kind of work.

pub mod export;
pub mod import;
pub mod labels;
pub mod list;
pub mod orders;
pub mod scan;
pub mod start;

use std::time::Duration;

use crate::load::Api;
use crate::report::{Limit, Row, median};
use crate::site::Server;

/// What a measurement works on.
pub struct Bench<'a> {
    /// The database's, as its owner.
    pub url: &'a str,
    pub server: &'a Server,
    pub api: &'a Api,
    /// Bytes of memory that the server held before anybody asked it for anything.
    pub idle: u64,
    /// How many times each side is measured, in turn.
    pub rounds: usize,
    /// How long each measurement takes.
    pub time: Duration,
}

/// A rate of ours beside one of theirs, as measured in turn.
pub struct Pair {
    ours: Vec<f64>,
    theirs: Vec<f64>,
}

impl Pair {
    pub fn row(&self, work: &str, unit: &str, limit: Limit) -> Row {
        let ratios: Vec<f64> = self.ours.iter().zip(&self.theirs).map(|(ours, theirs)| ours / theirs).collect();
        Row { work: work.to_owned(), ours: format!("{:.0} {unit}", median(&self.ours)), theirs: format!("{:.0} {unit}", median(&self.theirs)), figure: median(&ratios), unit: "", limit }
    }

    /// How much more of ours there is than of theirs, in units of `scale`.
    pub fn difference(&self, work: &str, unit: &str, scale: f64, as_unit: &'static str, limit: Limit) -> Row {
        let more: Vec<f64> = self.ours.iter().zip(&self.theirs).map(|(ours, theirs)| (ours - theirs) / scale).collect();
        Row { work: work.to_owned(), ours: format!("{:.0} {unit}", median(&self.ours)), theirs: format!("{:.0} {unit}", median(&self.theirs)), figure: median(&more), unit: as_unit, limit }
    }
}

/// Measures ours, theirs, ours, theirs.
pub async fn in_turn(rounds: usize, mut ours: impl AsyncFnMut() -> crate::Tried<f64>, mut theirs: impl AsyncFnMut() -> crate::Tried<f64>) -> crate::Tried<Pair> {
    let mut pair = Pair { ours: Vec::new(), theirs: Vec::new() };
    for round in 1..=rounds {
        pair.ours.push(ours().await?);
        pair.theirs.push(theirs().await?);
        if let (Some(ours), Some(theirs)) = (pair.ours.last(), pair.theirs.last()) {
            eprintln!("  round {round}: ours {ours:.0}, theirs {theirs:.0}");
        }
    }
    Ok(pair)
}
