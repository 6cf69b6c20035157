//! Entering a contract as a draft, and editing it. What was signed stays; its title, reference, reminder and notes can change until it ends.

use chrono::{Datelike, NaiveDate};
use diesel::sql_types::{Date, Integer, Nullable, Numeric, Text, Uuid as SqlUuid};
use rust_decimal::Decimal;
use serde::Deserialize;
use serde_json::json;

use super::record::{self, Contract};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::number::{checked_amount, checked_currency};
use crate::http::record::must_match;
use crate::http::{Problem, Result};
use crate::ids::{ContractId, TeamId, VendorId};
use crate::ledger::NewEvent;

pub const KINDS: &[&str] = &["maintenance", "lease", "framework", "nda", "other"];

#[derive(Clone, Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewContract {
    /// maintenance, lease, framework, nda or other
    pub kind: String,
    pub title: String,
    /// Code or id.
    pub vendor: String,
    /// Code of the owning team.
    pub team: String,
    /// What the vendor calls it.
    #[serde(default)]
    pub vendor_reference: Option<String>,
    pub starts_on: NaiveDate,
    /// Its last day; left out, it goes on until somebody gives notice.
    #[serde(default)]
    pub ends_on: Option<NaiveDate>,
    /// How long before the end notice has to be given.
    #[serde(default)]
    pub notice_days: i32,
    /// For how many months it renews itself when nobody gives notice; left out, it ends.
    #[serde(default)]
    pub renewal_months: Option<i32>,
    /// How long before each of its days it is shown as waiting; left out: 60.
    #[serde(default)]
    pub remind_days: Option<i32>,
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
    /// Left out: the vendor's.
    #[serde(default)]
    pub currency: Option<String>,
    #[serde(default)]
    pub notes: String,
}

/// Fields that are left out stay. Once it is signed, only title, vendor_reference, remind_days and notes can change.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct EditContract {
    pub title: Option<String>,
    pub vendor_reference: Option<String>,
    pub remind_days: Option<i32>,
    pub notes: Option<String>,
    pub starts_on: Option<NaiveDate>,
    pub ends_on: Option<NaiveDate>,
    pub notice_days: Option<i32>,
    /// 0: it ends.
    pub renewal_months: Option<i32>,
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
}

#[derive(diesel::QueryableByName)]
struct Currency {
    #[diesel(sql_type = Text)]
    currency: String,
}

/// Enters a contract as a draft.
pub async fn enter(tx: &mut Tx<'_>, caller: &Caller, new: NewContract) -> Result<Contract> {
    let id = insert(tx, caller, new, None).await?;
    record::read(tx.conn, caller, id, false).await
}

/// The row of a new draft, under an event of its own; `follows` is the contract that it renews.
pub async fn insert(tx: &mut Tx<'_>, caller: &Caller, new: NewContract, follows: Option<&record::Held>) -> Result<ContractId> {
    let team = TeamId(find::TEAM.find_for(tx.conn, "team", &new.team).await?);
    caller.require(&[Role::Procurement], team, &format!("Entering contracts for {}", new.team))?;
    let vendor = VendorId(find::VENDOR.find_for(tx.conn, "vendor", &new.vendor).await?);
    if !KINDS.contains(&new.kind.as_str()) {
        return Err(Problem::field("kind", format!("A contract is one of: {}.", KINDS.join(", "))));
    }
    check(Some(&new.title), new.starts_on, new.ends_on, new.notice_days, new.renewal_months, new.remind_days)?;
    let value = new.value.map(|v| checked_amount("value", v)).transpose()?;
    let currency = match &new.currency {
        Some(currency) => checked_currency(currency)?,
        None => diesel::sql_query("select currency::text as currency from vendor where id = $1").bind::<SqlUuid, _>(vendor.0).get_result::<Currency>(tx.conn).await?.currency,
    };
    let code = tx.next_code("CT", "contract").await?;
    let id = ContractId::new();
    let action = if follows.is_some() { "contract.renew" } else { "contract.create" };
    tx.open(NewEvent::new(action, "contract", id).team(team).details(json!({"code": code, "title": new.title.trim(), "vendor": new.vendor, "follows": follows.map(|f| &f.code)}))).await?;
    tx.also_about("vendor", vendor).await?;
    if let Some(before) = follows {
        tx.also_about("contract", before.id).await?;
    }
    diesel::sql_query("insert into contract (id, code, kind, title, vendor_id, team_id, vendor_reference, starts_on, ends_on, notice_days, renewal, renewal_months, remind_days, value, currency, notes, follows_id)
                       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, case when $11 > 0 then 'automatic' else 'none' end, nullif($11, 0), coalesce($12, 60), $13, $14, $15, $16)")
        .bind::<SqlUuid, _>(id.0).bind::<Text, _>(code).bind::<Text, _>(new.kind).bind::<Text, _>(new.title.trim()).bind::<SqlUuid, _>(vendor.0).bind::<SqlUuid, _>(team.0)
        .bind::<Nullable<Text>, _>(new.vendor_reference).bind::<Date, _>(new.starts_on).bind::<Nullable<Date>, _>(new.ends_on).bind::<Integer, _>(new.notice_days)
        .bind::<Nullable<Integer>, _>(new.renewal_months).bind::<Nullable<Integer>, _>(new.remind_days).bind::<Nullable<Numeric>, _>(value).bind::<Text, _>(currency).bind::<Text, _>(new.notes)
        .bind::<Nullable<SqlUuid>, _>(follows.map(|f| f.id.0)).execute(tx.conn).await?;
    Ok(id)
}

/// Edits a contract.
pub async fn edit(tx: &mut Tx<'_>, caller: &Caller, code: &str, if_match: Option<&str>, edit: EditContract) -> Result<Contract> {
    let held = record::lock(tx.conn, code).await?;
    caller.require(&[Role::Procurement], held.team_id, &format!("Editing {}", held.code))?;
    must_match(if_match, &held.version)?;
    let terms = edit.starts_on.is_some() || edit.ends_on.is_some() || edit.notice_days.is_some() || edit.renewal_months.is_some() || edit.value.is_some();
    if terms && held.status != "draft" {
        return Err(Problem::refused("contract-terms", "What was signed stays", format!("{} is {}; its days, renewal and value stay as they were signed. Renew it, or end it and enter another.", held.code, held.status.replace('_', " "))));
    }
    check(edit.title.as_deref(), edit.starts_on.unwrap_or(held.starts_on), edit.ends_on.or(held.ends_on), edit.notice_days.unwrap_or(held.notice_days), edit.renewal_months.or(held.renewal_months), edit.remind_days)?;
    let value = edit.value.map(|v| checked_amount("value", v)).transpose()?;
    tx.open(NewEvent::new("contract.edit", "contract", held.id).team(held.team_id).details(json!({"code": held.code}))).await?;
    diesel::sql_query("update contract set title = coalesce($2, title), vendor_reference = coalesce($3, vendor_reference), remind_days = coalesce($4, remind_days), notes = coalesce($5, notes), starts_on = coalesce($6, starts_on),
                              ends_on = coalesce($7, ends_on), notice_days = coalesce($8, notice_days), renewal = case when $9 is null then renewal when $9 > 0 then 'automatic' else 'none' end,
                              renewal_months = case when $9 is null then renewal_months else nullif($9, 0) end, value = coalesce($10, value) where id = $1")
        .bind::<SqlUuid, _>(held.id.0).bind::<Nullable<Text>, _>(edit.title.map(|t| t.trim().to_owned())).bind::<Nullable<Text>, _>(edit.vendor_reference).bind::<Nullable<Integer>, _>(edit.remind_days)
        .bind::<Nullable<Text>, _>(edit.notes).bind::<Nullable<Date>, _>(edit.starts_on).bind::<Nullable<Date>, _>(edit.ends_on).bind::<Nullable<Integer>, _>(edit.notice_days)
        .bind::<Nullable<Integer>, _>(edit.renewal_months).bind::<Nullable<Numeric>, _>(value).execute(tx.conn).await?;
    record::read(tx.conn, caller, held.id, false).await
}

/// What holds of the terms of any contract; the database holds it too.
fn check(title: Option<&str>, starts_on: NaiveDate, ends_on: Option<NaiveDate>, notice_days: i32, renewal_months: Option<i32>, remind_days: Option<i32>) -> Result<()> {
    if title.is_some_and(|t| t.trim().is_empty() || t.chars().count() > 200) {
        return Err(Problem::field("title", "Give the contract a title, up to 200 characters."));
    }
    if !(1950..2200).contains(&starts_on.year()) {
        return Err(Problem::field("starts_on", "A contract begins between 1950 and 2199."));
    }
    if ends_on.is_some_and(|end| end < starts_on) {
        return Err(Problem::field("ends_on", "It ends before it begins."));
    }
    if ends_on.is_some_and(|end| end.year() >= 2300) {
        return Err(Problem::field("ends_on", "Leave the end out where there is none."));
    }
    if !(0..=3650).contains(&notice_days) {
        return Err(Problem::field("notice_days", "A period of notice is 0 to 3650 days."));
    }
    if renewal_months.is_some_and(|m| !(0..=240).contains(&m)) {
        return Err(Problem::field("renewal_months", "It renews itself for 1 to 240 months; leave it out where it ends."));
    }
    if renewal_months.is_some_and(|m| m > 0) && ends_on.is_none() {
        return Err(Problem::field("ends_on", "One that renews itself has an end to renew at. Give the last day of its term."));
    }
    match remind_days.is_some_and(|d| !(0..=1000).contains(&d)) {
        true => Err(Problem::field("remind_days", "A reminder comes 0 to 1000 days before.")),
        false => Ok(()),
    }
}
