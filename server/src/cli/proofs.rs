//! `quartermaster verify` and `quartermaster check`.

use super::Database;
use crate::config::Settings;
use crate::ledger::verify::Verdict;
use crate::ledger::{check as books, verify as tree};

pub async fn verify(settings: Settings) -> Result<(), String> {
    let database = Database::join(&settings.with_file()?).await?;
    let db = database.ready().await?;
    let bar = indicatif::ProgressBar::new_spinner().with_message("events verified");
    let verdict = tree::verify(&mut *db.writer().await.map_err(|p| p.to_string())?, |n| bar.set_position(n)).await.map_err(|p| p.to_string())?;
    bar.finish_and_clear();
    database.close().await;
    match verdict {
        Verdict::Intact { events, unsealed, head } => {
            println!("Intact: {events} sealed events, {unsealed} not sealed yet.");
            print!("{}", head.unwrap_or_default());
            Ok(())
        }
        Verdict::Touched(what) => Err(format!("the ledger was touched from behind: {what}.")),
    }
}

pub async fn check(settings: Settings) -> Result<(), String> {
    let database = Database::join(&settings.with_file()?).await?;
    let db = database.ready().await?;
    let outcomes = books::check(&mut *db.writer().await.map_err(|p| p.to_string())?).await.map_err(|p| p.to_string())?;
    database.close().await;
    let mut broken = 0;
    for outcome in &outcomes {
        println!("{} {}", if outcome.contradictions.is_empty() { "ok    " } else { "BROKEN" }, outcome.what);
        for line in &outcome.contradictions {
            broken += 1;
            println!("         {line}");
        }
    }
    if broken == 0 { Ok(()) } else { Err(format!("the books do not hold: {broken} contradictions.")) }
}
