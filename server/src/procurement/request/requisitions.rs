//! Asking: what a team needs, how many, by when and why. Anybody with a role on the team may ask; a draft can be edited.

use chrono::NaiveDate;
use diesel::sql_types::{Array, Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::procurement::lines;
use super::record::{self, Requisition};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::Quantity;
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{BudgetId, ModelId, RequisitionId, RequisitionLineId, TeamId};
use crate::ledger::NewEvent;

/// The most lines of one request.
const MAX_LINES: usize = 200;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRequisition {
    /// Code of the team that needs it.
    pub team: String,
    /// Why.
    pub reason: String,
    #[serde(default)]
    pub project: String,
    #[serde(default)]
    pub needed_by: Option<NaiveDate>,
    /// Code of the budget that it is to come out of.
    #[serde(default)]
    pub budget: Option<String>,
    pub lines: Vec<NewAsk>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewAsk {
    /// Code, id or part number. Left out, `description` says what it is and the buyer finds the model.
    #[serde(default)]
    pub model: Option<String>,
    #[serde(default)]
    pub description: String,
    pub quantity: Quantity,
    /// Where it is another day than the request's.
    #[serde(default)]
    pub needed_by: Option<NaiveDate>,
    /// What one is thought to cost, in the budget's currency or the company's. Left out, it is the last price of the model.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub estimated_price: Option<Decimal>,
}

/// An edit of a draft; what is left out stays, lines are replaced as a whole.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditRequisition {
    #[serde(default)]
    pub reason: Option<String>,
    #[serde(default)]
    pub project: Option<String>,
    #[serde(default)]
    pub needed_by: Option<NaiveDate>,
    /// Code of a budget; an empty text takes the request off its budget.
    #[serde(default)]
    pub budget: Option<String>,
    #[serde(default)]
    pub lines: Option<Vec<NewAsk>>,
}

/// A line whose fields are checked.
struct Asked {
    model: Option<ModelId>,
    description: String,
    unit: String,
    quantity: Decimal,
    needed_by: Option<NaiveDate>,
    estimated_price: Option<Decimal>,
}

#[derive(diesel::QueryableByName)]
struct Said {
    #[diesel(sql_type = Text)]
    currency: String,
}

/// Writes a request as a draft. Its number has no gaps: the year's counter is locked until the end of the transaction.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewRequisition) -> Result<Requisition> {
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &new.team).await?);
    require_any(caller, team, &new.team)?;
    let reason = said(&new.reason)?;
    let budget = match &new.budget {
        Some(code) => Some(crate::procurement::budget::by_code(tx, code).await?),
        None => None,
    };
    let lines = check(tx, new.lines).await?;
    let currency = currency_of(tx, budget).await?;
    let id = RequisitionId::new();
    let code = tx.next_code("REQ", "requisition").await?;
    tx.open(NewEvent::new("requisition.create", "requisition", id).team(team).details(json!({"code": code, "lines": lines.len()}))).await?;
    diesel::sql_query("insert into requisition (id, code, team_id, requester_id, reason, project, needed_by, budget_id, currency) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(team.0).bind::<SqlUuid, _>(caller.person().0).bind::<Text, _>(reason).bind::<Text, _>(new.project.trim())
        .bind::<Nullable<Date>, _>(new.needed_by).bind::<Nullable<SqlUuid>, _>(budget.map(|b| b.0)).bind::<Text, _>(&currency).execute(tx.conn).await?;
    write(tx, id, &lines).await?;
    record::read(tx.conn, caller, id, false).await
}

/// Edits a draft: who asked, or a buyer of the team.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, edit: EditRequisition) -> Result<Requisition> {
    let held = record::lock(tx.conn, code).await?;
    must_match(if_match, &held.version)?;
    held.require_asker(caller, "Editing")?;
    if held.status != "draft" {
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}. Take it back to draft to edit it.", held.code, held.status)).with("state", &held.status));
    }
    let reason = edit.reason.as_deref().map(said).transpose()?;
    let lines = match edit.lines {
        Some(lines) => Some(check(tx, lines).await?),
        None => None,
    };
    let off_budget = edit.budget.as_deref().is_some_and(|b| b.trim().is_empty());
    let budget = match edit.budget.as_deref().filter(|b| !b.trim().is_empty()) {
        Some(code) => Some(crate::procurement::budget::by_code(tx, code).await?),
        None => held.budget_id.filter(|_| !off_budget),
    };
    let currency = currency_of(tx, budget).await?;
    tx.open(NewEvent::new("requisition.edit", "requisition", held.id).team(held.team_id).details(json!({"code": held.code}))).await?;
    diesel::sql_query("update requisition set reason = coalesce($2, reason), project = coalesce($3, project), needed_by = coalesce($4, needed_by), budget_id = $5, currency = $6 where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<Text>, _>(reason).bind::<Nullable<Text>, _>(edit.project.as_deref().map(str::trim)).bind::<Nullable<Date>, _>(edit.needed_by)
        .bind::<Nullable<SqlUuid>, _>(budget.map(|b| b.0)).bind::<Text, _>(&currency).execute(tx.conn).await?;
    if let Some(lines) = lines {
        diesel::sql_query("delete from requisition_line where requisition_id = $1").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
        write(tx, held.id, &lines).await?;
    }
    record::read(tx.conn, caller, held.id, false).await
}

/// Any role that reaches the team is enough to ask for it.
fn require_any(caller: &Caller, team: TeamId, code: &str) -> Result<()> {
    match caller.may(&Role::ALL, team) {
        true => Ok(()),
        false => Err(Problem::not_allowed(format!("Asking for {code} needs a role on the team or one above it. An administrator can grant it."))),
    }
}

fn said(reason: &str) -> Result<&str> {
    Some(reason.trim()).filter(|r| !r.is_empty()).ok_or_else(|| Problem::field("reason", "Say what it is for; the buyer reads it."))
}

/// A request is estimated in its budget's currency, or the company's.
async fn currency_of(tx: &mut Tx<'_>, budget: Option<BudgetId>) -> Result<String> {
    let said: Said = diesel::sql_query("select coalesce((select currency::text from budget where id = $1), rules.base_currency()) as currency").bind::<Nullable<SqlUuid>, _>(budget.map(|b| b.0)).get_result(tx.conn).await?;
    Ok(said.currency)
}

async fn check(tx: &mut Tx<'_>, asked: Vec<NewAsk>) -> Result<Vec<Asked>> {
    if asked.is_empty() {
        return Err(Problem::field("lines", "Say what is needed: at least one line."));
    }
    if asked.len() > MAX_LINES {
        return Err(Problem::field("lines", format!("A request has at most {MAX_LINES} lines. Split it.")));
    }
    let named: Vec<(usize, &str)> = asked.iter().enumerate().filter_map(|(n, a)| Some((n, a.model.as_deref()?.trim()))).filter(|(_, m)| !m.is_empty()).collect();
    let names: Vec<&str> = named.iter().map(|(_, name)| *name).collect();
    let found = lines::models(tx, &names, |n| format!("lines[{}].model", named[n].0)).await?;
    let mut models: Vec<Option<&lines::Sold>> = vec![None; asked.len()];
    for ((at, _), sold) in named.iter().zip(&found) {
        models[*at] = Some(sold);
    }
    asked.iter().zip(models).enumerate().map(|(n, (ask, model))| {
        let field = |name: &str| format!("lines[{n}].{name}");
        let description = ask.description.trim().to_owned();
        if model.is_none() && description.is_empty() {
            return Err(Problem::field(field("description"), "Name a model, or say in words what is needed."));
        }
        let unit = model.map_or("pcs", |m| m.unit.as_str());
        Ok(Asked {
            model: model.map(|m| m.id), description, quantity: ask.quantity.checked(&field("quantity"), unit)?, unit: unit.to_owned(), needed_by: ask.needed_by,
            estimated_price: ask.estimated_price.map(|p| lines::price(&field("estimated_price"), p)).transpose()?,
        })
    }).collect()
}

/// Writes lines from 1 on; a model without an estimate takes its last price in the request's currency.
async fn write(tx: &mut Tx<'_>, request: RequisitionId, lines: &[Asked]) -> Result<()> {
    diesel::sql_query(
        "insert into requisition_line (id, requisition_id, number, model_id, description, unit, quantity, needed_by, estimated_price)
         select l.id, q.id, l.n, l.model, l.description, l.unit, l.quantity, coalesce(l.day, q.needed_by), coalesce(l.price,
           (select x.unit_price from purchase_order_line x join purchase_order o on o.id = x.purchase_order_id where x.model_id = l.model and o.currency = q.currency and o.status <> 'cancelled' order by o.created_at desc limit 1))
         from requisition q, unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::numeric[], $7::date[], $8::numeric[]) with ordinality as l (id, model, description, unit, quantity, day, price, n) where q.id = $1")
        .bind::<SqlUuid, _>(request.0)
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|_| RequisitionLineId::new().0).collect::<Vec<_>>())
        .bind::<Array<Nullable<SqlUuid>>, _>(lines.iter().map(|l| l.model.map(|m| m.0)).collect::<Vec<Option<Uuid>>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.description.clone()).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.unit.clone()).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.quantity).collect::<Vec<_>>())
        .bind::<Array<Nullable<Date>>, _>(lines.iter().map(|l| l.needed_by).collect::<Vec<_>>())
        .bind::<Array<Nullable<Numeric>>, _>(lines.iter().map(|l| l.estimated_price).collect::<Vec<_>>())
        .execute(tx.conn).await?;
    Ok(())
}
