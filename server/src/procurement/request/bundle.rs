//! Bundling: lines of many requests become lines of one order, the same model summed into one. Each line of the order remembers for whom how
//! much of it is; the database lets nobody bundle more than was asked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use diesel::sql_types::{Array, BigInt, Bool, Date, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::procurement::lines::{self, NewLine};
use crate::procurement::orders::{self, NewOrder};
use crate::procurement::record::{self, PurchaseOrder};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::Quantity;
use crate::http::{Problem, Result};
use crate::ids::{ModelId, PurchaseOrderId, TeamId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    pub lines: Vec<Take>,
    /// Code of a draft that they are added to. Left out, a new order is raised, which needs `vendor` and `deliver_to`.
    #[serde(default)]
    pub order: Option<String>,
    #[serde(default)]
    pub vendor: Option<String>,
    #[serde(default)]
    pub deliver_to: Option<String>,
    /// Left out, it is the requests' own, where they have the same.
    #[serde(default)]
    pub team: Option<String>,
    /// Left out, it is the requests' own, where they have the same.
    #[serde(default)]
    pub budget: Option<String>,
    #[serde(default)]
    pub currency: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub exchange_rate: Option<Decimal>,
}

/// One line of a request.
#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Take {
    /// Code of the request.
    pub requisition: String,
    pub line: i32,
    /// Left out: what is not in an order yet.
    #[serde(default)]
    pub quantity: Option<Quantity>,
    /// What it is, where it was asked for in words.
    #[serde(default)]
    pub model: Option<String>,
    /// Left out, it is the vendor's last price, the draft's own, or the estimate.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub unit_price: Option<Decimal>,
}

/// A line of a request as it stands, its request locked.
#[derive(diesel::QueryableByName)]
pub struct Wanted {
    #[diesel(sql_type = BigInt)]
    n: i64,
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = SqlUuid)]
    pub requisition_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    team: String,
    #[diesel(sql_type = Nullable<Text>)]
    budget: Option<String>,
    #[diesel(sql_type = Integer)]
    number: i32,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    model_id: Option<Uuid>,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Text)]
    unit: String,
    #[diesel(sql_type = Nullable<Date>)]
    needed_by: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Numeric>)]
    estimated_price: Option<Decimal>,
    #[diesel(sql_type = Numeric)]
    rest: Decimal,
    #[diesel(sql_type = Bool)]
    refused: bool,
    /// The orders that it is in.
    #[diesel(sql_type = Text)]
    orders: String,
}

/// For whom how much of a model is bought.
pub struct Share {
    pub line: Uuid,
    pub model: ModelId,
    pub quantity: Decimal,
}

/// What of one model is bought for all of them.
pub struct Sum {
    pub quantity: Decimal,
    price: Option<Decimal>,
    estimate: Option<Decimal>,
    pub needed_by: Option<NaiveDate>,
    /// Which of the lines was the first to name it.
    pub first: usize,
}

/// What lines of requests ask for together: the lines, for whom how much, and how much of each model in all.
pub struct Together {
    pub wanted: Vec<Wanted>,
    pub shares: Vec<Share>,
    pub sums: BTreeMap<Uuid, Sum>,
}

/// Makes a draft order out of lines of requests, or adds them to a draft. Locks the draft, then the requests.
pub async fn bundle(tx: &mut Tx<'_>, caller: &Caller, ask: Bundle) -> Result<PurchaseOrder> {
    if ask.lines.is_empty() {
        return Err(Problem::field("lines", "Choose at least one line of a request."));
    }
    let held = match &ask.order {
        Some(code) => Some(record::lock(tx.conn, code).await?),
        None => None,
    };
    let Together { wanted, shares, sums } = together(tx, caller, &ask.lines, "lines").await?;
    let order = match held {
        Some(held) => add_to(tx, caller, &held, &sums).await?,
        None => raise(tx, caller, &ask, &wanted, &sums).await?,
    };
    for request in &wanted {
        tx.also_about("requisition", request.requisition_id).await?;
    }
    share_out(tx, order, &shares).await?;
    record::read(tx.conn, caller, order, false).await
}

/// Locks the requests of these lines, in the order of their ids, and adds up what is left to order of them. Only a buyer of each one's team.
/// `field` is what the caller's own list of them is called.
pub async fn together(tx: &mut Tx<'_>, caller: &Caller, takes: &[Take], field: &str) -> Result<Together> {
    let wanted = lock(tx, takes, field).await?;
    for want in &wanted {
        caller.require(&[Role::Procurement], want.team_id, &format!("Ordering for {}", want.code))?;
    }
    let (shares, sums) = add_up(tx, takes, &wanted, field).await?;
    Ok(Together { wanted, shares, sums })
}

/// The lines in the order in which they were asked for, their requests locked in the order of their ids.
async fn lock(tx: &mut Tx<'_>, takes: &[Take], field: &str) -> Result<Vec<Wanted>> {
    let codes: Vec<String> = takes.iter().map(|t| t.requisition.trim().to_uppercase()).collect();
    let numbers: Vec<i32> = takes.iter().map(|t| t.line).collect();
    diesel::sql_query("select 1 from requisition where code = any($1) order by id for no key update").bind::<Array<Text>, _>(&codes).execute(tx.conn).await?;
    let found: Vec<Wanted> = diesel::sql_query(
        "select w.n, l.id, q.code, q.status, q.id as requisition_id, q.team_id, t.code as team, b.code as budget, l.number, l.model_id, l.description, l.unit, l.needed_by, l.estimated_price, l.quantity - l.bundled as rest, l.refused is not null as refused,
                coalesce((select string_agg(distinct o.code, ', ') from request_share k join purchase_order_line x on x.id = k.order_line_id join purchase_order o on o.id = x.purchase_order_id where k.requisition_line_id = l.id and k.quantity > 0), '') as orders
         from unnest($1::text[], $2::integer[]) with ordinality w (code, number, n) join requisition q on q.code = w.code join team t on t.id = q.team_id left join budget b on b.id = q.budget_id
         join requisition_line l on l.requisition_id = q.id and l.number = w.number order by w.n")
        .bind::<Array<Text>, _>(&codes).bind::<Array<Integer>, _>(&numbers).load(tx.conn).await?;
    if let Some(n) = (0..takes.len()).find(|n| found.get(*n).is_none_or(|w| w.n != *n as i64 + 1)) {
        return Err(Problem::unknown(&format!("{field}[{n}]"), "line of a request", format!("{} {}", takes[n].requisition, takes[n].line)));
    }
    for (n, want) in found.iter().enumerate() {
        if let Some(other) = found[..n].iter().position(|w| w.id == want.id) {
            return Err(Problem::field(format!("{field}[{n}]"), format!("It is the same line as {field}[{other}]. Name it once.")));
        }
        if want.refused || !matches!(want.status.as_str(), "accepted" | "ordered" | "fulfilled") {
            let state = if want.refused { "refused" } else { &want.status };
            return Err(Problem::refused("request-not-accepted", "The request is not accepted", format!("Line {} of {} is {state}. Only what was accepted is ordered.", want.number, want.code)).with("state", state));
        }
    }
    Ok(found)
}

/// For whom how much, and of each model how much in all, in the order in which the models come.
async fn add_up(tx: &mut Tx<'_>, takes: &[Take], wanted: &[Wanted], list: &str) -> Result<(Vec<Share>, BTreeMap<Uuid, Sum>)> {
    let mut named = Vec::new();
    for (n, (take, want)) in takes.iter().zip(wanted).enumerate() {
        let given = take.model.as_deref().map(str::trim).filter(|m| !m.is_empty());
        match (want.model_id, given) {
            (None, None) => return Err(Problem::field(format!("{list}[{n}].model"), format!("Line {} of {} was asked for in words: {}. Say which model that is.", want.number, want.code, want.description))),
            (Some(model), _) => named.push(model.to_string()),
            (None, Some(given)) => named.push(given.to_owned()),
        }
    }
    let names: Vec<&str> = named.iter().map(String::as_str).collect();
    let models = lines::models(tx, &names, |n| format!("{list}[{n}].model")).await?;
    let mut shares = Vec::with_capacity(takes.len());
    let mut sums: BTreeMap<Uuid, Sum> = BTreeMap::new();
    for (n, ((take, want), model)) in takes.iter().zip(wanted).zip(&models).enumerate() {
        let field = |name: &str| format!("{list}[{n}].{name}");
        let quantity = match take.quantity {
            Some(quantity) => quantity.checked(&field("quantity"), &want.unit)?,
            None => want.rest,
        };
        if quantity > want.rest || want.rest.is_zero() {
            let where_to = if want.orders.is_empty() { String::new() } else { format!(" The others are in {}.", want.orders) };
            return Err(Problem::refused("more-than-asked", "More than was asked for", format!("Of line {} of {}, {} are left to order.{where_to}", want.number, want.code, want.rest.normalize())).with("left", want.rest));
        }
        let price = take.unit_price.map(|p| lines::price(&field("unit_price"), p)).transpose()?;
        let sum = sums.entry(model.id.0).or_insert(Sum { quantity: Decimal::ZERO, price: None, estimate: None, needed_by: None, first: n });
        if let (Some(one), Some(other)) = (sum.price, price) && one != other {
            return Err(Problem::field(field("unit_price"), format!("{} costs {one} in one line and {other} in another. It becomes one line of the order: give one price.", model.name)));
        }
        sum.quantity += quantity;
        sum.price = sum.price.or(price);
        sum.estimate = sum.estimate.max(want.estimated_price);
        sum.needed_by = sum.needed_by.into_iter().chain(want.needed_by).min();
        shares.push(Share { line: want.id, model: model.id, quantity });
    }
    Ok((shares, sums))
}

/// What all of them say, or nothing.
fn common<'a>(mut said: impl Iterator<Item = Option<&'a str>>) -> Option<String> {
    let first = said.next()??;
    said.all(|s| s == Some(first)).then(|| first.to_owned())
}

/// A new order for all of it.
async fn raise(tx: &mut Tx<'_>, caller: &Caller, ask: &Bundle, wanted: &[Wanted], sums: &BTreeMap<Uuid, Sum>) -> Result<PurchaseOrderId> {
    let vendor = ask.vendor.clone().filter(|v| !v.trim().is_empty()).ok_or_else(|| Problem::field("vendor", "From whom is it bought? Name a vendor, or a draft to add to."))?;
    let deliver_to = ask.deliver_to.clone().filter(|d| !d.trim().is_empty()).ok_or_else(|| Problem::field("deliver_to", "Where shall it be delivered?"))?;
    let team = ask.team.clone().or_else(|| common(wanted.iter().map(|w| Some(w.team.as_str())))).ok_or_else(|| Problem::field("team", "The requests are of several teams. Say for which team the order is."))?;
    let budget = ask.budget.clone().or_else(|| common(wanted.iter().map(|w| w.budget.as_deref()))).filter(|b| !b.trim().is_empty());
    let vendor_id = find::VENDOR.find_for(tx.conn, "vendor", &vendor).await?;
    let prices = last_prices(tx, vendor_id, ask.currency.as_deref(), sums).await?;
    let order = NewOrder {
        vendor, team, deliver_to, budget, currency: ask.currency.clone(), exchange_rate: ask.exchange_rate, needed_by: sums.values().filter_map(|s| s.needed_by).min(), notes: String::new(), freight: None, former_number: None,
        lines: new_lines(sums.iter(), &prices)?,
    };
    orders::create(tx, caller, order).await.map(|order| order.id())
}

/// Lines for models that an order does not have yet.
fn new_lines<'a>(sums: impl Iterator<Item = (&'a Uuid, &'a Sum)>, prices: &BTreeMap<Uuid, Decimal>) -> Result<Vec<NewLine>> {
    let mut all: Vec<(&Uuid, &Sum)> = sums.collect();
    all.sort_by_key(|(_, sum)| sum.first);
    all.into_iter().map(|(model, sum)| {
        let price = sum.price.or_else(|| prices.get(model).copied()).or(sum.estimate).ok_or_else(|| Problem::field(format!("lines[{}].unit_price", sum.first), "Nobody knows a price of it yet. Say what one costs."))?;
        Ok(NewLine { model: model.to_string(), quantity: Quantity(sum.quantity), unit_price: price, description: String::new(), tolerance_percent: None, discount_percent: None, tax_percent: None, deliver_to: None, needed_by: sum.needed_by })
    }).collect()
}

/// What the vendor took for each model the last time, in the order's currency.
async fn last_prices(tx: &mut Tx<'_>, vendor: Uuid, currency: Option<&str>, sums: &BTreeMap<Uuid, Sum>) -> Result<BTreeMap<Uuid, Decimal>> {
    #[derive(diesel::QueryableByName)]
    struct Price {
        #[diesel(sql_type = SqlUuid)]
        model: Uuid,
        #[diesel(sql_type = Numeric)]
        price: Decimal,
    }
    let found: Vec<Price> = diesel::sql_query(
        "select distinct on (l.model_id) l.model_id as model, l.unit_price as price from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id join vendor v on v.id = o.vendor_id
         where l.model_id = any($1) and o.vendor_id = $2 and o.currency = upper(coalesce($3, v.currency::text)) and o.status <> 'cancelled' order by l.model_id, o.created_at desc, l.number")
        .bind::<Array<SqlUuid>, _>(sums.keys().copied().collect::<Vec<_>>()).bind::<SqlUuid, _>(vendor).bind::<Nullable<Text>, _>(currency.map(str::trim)).load(tx.conn).await?;
    Ok(found.into_iter().map(|p| (p.model, p.price)).collect())
}

/// Adds to a draft: to its line of the same model, or as a new line.
async fn add_to(tx: &mut Tx<'_>, caller: &Caller, held: &record::Held, sums: &BTreeMap<Uuid, Sum>) -> Result<PurchaseOrderId> {
    #[derive(diesel::QueryableByName)]
    struct There {
        #[diesel(sql_type = SqlUuid)]
        model_id: Uuid,
        #[diesel(sql_type = Integer)]
        number: i32,
        #[diesel(sql_type = SqlUuid)]
        vendor_id: Uuid,
    }
    caller.require(&[Role::Procurement], held.team_id, &format!("Adding to {}", held.code))?;
    if held.status != "draft" {
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}. Requests are added to a draft.", held.code, held.status.replace('_', " "))).with("state", &held.status));
    }
    let there: Vec<There> = diesel::sql_query("select l.model_id, l.number, o.vendor_id from purchase_order_line l join purchase_order o on o.id = l.purchase_order_id where o.id = $1 order by l.number").bind::<SqlUuid, _>(held.id.0).load(tx.conn).await?;
    let vendor = there.first().map_or_else(Uuid::nil, |t| t.vendor_id);
    let prices = last_prices(tx, vendor, Some(&held.currency), sums).await?;
    let new: Vec<(&Uuid, &Sum)> = sums.iter().filter(|(model, _)| !there.iter().any(|t| t.model_id == **model)).collect();
    let added = if new.is_empty() { Vec::new() } else { lines::check(tx, new_lines(new.into_iter(), &prices)?).await? };
    tx.open(NewEvent::new("purchase_order.bundle", "purchase_order", held.id).team(held.team_id).details(json!({"code": held.code}))).await?;
    for (model, sum) in sums {
        let Some(line) = there.iter().find(|t| t.model_id == *model) else { continue };
        diesel::sql_query("update purchase_order_line set quantity = quantity + $3, unit_price = coalesce($4, unit_price), needed_by = least(needed_by, $5) where purchase_order_id = $1 and number = $2")
            .bind::<SqlUuid, _>(held.id.0).bind::<Integer, _>(line.number).bind::<Numeric, _>(sum.quantity).bind::<Nullable<Numeric>, _>(sum.price).bind::<Nullable<Date>, _>(sum.needed_by).execute(tx.conn).await?;
    }
    let first = there.iter().map(|t| t.number).max().unwrap_or(0) + 1;
    lines::write(tx, held.id, first, &added).await?;
    Ok(held.id)
}

/// Each share goes to the order's first line of its model.
async fn share_out(tx: &mut Tx<'_>, order: PurchaseOrderId, shares: &[Share]) -> Result<()> {
    diesel::sql_query(
        "insert into request_share (id, requisition_line_id, order_line_id, quantity)
         select s.id, s.line, (select x.id from purchase_order_line x where x.purchase_order_id = $1 and x.model_id = s.model order by x.number limit 1), s.quantity
         from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::numeric[]) s (id, line, model, quantity)
         on conflict (order_line_id, requisition_line_id) do update set quantity = request_share.quantity + excluded.quantity")
        .bind::<SqlUuid, _>(order.0)
        .bind::<Array<SqlUuid>, _>(shares.iter().map(|_| Uuid::now_v7()).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(shares.iter().map(|s| s.line).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(shares.iter().map(|s| s.model.0).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(shares.iter().map(|s| s.quantity).collect::<Vec<_>>())
        .execute(tx.conn).await?;
    Ok(())
}

/// What a draft was for, before its lines are written anew.
#[derive(diesel::QueryableByName)]
pub struct Kept {
    #[diesel(sql_type = SqlUuid)]
    line: Uuid,
    #[diesel(sql_type = SqlUuid)]
    model: Uuid,
    #[diesel(sql_type = Numeric)]
    quantity: Decimal,
}

/// Takes the requests off a draft's lines, under the open event. Its requests are locked first.
pub async fn take_off(tx: &mut Tx<'_>, order: PurchaseOrderId) -> Result<Vec<Kept>> {
    let kept = diesel::sql_query(
        "select k.requisition_line_id as line, x.model_id as model, k.quantity from request_share k join purchase_order_line x on x.id = k.order_line_id
         where x.purchase_order_id = $1 and k.quantity > 0 order by k.id").bind::<SqlUuid, _>(order.0).load(tx.conn).await?;
    diesel::sql_query("delete from request_share where order_line_id in (select id from purchase_order_line where purchase_order_id = $1)").bind::<SqlUuid, _>(order.0).execute(tx.conn).await?;
    Ok(kept)
}

/// Puts them back on the lines of the same model, as far as those go; the rest is to be ordered again.
pub async fn put_back(tx: &mut Tx<'_>, order: PurchaseOrderId, kept: Vec<Kept>) -> Result<()> {
    #[derive(diesel::QueryableByName)]
    struct Room {
        #[diesel(sql_type = SqlUuid)]
        model: Uuid,
        #[diesel(sql_type = Numeric)]
        quantity: Decimal,
    }
    if kept.is_empty() {
        return Ok(());
    }
    let mut room: Vec<Room> = diesel::sql_query("select distinct on (model_id) model_id as model, quantity from purchase_order_line where purchase_order_id = $1 order by model_id, number").bind::<SqlUuid, _>(order.0).load(tx.conn).await?;
    let mut shares = Vec::new();
    for k in kept {
        let Some(room) = room.iter_mut().find(|r| r.model == k.model && r.quantity > Decimal::ZERO) else { continue };
        let quantity = k.quantity.min(room.quantity);
        room.quantity -= quantity;
        shares.push(Share { line: k.line, model: ModelId(k.model), quantity });
    }
    if shares.is_empty() { Ok(()) } else { share_out(tx, order, &shares).await }
}
