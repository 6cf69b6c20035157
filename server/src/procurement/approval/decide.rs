//! Approvals: an order asks those whom the policies name; each decides once, and the last yes approves. The database counts the decisions.

use diesel::OptionalExtension;
use diesel::sql_types::{Bool, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use uuid::Uuid;

use crate::procurement::budget::{self, Standing};
use crate::procurement::record::Held;
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};
use crate::ids::{ApprovalId, PersonId, PurchaseOrderId};

/// How an approval stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Pending,
    Approved,
    Refused,
}

/// What waits to be decided for an order.
#[derive(Clone, Debug, diesel::QueryableByName)]
pub struct Pending {
    #[diesel(sql_type = SqlUuid)]
    pub id: ApprovalId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    pub amendment_id: Option<Uuid>,
    #[diesel(sql_type = Numeric)]
    pub total: Decimal,
    #[diesel(sql_type = Nullable<Text>)]
    step: Option<String>,
    /// Why this caller cannot decide; none: they can.
    #[diesel(sql_type = Nullable<Text>)]
    pub hindrance: Option<String>,
    /// The step is for a group, not for the approvers of the team.
    #[diesel(sql_type = Bool)]
    pub by_group: bool,
}

/// Asks for the approval of an order, or of an amendment of it, under the open event: the steps of the first policy that fits, or one step
/// for the approvers of its team. A budget that asks its board gets the board's step where the order takes it over its amount.
pub async fn ask(tx: &mut Tx<'_>, held: &Held, total: Decimal, amendment: Option<Uuid>) -> Result<ApprovalId> {
    let id = ApprovalId::new();
    diesel::sql_query(
        "insert into approval (id, purchase_order_id, amendment_id, policy_id, requester_id, team_id, total, currency)
         select $1, o.id, $3, (select p.id from approval_policy p where p.retired_at is null
             and (p.min_total is null or rules.round_half_even($4 * o.exchange_rate, rules.minor_unit(rules.base_currency())) >= p.min_total)
             and (p.category is null or exists (select 1 from purchase_order_line l join model m on m.id = l.model_id where l.purchase_order_id = o.id and lower(m.category) = lower(p.category)))
             and (p.budget_kind is null or p.budget_kind = (select b.kind from budget b where b.id = o.budget_id))
             and (p.team_id is null or o.team_id in (select rules.team_and_below(p.team_id)))
             order by p.position, p.code limit 1), coalesce($5, o.requester_id), o.team_id, $4, o.currency
         from purchase_order o where o.id = $2")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(held.id.0).bind::<Nullable<SqlUuid>, _>(amendment).bind::<Numeric, _>(total)
        .bind::<Nullable<SqlUuid>, _>(amendment.and(tx.by.person_id()).map(|p: PersonId| p.0)).execute(tx.conn).await?;
    diesel::sql_query(
        "insert into approval_step (id, approval_id, number, name, group_id, mode, needed)
         select ledger.uuid_v7(), a.id, coalesce(s.number, 1), coalesce(s.name, 'Approval'), s.group_id, coalesce(s.mode, 'one'), s.needed
         from approval a left join approval_policy_step s on s.policy_id = a.policy_id where a.id = $1")
        .bind::<SqlUuid, _>(id.0).execute(tx.conn).await?;
    if let Some(standing) = budget::standing(tx, held, total).await? {
        ask_board(tx, id, &standing).await?;
    }
    Ok(id)
}

/// Adds the board's step where the budget is short, says to ask it, and it is not among the steps yet.
async fn ask_board(tx: &mut Tx<'_>, approval: ApprovalId, standing: &Standing) -> Result<()> {
    let Some(board) = standing.board_id.filter(|_| standing.short() && standing.over_order == "board") else { return Ok(()) };
    diesel::sql_query(
        "insert into approval_step (id, approval_id, number, name, group_id, mode, over_budget)
         select ledger.uuid_v7(), $1, (select max(number) + 1 from approval_step where approval_id = $1), g.name || ': over budget', g.id, 'one', true
         from approver_group g where g.id = $2 and not exists (select 1 from approval_step where approval_id = $1 and group_id = $2)")
        .bind::<SqlUuid, _>(approval.0).bind::<SqlUuid, _>(board).execute(tx.conn).await?;
    Ok(())
}

/// What waits to be decided for an order, and whether this caller may.
pub async fn pending(conn: &mut AsyncPgConnection, order: PurchaseOrderId, caller: PersonId) -> Result<Option<Pending>> {
    Ok(diesel::sql_query(
        "select a.id, a.amendment_id, a.total, s.name as step, d.hindrance, s.group_id is not null as by_group
         from approval a cross join lateral rules.may_decide(a.id, $2) d
         left join lateral (select x.name, x.group_id from approval_step x where x.approval_id = a.id and x.status = 'pending' order by x.number limit 1) s on true
         where a.purchase_order_id = $1 and a.status = 'pending'")
        .bind::<SqlUuid, _>(order.0).bind::<SqlUuid, _>(caller.0).get_result(conn).await.optional()?)
}

/// Refuses with what hinders the caller, before anything is written.
pub fn may(pending: &Pending, caller: &Caller, held: &Held) -> Result<()> {
    // A token may be made for fewer roles than its person has.
    if pending.by_group {
        caller.require_anywhere(&[Role::Approver], &format!("Deciding on {}", held.code))?;
    } else {
        caller.require(&[Role::Approver], held.team_id, &format!("Deciding on {}", held.code))?;
    }
    if held.requester_id == caller.person() && pending.amendment_id.is_none() {
        return Err(Problem::refused("own-order", "Nobody approves their own order", format!("You raised {}. Another approver of {} has to approve it.", held.code, held.team)));
    }
    match &pending.hindrance {
        Some(hindrance) => Err(Problem::refused("may-not-decide", "This decision is not yours", hindrance.clone())),
        None => Ok(()),
    }
}

/// Writes the caller's decision under the open event, with what the budget had left at that moment.
pub async fn decide(tx: &mut Tx<'_>, caller: &Caller, held: &Held, pending: &Pending, agreed: bool, reason: Option<&str>) -> Result<Outcome> {
    let standing = budget::standing(tx, held, pending.total).await?;
    if let Some(standing) = standing.as_ref().filter(|_| agreed) {
        // The budget may have run short since it was asked.
        ask_board(tx, pending.id, standing).await?;
    }
    diesel::sql_query(
        "insert into approval_decision (id, approval_id, step_id, person_id, for_person_id, agreed, reason, budget_code, budget_left)
         select ledger.uuid_v7(), $1, d.step_id, $2, d.for_person_id, $3, $4, $5, $6 from rules.may_decide($1, $2) d")
        .bind::<SqlUuid, _>(pending.id.0).bind::<SqlUuid, _>(caller.person().0).bind::<Bool, _>(agreed).bind::<Text, _>(reason.unwrap_or_default())
        .bind::<Nullable<Text>, _>(standing.as_ref().map(|s| s.code.as_str())).bind::<Nullable<Numeric>, _>(standing.as_ref().map(|s| s.left)).execute(tx.conn).await?;
    #[derive(diesel::QueryableByName)]
    struct State {
        #[diesel(sql_type = Text)]
        status: String,
    }
    let state: State = diesel::sql_query("select status from approval where id = $1").bind::<SqlUuid, _>(pending.id.0).get_result(tx.conn).await?;
    Ok(match state.status.as_str() {
        "approved" => Outcome::Approved,
        "refused" => Outcome::Refused,
        _ => Outcome::Pending,
    })
}

/// Nothing is to be decided any more: the order went back to draft or was cancelled.
pub async fn void(tx: &mut Tx<'_>, order: PurchaseOrderId) -> Result<()> {
    diesel::sql_query("update approval set status = 'void' where purchase_order_id = $1 and status = 'pending'").bind::<SqlUuid, _>(order.0).execute(tx.conn).await?;
    Ok(())
}

impl Pending {
    /// The step that waits, for the ledger.
    pub fn step(&self) -> &str {
        self.step.as_deref().unwrap_or_default()
    }
}
