//! Books of any size: a year of a company that buys, receives, puts away and racks, with the events and earlier versions that its
//! operations would have left. The bulk enters by COPY, past the triggers; `quartermaster check` proves it afterwards.

mod copy;
mod ground;
mod history;
mod indexes;
pub mod orders;

use std::time::{Duration, Instant};

use crate::Tried;
use crate::site::connect;
use history::Plan;

const HEAVY: [&str; 4] = ["public.asset", "history.asset", "public.event_subject", "public.event"];

/// What was written.
pub struct Filled {
    pub assets: usize,
    pub rows: u64,
    /// From the first row of the bulk to the last index.
    pub took: Duration,
}

/// Fills an empty database with a company that has this many assets.
pub async fn fill(url: &str, assets: usize) -> Tried<Filled> {
    let plan = Plan::of(assets);
    let ground = ground::found(url, &plan).await?;
    let began = Instant::now();
    let client = connect(url).await?;
    let indexes = indexes::set_aside(&client, &HEAVY).await?;
    let rows = history::write(url, &ground, &plan).await?;
    eprintln!("  {rows} rows written in {:.1} s; building {} indexes", began.elapsed().as_secs_f64(), indexes.len());
    indexes::bring_back(url, indexes).await?;
    let took = began.elapsed();
    client.batch_execute(&format!("select setval('asset_number', {})", plan.assets())).await?;
    for tidy in ["vacuum analyze", "checkpoint"] {
        client.batch_execute(tidy).await?;
    }
    Ok(Filled { assets: plan.assets(), rows, took })
}
