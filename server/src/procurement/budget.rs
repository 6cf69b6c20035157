//! Budgets: made for a team, a year and a kind; shared out below; moved by entries only, each under the budget's row lock.

use diesel::sql_types::{Bool, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::record::Held;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::actions::Action;
use crate::http::number::{checked_amount, checked_currency};
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{ApprovalId, BudgetId, TeamId};
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewBudget {
    pub team: String,
    pub fiscal_year: i32,
    /// capex or opex
    pub kind: String,
    #[schema(value_type = String)]
    pub amount: Decimal,
    pub currency: String,
    /// Code of the budget of a team above that it is shared out of.
    #[serde(default)]
    pub parent: Option<String>,
    /// What happens over it, for requests: stop, warn, or board, which asks the group named by `board`. Left out: warn.
    #[serde(default)]
    pub over_request: Option<String>,
    /// For orders. Left out: stop.
    #[serde(default)]
    pub over_order: Option<String>,
    /// For invoices. Left out: warn.
    #[serde(default)]
    pub over_invoice: Option<String>,
    /// Code of the group that decides where a setting says board.
    #[serde(default)]
    pub board: Option<String>,
}

/// Fields that are left out stay.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct EditBudget {
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub amount: Option<Decimal>,
    /// What happens over it, for requests: stop, warn, or board, which asks the group named by `board`.
    #[serde(default)]
    pub over_request: Option<String>,
    /// For orders.
    #[serde(default)]
    pub over_order: Option<String>,
    /// For invoices.
    #[serde(default)]
    pub over_invoice: Option<String>,
    /// Code of the group that decides where a setting says board.
    #[serde(default)]
    pub board: Option<String>,
}

/// A budget, and what the caller may do with it.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Budget {
    #[serde(flatten)]
    row: BudgetRow,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct BudgetRow {
    #[diesel(sql_type = SqlUuid)]
    pub id: BudgetId,
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    team: String,
    #[diesel(sql_type = Integer)]
    fiscal_year: i32,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<String>,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    amount: Decimal,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    reserved: Decimal,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    committed: Decimal,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    spent: Decimal,
    /// Shared out to budgets below.
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    shared: Decimal,
    #[diesel(sql_type = Numeric)]
    #[schema(value_type = String)]
    left: Decimal,
    #[diesel(sql_type = Text)]
    over_request: String,
    #[diesel(sql_type = Text)]
    over_order: String,
    #[diesel(sql_type = Text)]
    over_invoice: String,
    #[diesel(sql_type = Nullable<Text>)]
    board: Option<String>,
}

const READ: &str = "select b.id, b.opened_by::text as version, b.code, b.team_id, t.code as team, b.fiscal_year, b.kind, b.currency::text as currency, u.code as parent, b.amount, b.reserved, b.committed, b.spent,
    coalesce(b.shared, 0) as shared, b.amount - b.reserved - b.committed - b.spent - coalesce(b.shared, 0) as left, coalesce(b.over_request, b.over_budget) as over_request,
    coalesce(b.over_order, b.over_budget) as over_order, coalesce(b.over_invoice, b.over_budget) as over_invoice, g.code as board
    from budget b join team t on t.id = b.team_id left join budget u on u.id = b.parent_id left join approver_group g on g.id = b.board_id";

#[derive(diesel::QueryableByName)]
struct Locked {
    #[diesel(sql_type = SqlUuid)]
    id: BudgetId,
    #[diesel(sql_type = SqlUuid)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
}

/// Makes a team's budget for a year. One that is shared out of another takes its amount from that one.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewBudget) -> Result<Budget> {
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &new.team).await?);
    caller.require(&[Role::Approver], team, &format!("Making a budget for {}", new.team))?;
    if !matches!(new.kind.as_str(), "capex" | "opex") {
        return Err(Problem::field("kind", "A budget is capex or opex."));
    }
    if !(2000..=2200).contains(&new.fiscal_year) {
        return Err(Problem::field("fiscal_year", "Give a year such as 2026."));
    }
    let amount = checked_amount("amount", new.amount)?.normalize();
    let currency = checked_currency(&new.currency)?;
    let board = check_over(tx, [&new.over_request, &new.over_order, &new.over_invoice], new.board.as_deref()).await?;
    let parent = match &new.parent {
        Some(code) => Some(by_code(tx, code).await?),
        None => None,
    };
    let id = BudgetId::new();
    let code = format!("B-{}-{}-{}-{currency}", new.team.to_uppercase(), new.fiscal_year, new.kind.to_uppercase());
    tx.open(NewEvent::new("budget.create", "budget", id).team(team).details(json!({"code": code, "amount": amount}))).await?;
    diesel::sql_query("insert into budget (id, code, team_id, fiscal_year, kind, currency, amount, parent_id, over_request, over_order, over_invoice, board_id)
                       values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9, 'warn'), coalesce($10, 'stop'), coalesce($11, 'warn'), $12)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(team.0).bind::<Integer, _>(new.fiscal_year).bind::<Text, _>(new.kind).bind::<Text, _>(currency).bind::<Numeric, _>(amount)
        .bind::<Nullable<SqlUuid>, _>(parent.map(|p| p.0)).bind::<Nullable<Text>, _>(new.over_request).bind::<Nullable<Text>, _>(new.over_order)
        .bind::<Nullable<Text>, _>(new.over_invoice).bind::<Nullable<SqlUuid>, _>(board)
        .execute(tx.conn).await?;
    read(tx.conn, caller, id, false).await
}

/// Changes a budget's amount or what happens over it. Locks it, and the one that it was shared out of.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, edit: EditBudget) -> Result<Budget> {
    let id = by_code(tx, code).await?;
    let locked: Locked = diesel::sql_query("select id, team_id, opened_by::text as version, code from budget where id = $1 for update").bind::<SqlUuid, _>(id.0).get_result(tx.conn).await?;
    must_match(if_match, &locked.version)?;
    caller.require(&[Role::Approver], locked.team_id, &format!("Editing {}", locked.code))?;
    let amount = edit.amount.map(|a| checked_amount("amount", a)).transpose()?;
    let board = check_over(tx, [&edit.over_request, &edit.over_order, &edit.over_invoice], edit.board.as_deref()).await?;
    tx.open(NewEvent::new("budget.edit", "budget", locked.id).team(locked.team_id).details(json!({"code": locked.code, "amount": amount}))).await?;
    diesel::sql_query("update budget set amount = coalesce($2, amount), over_request = coalesce($3, over_request), over_order = coalesce($4, over_order), over_invoice = coalesce($5, over_invoice), board_id = coalesce($6, board_id) where id = $1")
        .bind::<SqlUuid, _>(locked.id.0).bind::<Nullable<Numeric>, _>(amount).bind::<Nullable<Text>, _>(edit.over_request).bind::<Nullable<Text>, _>(edit.over_order)
        .bind::<Nullable<Text>, _>(edit.over_invoice).bind::<Nullable<SqlUuid>, _>(board).execute(tx.conn).await?;
    read(tx.conn, caller, locked.id, false).await
}

/// Reads a budget. `past`: nothing can be done in the past.
pub async fn read(conn: &mut diesel_async::AsyncPgConnection, caller: &Caller, id: BudgetId, past: bool) -> Result<Budget> {
    let row: BudgetRow = diesel::sql_query(format!("{READ} where b.id = $1")).bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let past = past.then(|| "You are looking at the past.".to_owned());
    let empty = (row.left <= Decimal::ZERO).then(|| format!("Nothing is left of {} to share out.", row.code));
    let actions = vec![
        Action::patch("edit", "Edit", format!("/api/v1/budgets/{}", row.code)).primary().unless(past.clone()).needs(caller, &[Role::Approver], row.team_id).input(&["amount", "over_request", "over_order", "over_invoice", "board"]),
        // For a team below, so whoever may on this one may on that one.
        Action::post("share_out", "Share out", "/api/v1/budgets").unless(past).needs(caller, &[Role::Approver], row.team_id).unless(empty).input(&["team", "amount"]),
    ];
    Ok(Budget { row, actions })
}

/// Settings for requests, orders and invoices, and the board's id.
async fn check_over(tx: &mut Tx<'_>, settings: [&Option<String>; 3], board: Option<&str>) -> Result<Option<Uuid>> {
    for (field, setting) in ["over_request", "over_order", "over_invoice"].into_iter().zip(settings) {
        if setting.as_deref().is_some_and(|s| !matches!(s, "stop" | "warn" | "board")) {
            return Err(Problem::field(field, "Over the budget one can: stop, warn, or ask the board."));
        }
    }
    match board {
        Some(code) => Ok(Some(find::APPROVER_GROUP.find_for(tx.conn, "board", code).await?)),
        None => Ok(None),
    }
}

pub async fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<BudgetId> {
    Ok(BudgetId(find::BUDGET.find_for(tx.conn, "budget", code).await?))
}

/// What the budget of an order says to an amount of the order's currency, its row locked.
#[derive(diesel::QueryableByName)]
pub struct Standing {
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = Numeric)]
    pub left: Decimal,
    #[diesel(sql_type = Text)]
    pub over_order: String,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub board_id: Option<Uuid>,
    /// The amount in the budget's currency, less what the order holds of it already; null where no rate leads there.
    #[diesel(sql_type = Nullable<Numeric>)]
    pub more: Option<Decimal>,
    #[diesel(sql_type = Numeric)]
    pub reserved: Decimal,
    #[diesel(sql_type = Numeric)]
    pub committed: Decimal,
}

impl Standing {
    pub fn short(&self) -> bool {
        self.more.is_some_and(|more| more > Decimal::ZERO && more > self.left)
    }
}

/// Locks the budget of an order, if it has one. What its invoices moved is beside this: they spend and give back by themselves. Refuses a budget in a currency that neither the order nor the company keeps.
pub async fn standing(tx: &mut Tx<'_>, held: &Held, total: Decimal) -> Result<Option<Standing>> {
    let Some(budget) = held.budget_id else { return Ok(None) };
    // Locked before it is read: one statement would take the budget anew after the wait, and the order's entries as they were before.
    diesel::sql_query("select 1 from budget where id = $1 for update").bind::<SqlUuid, _>(budget.0).execute(tx.conn).await?;
    let found: Standing = diesel::sql_query(
        "select b.code, b.currency::text as currency, b.amount - b.reserved - b.committed - b.spent - b.shared as left, b.over_order, b.board_id,
                case when b.currency = o.currency then $3 when b.currency = rules.base_currency() then rules.round_half_even($3 * o.exchange_rate, rules.minor_unit(b.currency::text)) end - e.held as more,
                e.reserved, e.committed
         from budget b join purchase_order o on o.id = $2
         join lateral (select coalesce(sum(x.reserved + x.committed + x.spent) filter (where x.stage <> 'invoice'), 0) as held, coalesce(sum(x.reserved), 0) as reserved, coalesce(sum(x.committed), 0) as committed
                       from budget_entry x where x.purchase_order_id = o.id and x.budget_id = b.id) e on true where b.id = $1")
        .bind::<SqlUuid, _>(budget.0).bind::<SqlUuid, _>(held.id.0).bind::<Numeric, _>(total).get_result(tx.conn).await?;
    if found.more.is_none() {
        return Err(Problem::refused("budget-currency", "Another currency", format!("{} is in {}, the order in {}. Choose a budget in {}.", found.code, found.currency, held.currency, held.currency)));
    }
    Ok(Some(found))
}

/// One entry: what moves in the budget of an order, under the open event.
#[derive(Default)]
struct Moves {
    reserved: Decimal,
    committed: Decimal,
}

/// Reserves an order's total when it is approved; `approval` is the one that may have taken it over the budget.
pub async fn reserve(tx: &mut Tx<'_>, held: &Held, approval: ApprovalId) -> Result<()> {
    let Some(standing) = standing(tx, held, held.total).await? else { return Ok(()) };
    refuse_short(&standing, held)?;
    enter(tx, held, "reserve", Moves { reserved: standing.more.unwrap_or_default(), ..Moves::default() }, Some(approval)).await
}

/// What was reserved is committed when the order goes out.
pub async fn commit(tx: &mut Tx<'_>, held: &Held) -> Result<()> {
    let Some(standing) = standing(tx, held, held.total).await? else { return Ok(()) };
    enter(tx, held, "commit", Moves { reserved: -standing.reserved, committed: standing.reserved }, None).await
}

/// What was reserved or committed is free again when the order is cancelled.
pub async fn release(tx: &mut Tx<'_>, held: &Held) -> Result<()> {
    let Some(standing) = standing(tx, held, held.total).await? else { return Ok(()) };
    enter(tx, held, "release", Moves { reserved: -standing.reserved, committed: -standing.committed }, None).await
}

/// The order costs `total` now: the difference is reserved or committed, as the order's state has it.
pub async fn amend(tx: &mut Tx<'_>, held: &Held, total: Decimal, approval: Option<ApprovalId>) -> Result<()> {
    let Some(standing) = standing(tx, held, total).await? else { return Ok(()) };
    let more = standing.more.unwrap_or_default();
    let moves = if held.status == "approved" { Moves { reserved: more, ..Moves::default() } } else { Moves { committed: more, ..Moves::default() } };
    enter(tx, held, "amend", moves, approval).await
}

/// The database refuses it too; this says what is left and what to do.
fn refuse_short(standing: &Standing, held: &Held) -> Result<()> {
    if standing.short() && standing.over_order == "stop" {
        return Err(Problem::refused("over-budget", "Not enough budget",
            format!("{} has {} {} left; {} needs {}. Lower the order, or ask for more budget.", standing.code, standing.left.normalize(), standing.currency, held.code, standing.more.unwrap_or_default().normalize()))
            .with("left", standing.left));
    }
    Ok(())
}

async fn enter(tx: &mut Tx<'_>, held: &Held, reason: &str, moves: Moves, approval: Option<ApprovalId>) -> Result<()> {
    if moves.reserved.is_zero() && moves.committed.is_zero() {
        return Ok(());
    }
    diesel::sql_query("insert into budget_entry (id, budget_id, stage, reason, purchase_order_id, reserved, committed, approval_id) select ledger.uuid_v7(), $1, 'order', $2, $3, $4, $5, $6 where $7")
        .bind::<Nullable<SqlUuid>, _>(held.budget_id.map(|b| b.0)).bind::<Text, _>(reason).bind::<SqlUuid, _>(held.id.0).bind::<Numeric, _>(moves.reserved).bind::<Numeric, _>(moves.committed)
        .bind::<Nullable<SqlUuid>, _>(approval.map(|a| a.0)).bind::<Bool, _>(held.budget_id.is_some()).execute(tx.conn).await?;
    Ok(())
}
