//! Importing types into the catalogue: what is new is added, what differs is updated, all or nothing, under one event.

use std::collections::HashMap;

use diesel::sql_types::{Array, Bool, Integer, Jsonb, Nullable, Numeric, Text, Uuid as SqlUuid};
use serde_json::{Value, json};

use super::file::{self, Type};
use super::source::Raw;
use crate::catalog::models::slug;
use crate::db::{RunQueryDsl, Tx};
use crate::http::Result;
use crate::ids::{ManufacturerId, ModelId};
use crate::ledger::NewEvent;

const BATCH: usize = 500;

/// What an import did.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Summary {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
}

/// Reads all files, on every core. Every bad file is named; `progress` is told how many are read.
pub fn parse_all(files: &[Raw], progress: impl Fn(u64) + Sync) -> Result<Vec<Type>, Vec<String>> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(16);
    let done = std::sync::atomic::AtomicU64::new(0);
    let parts: Vec<Vec<Result<Type, String>>> = std::thread::scope(|scope| {
        let work: Vec<_> = files.chunks(files.len().div_ceil(threads).max(1)).map(|chunk| {
            let (done, progress) = (&done, &progress);
            scope.spawn(move || chunk.iter().map(|raw| {
                let read = file::parse(raw);
                progress(done.fetch_add(1, std::sync::atomic::Ordering::Relaxed) + 1);
                read
            }).collect())
        }).collect();
        work.into_iter().map(|w| w.join().unwrap_or_else(|_| vec![Err("a file could not be read".to_owned())])).collect()
    });
    let (mut types, mut bad) = (Vec::with_capacity(files.len()), Vec::new());
    for read in parts.into_iter().flatten() {
        match read {
            Ok(read) => types.push(read),
            Err(error) => bad.push(error),
        }
    }
    let mut seen: HashMap<(String, String, String), String> = HashMap::new();
    let mut codes: HashMap<String, String> = HashMap::new();
    for read in &mut types {
        let key = |read: &Type| (read.manufacturer.to_lowercase(), read.kind.clone(), read.name.to_lowercase());
        if seen.contains_key(&key(read)) {
            // The library describes some modules in two files that differ: both are kept, the second under its file's name too.
            let file = std::path::Path::new(&read.file).file_name().map(|f| f.to_string_lossy().into_owned()).unwrap_or_default();
            read.name = format!("{} ({file})", read.name);
            read.code = slug(&format!("{} {} {}", read.kind, read.manufacturer, read.name));
        }
        if let Some(first) = seen.insert(key(read), read.file.clone()) {
            bad.push(format!("{}: {} {} stands in {first} too", read.file, read.manufacturer, read.name));
        }
        // Two names that make one code: the file's own name tells them apart.
        if codes.contains_key(&read.code) {
            let stem = std::path::Path::new(&read.file).file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
            read.code = slug(&format!("{} {} {stem}", read.kind, read.manufacturer));
        }
        codes.insert(read.code.clone(), read.file.clone());
    }
    if bad.is_empty() { Ok(types) } else { Err(bad) }
}

#[derive(diesel::QueryableByName)]
struct Known {
    #[diesel(sql_type = SqlUuid)]
    id: ModelId,
    #[diesel(sql_type = SqlUuid)]
    manufacturer_id: ManufacturerId,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Jsonb)]
    facts: Value,
}

#[derive(diesel::QueryableByName)]
struct Maker {
    #[diesel(sql_type = SqlUuid)]
    id: ManufacturerId,
    #[diesel(sql_type = Text)]
    name: String,
}

/// What is compared to see whether a type differs from what the catalogue has.
fn facts(read: &Type) -> Value {
    json!([read.part_number, read.u_height.normalize().to_string(), read.is_full_depth, read.weight_kg.map(|w| w.normalize().to_string()), read.power_draw_w, read.airflow, read.subdevice_role, read.comments, read.components, read.tracking, read.unit])
}

/// Writes the types under one event, in batches; none is opened when nothing differs. `progress` is told how many are written.
pub async fn write(tx: &mut Tx<'_>, types: &[Type], source: &str, mut progress: impl FnMut(u64)) -> Result<Summary> {
    let mut makers = makers(tx).await?;
    let known: Vec<Known> = diesel::sql_query(
        "select id, manufacturer_id, kind, name, jsonb_build_array(part_number, trim_scale(u_height)::text, is_full_depth, trim_scale(weight_kg)::text, power_draw_w, airflow, subdevice_role, comments, components, tracking, unit) as facts from model").load(tx.conn).await?;
    let known: HashMap<(ManufacturerId, String, String), Known> = known.into_iter().map(|k| ((k.manufacturer_id, k.kind.clone(), k.name.to_lowercase()), k)).collect();
    let mut summary = Summary::default();
    let mut differing: Vec<(ModelId, &Type)> = Vec::new();
    for read in types {
        let there = makers.get(&read.manufacturer.to_lowercase()).and_then(|maker| known.get(&(*maker, read.kind.clone(), read.name.to_lowercase())));
        match there {
            Some(there) if there.facts == facts(read) => summary.unchanged += 1,
            Some(there) => {
                summary.changed += 1;
                differing.push((there.id, read));
            }
            None => {
                summary.added += 1;
                differing.push((ModelId::new(), read));
            }
        }
    }
    if differing.is_empty() {
        return Ok(summary);
    }
    tx.open(NewEvent::general("catalogue.import", "model").details(json!({"source": source, "added": summary.added, "changed": summary.changed}))).await?;
    let mut fresh: Vec<&str> = differing.iter().map(|(_, t)| t.manufacturer.as_str()).filter(|m| !makers.contains_key(&m.to_lowercase())).collect();
    fresh.sort_unstable();
    fresh.dedup_by_key(|m| m.to_lowercase());
    diesel::sql_query("insert into manufacturer (id, code, name) select * from unnest($1::uuid[], $2::text[], $3::text[])")
        .bind::<Array<SqlUuid>, _>(fresh.iter().map(|_| ManufacturerId::new().0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(fresh.iter().map(|m| slug(m)).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(fresh.iter().map(|m| (*m).to_owned()).collect::<Vec<_>>()).execute(tx.conn).await?;
    makers.extend(self::makers(tx).await?);
    let mut written = summary.unchanged as u64;
    for batch in differing.chunks(BATCH) {
        insert(tx, batch, &makers, source).await?;
        written += batch.len() as u64;
        progress(written);
    }
    Ok(summary)
}

async fn makers(tx: &mut Tx<'_>) -> Result<HashMap<String, ManufacturerId>> {
    let all: Vec<Maker> = diesel::sql_query("select id, name from manufacturer").load(tx.conn).await?;
    Ok(all.into_iter().map(|m| (m.name.to_lowercase(), m.id)).collect())
}

async fn insert(tx: &mut Tx<'_>, batch: &[(ModelId, &Type)], makers: &HashMap<String, ManufacturerId>, source: &str) -> Result<()> {
    let maker = |t: &Type| makers.get(&t.manufacturer.to_lowercase()).map(|m| m.0).unwrap_or_default();
    diesel::sql_query(
        "insert into model (id, code, manufacturer_id, name, kind, part_number, tracking, unit, u_height, is_full_depth, subdevice_role, weight_kg, power_draw_w, airflow, components, comments, source)
         select n.*, $17 from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::numeric[], $10::bool[], $11::text[], $12::numeric[], $13::int[], $14::text[], $15::jsonb[], $16::text[]) n
         on conflict (id) do update set part_number = excluded.part_number, tracking = excluded.tracking, unit = excluded.unit, u_height = excluded.u_height, is_full_depth = excluded.is_full_depth, subdevice_role = excluded.subdevice_role,
           weight_kg = excluded.weight_kg, power_draw_w = excluded.power_draw_w, airflow = excluded.airflow, components = excluded.components, comments = excluded.comments, source = excluded.source")
        .bind::<Array<SqlUuid>, _>(batch.iter().map(|(id, _)| id.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(batch.iter().map(|(_, t)| t.code.clone()).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(batch.iter().map(|(_, t)| maker(t)).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(batch.iter().map(|(_, t)| t.name.clone()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(batch.iter().map(|(_, t)| t.kind.clone()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(batch.iter().map(|(_, t)| t.part_number.clone()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(batch.iter().map(|(_, t)| t.tracking.clone()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(batch.iter().map(|(_, t)| t.unit.clone()).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(batch.iter().map(|(_, t)| t.u_height).collect::<Vec<_>>())
        .bind::<Array<Bool>, _>(batch.iter().map(|(_, t)| t.is_full_depth).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(batch.iter().map(|(_, t)| t.subdevice_role.clone()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Numeric>>, _>(batch.iter().map(|(_, t)| t.weight_kg).collect::<Vec<_>>())
        .bind::<Array<Nullable<Integer>>, _>(batch.iter().map(|(_, t)| t.power_draw_w).collect::<Vec<_>>())
        .bind::<Array<Nullable<Text>>, _>(batch.iter().map(|(_, t)| t.airflow.clone()).collect::<Vec<_>>())
        .bind::<Array<Jsonb>, _>(batch.iter().map(|(_, t)| t.components.clone()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(batch.iter().map(|(_, t)| t.comments.clone()).collect::<Vec<_>>())
        .bind::<Text, _>(source)
        .execute(tx.conn).await?;
    Ok(())
}
