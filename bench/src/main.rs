//! `make bench`: each figure of the design's table beside the limit that it is held against, measured in alternation in one run.

mod data;
mod load;
mod measure;
mod pgbench;
mod report;
mod site;

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use measure::{Bench, export, import, labels, list, orders, scan, start};
use report::{Limit, Row};
use tokio::signal::unix::{SignalKind, signal};

pub type Tried<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Measures the program on books of its own making. What is short is reported, not failed.
#[derive(Parser)]
struct Arguments {
    /// How many assets the books have
    #[arg(long, default_value_t = 100_000)]
    assets: usize,
    /// How many orders the lists of orders are measured on, besides those of the assets
    #[arg(long, default_value_t = 200_000)]
    orders: usize,
    /// How often each side is measured, in turn
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// How many seconds each measurement of a rate takes
    #[arg(long, default_value_t = 5)]
    seconds: u64,
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match until_interrupted(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let mut causes = String::new();
            let mut cause = error.source();
            while let Some(deeper) = cause {
                causes += &format!(": {deeper}");
                cause = deeper.source();
            }
            eprintln!("bench: {error}{causes}");
            ExitCode::FAILURE
        }
    }
}

/// An interrupt ends everything that was started: it goes when its owner is dropped.
async fn until_interrupted(arguments: Arguments) -> Tried<()> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    tokio::select! {
        done = run(arguments) => done,
        _ = interrupt.recv() => Err("interrupted".into()),
        _ = terminate.recv() => Err("told to end".into()),
    }
}

async fn run(arguments: Arguments) -> Tried<()> {
    eprintln!("filling the books");
    let cluster = site::Cluster::start().await?;
    let filled = data::fill(cluster.url(), arguments.assets).await?;
    site::check(cluster.url()).await?;
    let mut rows = vec![Row {
        work: format!("fill the books with {} assets", filled.assets), ours: format!("{:.1} s, {} rows", filled.took.as_secs_f64(), filled.rows), theirs: String::new(),
        figure: filled.took.as_secs_f64() * 1e6 / filled.assets as f64, unit: " s a million", limit: Limit::AtMost(120.0),
    }];

    let server = site::Server::start(Some(cluster.url())).await?;
    let api = load::Api::new(&server.base, &site::token(cluster.url(), "administrator@demo.example").await?)?;
    let bench = Bench { url: cluster.url(), server: &server, api: &api, idle: server.memory()?.now, rounds: arguments.rounds, time: Duration::from_secs(arguments.seconds) };
    eprintln!("scan and put away");
    rows.push(scan::put_away(&bench).await?);
    eprintln!("scan and look up");
    rows.push(scan::look(&bench).await?);
    for page in [list::BY_CODE, list::RECENT] {
        eprintln!("{}", page.work);
        rows.extend(list::measure(&bench, &page).await?);
    }
    eprintln!("orders");
    rows.extend(orders::of_many_lines(&bench).await?);
    rows.push(orders::of_many_serials(&bench).await?);
    eprintln!("export as CSV");
    rows.extend(export::measure(&bench, filled.assets).await?);
    eprintln!("labels");
    rows.push(labels::measure(&bench).await?);
    eprintln!("import the device-type library");
    rows.extend(import::device_types(&bench).await?);
    eprintln!("import assets");
    rows.push(import::assets(&bench).await?);
    eprintln!("{} more orders", arguments.orders);
    data::orders::add(bench.url, arguments.orders).await?;
    for page in [list::ORDERS_BY_CODE, list::ORDERS_BY_TOTAL] {
        eprintln!("{}", page.work);
        rows.extend(list::measure(&bench, &page).await?);
    }
    site::check(bench.url).await?;
    eprintln!("from nothing to serving");
    rows.extend(start::measure(bench.rounds).await?);

    server.stop().await?;
    cluster.stop().await?;
    print!("{}", report::table(&rows));
    Ok(())
}
