//! Requests for quotation: written for several vendors, of models or of lines that teams asked for; sent; or cancelled.

use chrono::NaiveDate;
use diesel::sql_types::{Array, Bool, Date, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use crate::procurement::lines;
use crate::procurement::request::bundle::{self, Take, Together};
use super::record::{self, QuoteRequest};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::actions::transitions;
use crate::http::number::Quantity;
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{ModelId, QuoteId, QuoteRequestId, QuoteRequestLineId, TeamId};
use crate::ledger::NewEvent;

/// The most vendors and the most lines of one request.
const MAX_VENDORS: usize = 50;
const MAX_LINES: usize = 200;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuoteRequest {
    /// Code of the team that it is bought for.
    pub team: String,
    /// What it is about, in a few words.
    pub title: String,
    /// The last day for answers; those of a later day are marked late.
    pub due_on: NaiveDate,
    #[serde(default)]
    pub notes: String,
    /// Code of the place that the orders are delivered to.
    #[serde(default)]
    pub deliver_to: Option<String>,
    /// Code of a budget.
    #[serde(default)]
    pub budget: Option<String>,
    /// Codes or ids of the vendors that are asked.
    #[serde(default)]
    pub vendors: Vec<String>,
    #[serde(default)]
    pub lines: Vec<NewQuoteLine>,
    /// Lines of requests by teams; the same model becomes one line.
    #[serde(default)]
    pub requests: Vec<Take>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewQuoteLine {
    /// Code, id or part number.
    pub model: String,
    pub quantity: Quantity,
    #[serde(default)]
    pub description: String,
    #[serde(default)]
    pub needed_by: Option<NaiveDate>,
}

/// An edit of a draft; what is left out stays. Vendors are replaced as a whole, and so are lines with requests.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditQuoteRequest {
    #[serde(default)]
    pub title: Option<String>,
    #[serde(default)]
    pub due_on: Option<NaiveDate>,
    #[serde(default)]
    pub notes: Option<String>,
    #[serde(default)]
    pub deliver_to: Option<String>,
    /// Code of a budget; an empty text takes it off its budget.
    #[serde(default)]
    pub budget: Option<String>,
    #[serde(default)]
    pub vendors: Option<Vec<String>>,
    #[serde(default)]
    pub lines: Option<Vec<NewQuoteLine>>,
    #[serde(default)]
    pub requests: Option<Vec<Take>>,
}

#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteStep {
    #[serde(default)]
    pub reason: Option<String>,
}

/// A line whose fields are checked.
struct Line {
    id: QuoteRequestLineId,
    model: ModelId,
    unit: String,
    quantity: Decimal,
    description: String,
    needed_by: Option<NaiveDate>,
}

/// Writes a request for quotation as a draft. Its number has no gaps: the year's counter is locked until the end of the transaction.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewQuoteRequest) -> Result<QuoteRequest> {
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &new.team).await?);
    caller.require(&[Role::Procurement], team, &format!("Asking for quotes for {}", new.team))?;
    let title = titled(&new.title)?;
    let deliver_to = place(tx, new.deliver_to.as_deref()).await?;
    let budget = match new.budget.as_deref().filter(|b| !b.trim().is_empty()) {
        Some(code) => Some(crate::procurement::budget::by_code(tx, code).await?),
        None => None,
    };
    let vendors = vendors(tx, &new.vendors).await?;
    let (lines, requests) = check(tx, caller, new.lines, &new.requests).await?;
    let id = QuoteRequestId::new();
    let code = tx.next_code("RFQ", "quote_request").await?;
    tx.open(NewEvent::new("quote_request.create", "quote_request", id).team(team).details(json!({"code": code, "lines": lines.len(), "vendors": vendors.len()}))).await?;
    diesel::sql_query("insert into quote_request (id, code, team_id, buyer_id, title, notes, due_on, deliver_to_id, budget_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(team.0).bind::<SqlUuid, _>(caller.person().0).bind::<Text, _>(title).bind::<Text, _>(new.notes.trim())
        .bind::<Date, _>(new.due_on).bind::<Nullable<SqlUuid>, _>(deliver_to).bind::<Nullable<SqlUuid>, _>(budget.map(|b| b.0)).execute(tx.conn).await?;
    write(tx, id, &lines, requests).await?;
    ask(tx, id, &vendors).await?;
    record::read(tx.conn, caller, id, false).await
}

/// Edits a draft.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, edit: EditQuoteRequest) -> Result<QuoteRequest> {
    let held = record::lock(tx.conn, code).await?;
    must_match(if_match, &held.version)?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Editing {}", held.code))?;
    if held.status != "draft" {
        return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}: what vendors were asked stays. Cancel it and ask anew.", held.code, held.status)).with("state", &held.status));
    }
    let title = edit.title.as_deref().map(titled).transpose()?;
    let deliver_to = place(tx, edit.deliver_to.as_deref()).await?;
    let off_budget = edit.budget.as_deref().is_some_and(|b| b.trim().is_empty());
    let budget = match edit.budget.as_deref().filter(|b| !b.trim().is_empty()) {
        Some(code) => Some(crate::procurement::budget::by_code(tx, code).await?),
        None => None,
    };
    let asked = match &edit.vendors {
        Some(named) => Some(vendors(tx, named).await?),
        None => None,
    };
    let lines = match (edit.lines, edit.requests) {
        (None, None) => None,
        (lines, requests) => Some(check(tx, caller, lines.unwrap_or_default(), &requests.unwrap_or_default()).await?),
    };
    tx.open(NewEvent::new("quote_request.edit", "quote_request", held.id).team(held.team_id).details(json!({"code": held.code}))).await?;
    diesel::sql_query("update quote_request set title = coalesce($2, title), due_on = coalesce($3, due_on), notes = coalesce($4, notes), deliver_to_id = coalesce($5, deliver_to_id), budget_id = case when $6 then null else coalesce($7, budget_id) end where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<Text>, _>(title).bind::<Nullable<Date>, _>(edit.due_on).bind::<Nullable<Text>, _>(edit.notes.as_deref().map(str::trim))
        .bind::<Nullable<SqlUuid>, _>(deliver_to).bind::<Bool, _>(off_budget).bind::<Nullable<SqlUuid>, _>(budget.map(|b| b.0)).execute(tx.conn).await?;
    if let Some((lines, requests)) = lines {
        diesel::sql_query("delete from quote_request_share where quote_request_line_id in (select id from quote_request_line where quote_request_id = $1)").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
        diesel::sql_query("delete from quote_request_line where quote_request_id = $1").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
        write(tx, held.id, &lines, requests).await?;
    }
    if let Some(asked) = asked {
        diesel::sql_query("delete from quote where quote_request_id = $1 and not vendor_id = any($2)").bind::<SqlUuid, _>(held.id.0).bind::<Array<SqlUuid>, _>(&asked).execute(tx.conn).await?;
        ask(tx, held.id, &asked).await?;
    }
    record::read(tx.conn, caller, held.id, false).await
}

/// Sends a request, or cancels it. Locks it.
pub async fn advance(tx: &mut Tx<'_>, caller: &Caller, code: &str, step: &str, ask: QuoteStep) -> Result<QuoteRequest> {
    let held = record::lock(tx.conn, code).await?;
    let event = match step {
        "send" => "quote_request.send",
        "cancel" => "quote_request.cancel",
        other => return Err(Problem::not_found("step", other)),
    };
    let all = transitions(tx.conn, "quote_request").await?;
    let Some(found) = all.iter().find(|t| t.from_state == held.status && t.action == step) else {
        return Err(held.wrong_state(&all));
    };
    caller.require(&found.roles(), held.team_id, &format!("{} {}", found.label, held.code))?;
    let reason = ask.reason.filter(|r| !r.trim().is_empty());
    if step == "cancel" && held.status == "sent" && reason.is_none() {
        return Err(Problem::field("reason", "Say why none is chosen; it stays in the ledger."));
    }
    tx.open(NewEvent::new(event, "quote_request", held.id).team(held.team_id).reason(reason).details(json!({"code": held.code}))).await?;
    let stamp = if step == "send" { "sent_at" } else { "decided_at" };
    diesel::sql_query(format!("update quote_request set status = $2, {stamp} = clock_timestamp() where id = $1")).bind::<SqlUuid, _>(held.id.0).bind::<Text, _>(&found.to_state).execute(tx.conn).await?;
    if step == "cancel" {
        diesel::sql_query("update quote set status = 'not_chosen' where quote_request_id = $1 and status = 'answered'").bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
    }
    record::read(tx.conn, caller, held.id, false).await
}

fn titled(title: &str) -> Result<&str> {
    Some(title.trim()).filter(|t| !t.is_empty()).ok_or_else(|| Problem::field("title", "Say in a few words what it is about."))
}

async fn place(tx: &mut Tx<'_>, code: Option<&str>) -> Result<Option<Uuid>> {
    match code.filter(|c| !c.trim().is_empty()) {
        Some(code) => Ok(Some(find::LOCATION.find_for(tx.conn, "deliver_to", code).await?)),
        None => Ok(None),
    }
}

async fn vendors(tx: &mut Tx<'_>, named: &[String]) -> Result<Vec<Uuid>> {
    if named.len() > MAX_VENDORS {
        return Err(Problem::field("vendors", format!("At most {MAX_VENDORS} vendors are asked at once.")));
    }
    let mut all = Vec::with_capacity(named.len());
    for (n, name) in named.iter().enumerate() {
        let id = find::VENDOR.find_for(tx.conn, &format!("vendors[{n}]"), name).await?;
        if all.contains(&id) {
            return Err(Problem::field(format!("vendors[{n}]"), format!("{name} is named twice.")));
        }
        all.push(id);
    }
    Ok(all)
}

/// The lines that are named and those that the requests of teams come to.
async fn check(tx: &mut Tx<'_>, caller: &Caller, named: Vec<NewQuoteLine>, takes: &[Take]) -> Result<(Vec<Line>, Option<Together>)> {
    if named.len() + takes.len() > MAX_LINES {
        return Err(Problem::field("lines", format!("A request for quotation has at most {MAX_LINES} lines. Split it.")));
    }
    let names: Vec<&str> = named.iter().map(|l| l.model.trim()).collect();
    let models = lines::models(tx, &names, |n| format!("lines[{n}].model")).await?;
    let mut all = Vec::new();
    for (n, (line, model)) in named.iter().zip(models).enumerate() {
        let quantity = line.quantity.checked(&format!("lines[{n}].quantity"), &model.unit)?;
        all.push(Line { id: QuoteRequestLineId::new(), model: model.id, unit: model.unit, quantity, description: line.description.trim().to_owned(), needed_by: line.needed_by });
    }
    if takes.is_empty() {
        return Ok((all, None));
    }
    let together = bundle::together(tx, caller, takes, "requests").await?;
    let mut sums: Vec<_> = together.sums.iter().collect();
    sums.sort_by_key(|(_, sum)| sum.first);
    let ids: Vec<String> = sums.iter().map(|(id, _)| id.to_string()).collect();
    let models = lines::models(tx, &ids.iter().map(String::as_str).collect::<Vec<_>>(), |n| format!("requests[{n}].model")).await?;
    all.extend(sums.iter().zip(models).map(|((_, sum), model)| Line { id: QuoteRequestLineId::new(), model: model.id, unit: model.unit, quantity: sum.quantity, description: String::new(), needed_by: sum.needed_by }));
    Ok((all, Some(together)))
}

/// Writes lines from 1 on, and for which lines of requests the later ones are: the last line of a model is theirs.
async fn write(tx: &mut Tx<'_>, request: QuoteRequestId, lines: &[Line], requests: Option<Together>) -> Result<()> {
    diesel::sql_query(
        "insert into quote_request_line (id, quote_request_id, number, model_id, unit, quantity, description, needed_by)
         select l.id, $1, l.n, l.model, l.unit, l.quantity, l.description, l.day from unnest($2::uuid[], $3::uuid[], $4::text[], $5::numeric[], $6::text[], $7::date[]) with ordinality as l (id, model, unit, quantity, description, day, n)")
        .bind::<SqlUuid, _>(request.0)
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|l| l.id.0).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(lines.iter().map(|l| l.model.0).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.unit.clone()).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(lines.iter().map(|l| l.quantity).collect::<Vec<_>>())
        .bind::<Array<Text>, _>(lines.iter().map(|l| l.description.clone()).collect::<Vec<_>>())
        .bind::<Array<Nullable<Date>>, _>(lines.iter().map(|l| l.needed_by).collect::<Vec<_>>())
        .execute(tx.conn).await?;
    let Some(requests) = requests else { return Ok(()) };
    for want in &requests.wanted {
        tx.also_about("requisition", want.requisition_id).await?;
    }
    let of = |model: ModelId| lines.iter().rfind(|l| l.model == model).map_or_else(Uuid::nil, |l| l.id.0);
    diesel::sql_query("insert into quote_request_share (id, quote_request_line_id, requisition_line_id, quantity) select ledger.uuid_v7(), s.line, s.request, s.quantity from unnest($1::uuid[], $2::uuid[], $3::numeric[]) s (line, request, quantity)")
        .bind::<Array<SqlUuid>, _>(requests.shares.iter().map(|s| of(s.model)).collect::<Vec<_>>())
        .bind::<Array<SqlUuid>, _>(requests.shares.iter().map(|s| s.line).collect::<Vec<_>>())
        .bind::<Array<Numeric>, _>(requests.shares.iter().map(|s| s.quantity).collect::<Vec<_>>())
        .execute(tx.conn).await?;
    Ok(())
}

/// Names the vendors; who is named already stays as they are.
async fn ask(tx: &mut Tx<'_>, request: QuoteRequestId, vendors: &[Uuid]) -> Result<()> {
    diesel::sql_query("insert into quote (id, quote_request_id, vendor_id) select v.id, $1, v.vendor from unnest($2::uuid[], $3::uuid[]) v (id, vendor) where not exists (select 1 from quote q where q.quote_request_id = $1 and q.vendor_id = v.vendor)")
        .bind::<SqlUuid, _>(request.0).bind::<Array<SqlUuid>, _>(vendors.iter().map(|_| QuoteId::new().0).collect::<Vec<_>>()).bind::<Array<SqlUuid>, _>(vendors).execute(tx.conn).await?;
    Ok(())
}
