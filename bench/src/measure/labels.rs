//! A thousand labels as one PDF.

use std::time::Instant;

use serde_json::json;

use super::Bench;
use crate::report::{Limit, Row, median};
use crate::site::connect;
use crate::{Tried, load};

pub async fn measure(bench: &Bench<'_>) -> Tried<Row> {
    let codes: Vec<String> = connect(bench.url).await?.query("select tag from asset order by id limit 1000", &[]).await?.iter().map(|r| r.get(0)).collect();
    let (mut seconds, mut size) = (Vec::new(), 0);
    for _ in 0..bench.rounds {
        let began = Instant::now();
        let pdf = load::answer(bench.api.post("/labels").json(&json!({"kind": "asset", "codes": codes, "format": "pdf"}))).await?;
        seconds.push(began.elapsed().as_secs_f64());
        if !pdf.starts_with(b"%PDF-") {
            return Err("the labels are no PDF".into());
        }
        size = pdf.len();
    }
    let took = median(&seconds);
    Ok(Row { work: format!("{} labels as PDF", codes.len()), ours: format!("{took:.2} s, {} kB", size / 1024), theirs: String::new(), figure: took, unit: " s", limit: Limit::AtMost(1.0) })
}
