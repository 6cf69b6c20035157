//! The program `quartermaster`.

use std::process::ExitCode;

/// Multi-threaded: migrations block in place.
#[tokio::main]
async fn main() -> ExitCode {
    quartermaster::cli::run().await
}
