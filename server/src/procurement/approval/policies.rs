//! Who approves what, as data: groups of approvers, policies with their steps, and who decides for whom while somebody is away.

use chrono::NaiveDate;
use diesel::OptionalExtension;
use diesel::sql_types::{Array, Bool, Date, Integer, Jsonb, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::auth::Caller;
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::record::{checked_code, must_match};
use crate::http::{Problem, Result};
use crate::ids::{ApprovalDelegateId, ApprovalPolicyId, ApproverGroupId};
use crate::ledger::NewEvent;

/// Makes a group, or replaces the name and members of the one with this code.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutGroup {
    pub code: String,
    pub name: String,
    /// E-mail addresses or ids of people with the role approver.
    pub members: Vec<String>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Group {
    #[diesel(sql_type = SqlUuid)]
    id: ApproverGroupId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
    /// [{name, email}]
    #[diesel(sql_type = Jsonb)]
    members: Value,
}

/// Makes a policy, or replaces the one with this code.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutPolicy {
    pub code: String,
    pub name: String,
    /// The first that fits an order counts; lower comes first.
    #[serde(default)]
    pub position: Option<i32>,
    /// From this total on, in the company's own currency.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub min_total: Option<Decimal>,
    /// A category of models that some line is of.
    #[serde(default)]
    pub category: Option<String>,
    /// Kind of the order's budget: capex or opex.
    #[serde(default)]
    pub budget_kind: Option<String>,
    /// That team and all below it.
    #[serde(default)]
    pub team: Option<String>,
    pub steps: Vec<PutStep>,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PutStep {
    pub name: String,
    /// Code of a group; left out, whoever has the role approver on the order's team.
    #[serde(default)]
    pub group: Option<String>,
    /// one, some or all of them. Left out: one.
    #[serde(default)]
    pub mode: Option<String>,
    /// How many, where it is some.
    #[serde(default)]
    pub needed: Option<i32>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct Policy {
    #[diesel(sql_type = SqlUuid)]
    id: ApprovalPolicyId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Integer)]
    position: i32,
    #[diesel(sql_type = Nullable<Text>)]
    min_total: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    category: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    budget_kind: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    team: Option<String>,
    /// [{number, name, group, group_name, mode, needed}]
    #[diesel(sql_type = Jsonb)]
    steps: Value,
}

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDelegate {
    /// Who is away: e-mail address or id. Left out, the caller.
    #[serde(default)]
    pub person: Option<String>,
    /// Who decides meanwhile.
    pub delegate: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Delegated {
    pub id: ApprovalDelegateId,
}

#[derive(diesel::QueryableByName)]
struct Key {
    #[diesel(sql_type = SqlUuid)]
    id: Uuid,
    #[diesel(sql_type = Text)]
    version: String,
}

/// Makes a group of approvers, or replaces one. Only an administrator of the whole organisation.
pub async fn put_group(tx: &mut Tx<'_>, caller: &Caller, if_match: Option<&str>, put: PutGroup) -> Result<Group> {
    crate::auth::accounts::require_over_all(tx, caller, "Setting up approvals").await?;
    let (code, name) = check_name(&put.code, &put.name)?;
    if put.members.is_empty() {
        return Err(Problem::field("members", "A group has at least one member."));
    }
    let mut members = Vec::new();
    for (n, member) in put.members.iter().enumerate() {
        members.push(approver(tx, &format!("members[{n}]"), member).await?);
    }
    let there = existing(tx, "approver_group", &code, if_match).await?;
    let id = there.unwrap_or_else(|| ApproverGroupId::new().0);
    tx.open(NewEvent::new("approver_group.put", "approver_group", id).details(json!({"code": code, "members": members.len()}))).await?;
    diesel::sql_query("insert into approver_group (id, code, name) values ($1, $2, $3) on conflict (id) do update set name = excluded.name, retired_at = null")
        .bind::<SqlUuid, _>(id).bind::<Text, _>(&code).bind::<Text, _>(name).execute(tx.conn).await?;
    diesel::sql_query("delete from approver_group_member where group_id = $1 and person_id <> all($2)").bind::<SqlUuid, _>(id).bind::<Array<SqlUuid>, _>(&members).execute(tx.conn).await?;
    diesel::sql_query("insert into approver_group_member (id, group_id, person_id) select ledger.uuid_v7(), $1, p from unnest($2::uuid[]) p on conflict do nothing")
        .bind::<SqlUuid, _>(id).bind::<Array<SqlUuid>, _>(&members).execute(tx.conn).await?;
    read_group(tx.conn, id).await
}

pub async fn read_group(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Group> {
    Ok(diesel::sql_query(
        "select g.id, g.opened_by::text as version, g.code, g.name,
                coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'email', p.email) order by p.name) from approver_group_member m join person p on p.id = m.person_id where m.group_id = g.id), '[]') as members
         from approver_group g where g.id = $1").bind::<SqlUuid, _>(id).get_result(conn).await?)
}

/// Makes a policy with its steps, or replaces one. Orders that wait already keep the steps that they were given.
pub async fn put_policy(tx: &mut Tx<'_>, caller: &Caller, if_match: Option<&str>, put: PutPolicy) -> Result<Policy> {
    crate::auth::accounts::require_over_all(tx, caller, "Setting up approvals").await?;
    let (code, name) = check_name(&put.code, &put.name)?;
    if put.min_total.is_some_and(|t| t < Decimal::ZERO) {
        return Err(Problem::field("min_total", "A total is 0 or more."));
    }
    if put.budget_kind.as_deref().is_some_and(|k| !matches!(k, "capex" | "opex")) {
        return Err(Problem::field("budget_kind", "A budget is capex or opex."));
    }
    if !(1..=9).contains(&put.steps.len()) {
        return Err(Problem::field("steps", "A policy has one to nine steps."));
    }
    let team = match put.team.as_deref().filter(|t| !t.trim().is_empty()) {
        Some(code) => Some(find::TEAM.find_for(tx.conn, "team", code).await?),
        None => None,
    };
    let mut steps = Vec::new();
    for (n, step) in put.steps.iter().enumerate() {
        steps.push(check_step(tx, n, step).await?);
    }
    let there = existing(tx, "approval_policy", &code, if_match).await?;
    let id = there.unwrap_or_else(|| ApprovalPolicyId::new().0);
    tx.open(NewEvent::new("approval_policy.put", "approval_policy", id).details(json!({"code": code, "steps": steps.len()}))).await?;
    diesel::sql_query(
        "insert into approval_policy (id, code, name, position, min_total, category, budget_kind, team_id) values ($1, $2, $3, coalesce($4, 100), $5, $6, $7, $8)
         on conflict (id) do update set name = excluded.name, position = excluded.position, min_total = excluded.min_total, category = excluded.category, budget_kind = excluded.budget_kind, team_id = excluded.team_id, retired_at = null")
        .bind::<SqlUuid, _>(id).bind::<Text, _>(&code).bind::<Text, _>(name).bind::<Nullable<Integer>, _>(put.position).bind::<Nullable<Numeric>, _>(put.min_total)
        .bind::<Nullable<Text>, _>(put.category.map(|c| c.trim().to_owned()).filter(|c| !c.is_empty())).bind::<Nullable<Text>, _>(put.budget_kind).bind::<Nullable<SqlUuid>, _>(team)
        .execute(tx.conn).await?;
    diesel::sql_query("delete from approval_policy_step where policy_id = $1").bind::<SqlUuid, _>(id).execute(tx.conn).await?;
    diesel::sql_query(
        "insert into approval_policy_step (id, policy_id, number, name, group_id, mode, needed)
         select ledger.uuid_v7(), $1, s.number, s.name, s.group_id, s.mode, s.needed from jsonb_to_recordset($2) as s (number integer, name text, group_id uuid, mode text, needed integer)")
        .bind::<SqlUuid, _>(id).bind::<Jsonb, _>(Value::Array(steps)).execute(tx.conn).await?;
    read_policy(tx.conn, id).await
}

pub async fn read_policy(conn: &mut AsyncPgConnection, id: Uuid) -> Result<Policy> {
    Ok(diesel::sql_query(
        "select p.id, p.opened_by::text as version, p.code, p.name, p.position, trim_scale(p.min_total)::text as min_total, p.category, p.budget_kind, t.code as team,
                coalesce((select jsonb_agg(jsonb_build_object('number', s.number, 'name', s.name, 'group', g.code, 'group_name', g.name, 'mode', s.mode, 'needed', s.needed) order by s.number)
                          from approval_policy_step s left join approver_group g on g.id = s.group_id where s.policy_id = p.id), '[]') as steps
         from approval_policy p left join team t on t.id = p.team_id where p.id = $1").bind::<SqlUuid, _>(id).get_result(conn).await?)
}

/// No order is given this policy any more.
pub async fn retire_policy(tx: &mut Tx<'_>, caller: &Caller, code: &str) -> Result<Policy> {
    crate::auth::accounts::require_over_all(tx, caller, "Setting up approvals").await?;
    let id = find::APPROVAL_POLICY.find(tx.conn, code).await?;
    tx.open(NewEvent::new("approval_policy.retire", "approval_policy", id).details(json!({"code": code.to_uppercase()}))).await?;
    diesel::sql_query("update approval_policy set retired_at = coalesce(retired_at, clock_timestamp()) where id = $1").bind::<SqlUuid, _>(id).execute(tx.conn).await?;
    read_policy(tx.conn, id).await
}

/// While one is away, another decides for them. Everybody for themselves; an administrator for anybody.
pub async fn delegate(tx: &mut Tx<'_>, caller: &Caller, new: NewDelegate) -> Result<Delegated> {
    let person = match &new.person {
        Some(person) => find::PERSON.find_for(tx.conn, "person", person).await?,
        None => caller.person().0,
    };
    if person != caller.person().0 {
        crate::auth::accounts::require_over_all(tx, caller, "Delegating for another person").await?;
    }
    let delegate = approver(tx, "delegate", &new.delegate).await?;
    if delegate == person {
        return Err(Problem::field("delegate", "Nobody stands in for themselves. Name another person."));
    }
    if new.ends_on < new.starts_on {
        return Err(Problem::field("ends_on", "It ends before it begins."));
    }
    let id = ApprovalDelegateId::new();
    tx.open(NewEvent::new("approval_delegate.create", "person", person).details(json!({"from": new.starts_on, "until": new.ends_on}))).await?;
    tx.also_about("person", delegate).await?;
    diesel::sql_query("insert into approval_delegate (id, person_id, delegate_id, starts_on, ends_on) values ($1, $2, $3, $4, $5)")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(person).bind::<SqlUuid, _>(delegate).bind::<Date, _>(new.starts_on).bind::<Date, _>(new.ends_on).execute(tx.conn).await?;
    Ok(Delegated { id })
}

#[derive(diesel::QueryableByName)]
struct Away {
    #[diesel(sql_type = SqlUuid)]
    person_id: Uuid,
    #[diesel(sql_type = SqlUuid)]
    delegate_id: Uuid,
    /// Somebody has decided, or could have, before today.
    #[diesel(sql_type = Bool)]
    begun: bool,
    #[diesel(sql_type = Bool)]
    over: bool,
}

/// Who was away is back: from today they decide for themselves. What had not begun before today falls away.
pub async fn end_delegate(tx: &mut Tx<'_>, caller: &Caller, id: Uuid) -> Result<Delegated> {
    let away: Away = diesel::sql_query("select person_id, delegate_id, starts_on < ledger.today() as begun, ends_on < ledger.today() as over from approval_delegate where id = $1 for update")
        .bind::<SqlUuid, _>(id).get_result(tx.conn).await.optional()?.ok_or_else(|| Problem::not_found("absence", id))?;
    if away.person_id != caller.person().0 {
        crate::auth::accounts::require_over_all(tx, caller, "Ending another person's absence").await?;
    }
    if away.over {
        return Err(Problem::refused("wrong-state", "Not in this state", "This absence is over already; there is nothing to end."));
    }
    tx.open(NewEvent::new("approval_delegate.end", "person", away.person_id)).await?;
    tx.also_about("person", away.delegate_id).await?;
    let change = match away.begun {
        true => "update approval_delegate set ends_on = ledger.today() - 1 where id = $1",
        false => "delete from approval_delegate where id = $1",
    };
    diesel::sql_query(change).bind::<SqlUuid, _>(id).execute(tx.conn).await?;
    Ok(Delegated { id: ApprovalDelegateId(id) })
}

fn check_name(code: &str, name: &str) -> Result<(String, String)> {
    let (code, name) = (checked_code("A code", code)?, name.trim().to_owned());
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Problem::field("name", "Give a name of up to 100 characters."));
    }
    Ok((code, name))
}

async fn check_step(tx: &mut Tx<'_>, n: usize, step: &PutStep) -> Result<Value> {
    let field = |name: &str| format!("steps[{n}].{name}");
    let name = step.name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        return Err(Problem::field(field("name"), "Give a name of up to 100 characters."));
    }
    let mode = step.mode.as_deref().unwrap_or("one");
    match (mode, step.needed) {
        ("one" | "all", None) => {}
        ("some", Some(2..=99)) => {}
        ("some", _) => return Err(Problem::field(field("needed"), "Some of them: say how many, from 2 up.")),
        ("one" | "all", Some(_)) => return Err(Problem::field(field("needed"), "A number goes with some, not with one or all.")),
        _ => return Err(Problem::field(field("mode"), "One, some or all of them decide.")),
    }
    let group = match step.group.as_deref().filter(|g| !g.trim().is_empty()) {
        Some(code) => Some(find::APPROVER_GROUP.find_for(tx.conn, &field("group"), code).await?),
        None => None,
    };
    Ok(json!({"number": n + 1, "name": name, "group_id": group, "mode": mode, "needed": step.needed}))
}

/// The id of the record with this code, if it is there; its edit has to name the version.
async fn existing(tx: &mut Tx<'_>, table: &'static str, code: &str, if_match: Option<&str>) -> Result<Option<Uuid>> {
    let there: Option<Key> = diesel::sql_query(format!("select id, opened_by::text as version from {table} where code = $1 for update")).bind::<Text, _>(code).get_result(tx.conn).await.optional()?;
    match there {
        Some(key) => must_match(if_match, &key.version).map(|()| Some(key.id)),
        None => Ok(None),
    }
}

/// A person who holds the role approver somewhere.
async fn approver(tx: &mut Tx<'_>, field: &str, text: &str) -> Result<Uuid> {
    let person = find::PERSON.find_for(tx.conn, field, text).await?;
    let approves = diesel::sql_query("select 1 from role_grant where person_id = $1 and role in ('approver', 'administrator')").bind::<SqlUuid, _>(person).execute(tx.conn).await?;
    if approves == 0 {
        return Err(Problem::field(field, format!("{text} is no approver. An administrator grants the role approver first.")));
    }
    Ok(person)
}
