//! Budgets: reserved on approval, committed on order, released on cancel, each under the budget's row lock.

use diesel::OptionalExtension;
use diesel::sql_types::{Integer, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::{checked_amount, checked_currency};
use crate::http::{Problem, Result};
use crate::ids::{BudgetId, TeamId};
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
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Budget {
    pub id: BudgetId,
    pub code: String,
}

#[derive(diesel::QueryableByName)]
struct Locked {
    #[diesel(sql_type = SqlUuid)]
    id: BudgetId,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Numeric)]
    amount: Decimal,
    #[diesel(sql_type = Numeric)]
    taken: Decimal,
    #[diesel(sql_type = Text)]
    over_budget: String,
}

/// What an order does to its budget.
#[derive(Clone, Copy)]
pub enum Step {
    Reserve,
    Commit,
    ReleaseReserved,
    ReleaseCommitted,
}

/// Makes a team's budget for a year.
pub async fn create(tx: &mut Tx<'_>, caller: &Caller, new: NewBudget) -> Result<Budget> {
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &new.team).await?);
    caller.require(&[Role::Approver], team, &format!("Making a budget for {}", new.team))?;
    if !matches!(new.kind.as_str(), "capex" | "opex") {
        return Err(Problem::field("kind", "A budget is capex or opex."));
    }
    if !(2000..=2200).contains(&new.fiscal_year) {
        return Err(Problem::field("fiscal_year", "Give a year such as 2026."));
    }
    checked_amount("amount", new.amount)?;
    let currency = checked_currency(&new.currency)?;
    let id = BudgetId::new();
    let code = format!("B-{}-{}-{}-{currency}", new.team.to_uppercase(), new.fiscal_year, new.kind.to_uppercase());
    tx.open(NewEvent::new("budget.create", "budget", id).team(team).details(json!({"code": code, "amount": new.amount}))).await?;
    diesel::sql_query("insert into budget (id, code, team_id, fiscal_year, kind, currency, amount) values ($1, $2, $3, $4, $5, $6, $7)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(&code).bind::<SqlUuid, _>(team.0).bind::<Integer, _>(new.fiscal_year).bind::<Text, _>(new.kind).bind::<Text, _>(currency).bind::<Numeric, _>(new.amount)
        .execute(tx.conn).await?;
    Ok(Budget { id, code })
}

pub async fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<BudgetId> {
    #[derive(diesel::QueryableByName)]
    struct Key {
        #[diesel(sql_type = SqlUuid)]
        id: BudgetId,
    }
    let key: Option<Key> = diesel::sql_query("select id from budget where code = upper($1) or id::text = $1").bind::<Text, _>(code.trim()).get_result(tx.conn).await.optional()?;
    key.map(|k| k.id).ok_or_else(|| Problem::unknown("budget", "budget", code))
}

/// Moves an order's total through its budget under the open event. Locks the budget. Refuses to overspend one that says stop.
pub async fn step(tx: &mut Tx<'_>, budget: BudgetId, step: Step, total: Decimal, currency: &str) -> Result<()> {
    let locked: Locked = diesel::sql_query("select id, code, currency::text as currency, amount, reserved + committed + spent as taken, over_budget from budget where id = $1 for update")
        .bind::<SqlUuid, _>(budget.0).get_result(tx.conn).await?;
    if locked.currency != currency {
        return Err(Problem::refused("budget-currency", "Another currency", format!("{} is in {}, the order in {currency}. Choose a budget in {currency}.", locked.code, locked.currency)));
    }
    if matches!(step, Step::Reserve) && locked.over_budget == "stop" && locked.taken + total > locked.amount {
        return Err(Problem::refused("over-budget", "Not enough budget",
            format!("{} has {} {currency} left; the order needs {total}. Lower the order, or ask for more budget.", locked.code, locked.amount - locked.taken)).with("left", locked.amount - locked.taken));
    }
    let change = match step {
        Step::Reserve => "reserved = reserved + $2",
        Step::Commit => "reserved = reserved - $2, committed = committed + $2",
        Step::ReleaseReserved => "reserved = reserved - $2",
        Step::ReleaseCommitted => "committed = committed - $2",
    };
    diesel::sql_query(format!("update budget set {change} where id = $1")).bind::<SqlUuid, _>(locked.id.0).bind::<Numeric, _>(total).execute(tx.conn).await?;
    Ok(())
}
