//! Many at once.

use std::sync::Arc;

use tokio::sync::Barrier;

use crate::Response;

/// Does the same 32 times, all starting together, and returns the answers.
pub async fn race<F: Future<Output = Response> + Send + 'static>(attempt: impl Fn(usize) -> F) -> Vec<Response> {
    race_of(32, attempt).await
}

/// The same with another number of runners.
pub async fn race_of<F: Future<Output = Response> + Send + 'static>(runners: usize, attempt: impl Fn(usize) -> F) -> Vec<Response> {
    let start = Arc::new(Barrier::new(runners));
    let running: Vec<_> = (1..=runners).map(|n| {
        let (start, attempt) = (start.clone(), attempt(n));
        tokio::spawn(async move {
            start.wait().await;
            attempt.await
        })
    }).collect();
    let mut answers = Vec::with_capacity(runners);
    for runner in running {
        answers.push(runner.await.unwrap());
    }
    answers
}

/// Exactly `winners` of them succeeded; everybody else was refused by this problem. Returns the refusals.
#[track_caller]
pub fn assert_won(answers: &[Response], winners: usize, status: u16, slug: &str) -> Vec<crate::Value> {
    let (won, lost): (Vec<_>, Vec<_>) = answers.iter().partition(|a| a.is_ok());
    let refusals = lost.iter().map(|a| a.assert_problem(status, slug)).collect();
    assert_eq!(won.len(), winners, "{} succeeded", won.len());
    refusals
}
