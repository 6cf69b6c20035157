//! A contract as people see it.

use chrono::NaiveDate;
use diesel::OptionalExtension;
use diesel::sql_types::{Date, Integer, Jsonb, Nullable, Numeric, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use rust_decimal::Decimal;
use serde::Serialize;
use serde_json::Value;

use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, find};
use crate::http::actions::{Action, transitions};
use crate::http::{Problem, Result};
use crate::ids::{ContractId, TeamId};

/// A contract that is to be changed, its row locked.
#[derive(Debug, diesel::QueryableByName)]
pub struct Held {
    #[diesel(sql_type = SqlUuid)]
    pub id: ContractId,
    #[diesel(sql_type = Text)]
    pub code: String,
    #[diesel(sql_type = Text)]
    pub version: String,
    #[diesel(sql_type = Text)]
    pub status: String,
    #[diesel(sql_type = Text)]
    pub kind: String,
    #[diesel(sql_type = Text)]
    pub title: String,
    #[diesel(sql_type = SqlUuid)]
    pub team_id: TeamId,
    #[diesel(sql_type = Text)]
    pub team: String,
    #[diesel(sql_type = Text)]
    pub vendor: String,
    #[diesel(sql_type = Date)]
    pub starts_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    pub ends_on: Option<NaiveDate>,
    /// The last day of the term that it is in now.
    #[diesel(sql_type = Nullable<Date>)]
    pub term_ends_on: Option<NaiveDate>,
    #[diesel(sql_type = Integer)]
    pub notice_days: i32,
    #[diesel(sql_type = Nullable<Integer>)]
    pub renewal_months: Option<i32>,
    #[diesel(sql_type = Integer)]
    pub remind_days: i32,
    #[diesel(sql_type = Nullable<Numeric>)]
    pub value: Option<Decimal>,
    #[diesel(sql_type = Text)]
    pub currency: String,
    #[diesel(sql_type = Nullable<Text>)]
    pub vendor_reference: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    pub followed_by: Option<String>,
}

/// Locks a contract by its code or id.
pub async fn lock(conn: &mut AsyncPgConnection, code: &str) -> Result<Held> {
    let id = find::CONTRACT.find(conn, code).await?;
    let held: Option<Held> = diesel::sql_query(
        "select c.id, c.code, c.opened_by::text as version, c.status, c.kind, c.title, c.team_id, t.code as team, v.code as vendor, c.starts_on, c.ends_on,
                rules.contract_term_end(c.ends_on, c.renewal, c.renewal_months, c.status, ledger.today()) as term_ends_on, c.notice_days, c.renewal_months, c.remind_days, c.value, c.currency::text as currency,
                c.vendor_reference, (select n.code from contract n where n.follows_id = c.id) as followed_by
         from contract c join team t on t.id = c.team_id join vendor v on v.id = c.vendor_id where c.id = $1 for update of c").bind::<SqlUuid, _>(id).get_result(conn).await.optional()?;
    held.ok_or_else(|| Problem::not_found("contract", code))
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Contract {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

impl Contract {
    pub fn code(&self) -> &str {
        &self.row.code
    }
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = ContractRecord)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: ContractId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    title: String,
    #[diesel(sql_type = Text)]
    status: String,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    vendor: Value,
    #[diesel(sql_type = Jsonb)]
    team: Value,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Nullable<Text>)]
    vendor_reference: Option<String>,
    #[diesel(sql_type = Date)]
    starts_on: NaiveDate,
    #[diesel(sql_type = Nullable<Date>)]
    ends_on: Option<NaiveDate>,
    /// The last day of the term that it is in: later than `ends_on` where it has renewed itself.
    #[diesel(sql_type = Nullable<Date>)]
    term_ends_on: Option<NaiveDate>,
    /// The last day on which notice can be given for that.
    #[diesel(sql_type = Nullable<Date>)]
    notice_by: Option<NaiveDate>,
    #[diesel(sql_type = Integer)]
    notice_days: i32,
    /// none or automatic
    #[diesel(sql_type = Text)]
    renewal: String,
    #[diesel(sql_type = Nullable<Integer>)]
    renewal_months: Option<i32>,
    #[diesel(sql_type = Integer)]
    remind_days: i32,
    #[diesel(sql_type = Nullable<Numeric>)]
    #[schema(value_type = Option<String>)]
    value: Option<Decimal>,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    notes: String,
    #[diesel(sql_type = Nullable<Date>)]
    notice_given_on: Option<NaiveDate>,
    #[diesel(sql_type = Nullable<Date>)]
    ended_on: Option<NaiveDate>,
    /// The contract that it renewed.
    #[diesel(sql_type = Nullable<Text>)]
    follows: Option<String>,
    /// The contract that renewed it.
    #[diesel(sql_type = Nullable<Text>)]
    followed_by: Option<String>,
    /// [{id, kind, code, name, note}]
    #[diesel(sql_type = Jsonb)]
    covers: Value,
    /// [{id, model, name, from_quantity, unit_price}]
    #[diesel(sql_type = Jsonb)]
    prices: Value,
}

const READ: &str = "
  select c.id, c.opened_by::text as version, c.code, c.kind, c.title, c.status, jsonb_build_object('code', v.code, 'name', v.name) as vendor, jsonb_build_object('code', t.code, 'name', t.name) as team, c.team_id,
         c.vendor_reference, c.starts_on, c.ends_on, x.term_ends_on, x.term_ends_on - c.notice_days as notice_by, c.notice_days, c.renewal, c.renewal_months, c.remind_days, c.value, c.currency::text as currency, c.notes,
         c.notice_given_on, c.ended_on, (select f.code from contract f where f.id = c.follows_id) as follows, (select n.code from contract n where n.follows_id = c.id) as followed_by,
         coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'kind', case when k.vendor_id is not null then 'vendor' when k.asset_id is not null then 'asset' when k.model_id is not null then 'model' else 'entitlement' end,
             'code', coalesce(kv.code, ka.tag, km.code, ke.code), 'name', coalesce(kv.name, ka.name, am.name, km.name, em.name), 'note', k.note) order by coalesce(kv.code, ka.tag, km.code, ke.code), k.id)
           from contract_cover k left join vendor kv on kv.id = k.vendor_id left join asset ka on ka.id = k.asset_id left join model am on am.id = ka.model_id left join model km on km.id = k.model_id
                left join entitlement ke on ke.id = k.entitlement_id left join model em on em.id = ke.model_id where k.contract_id = c.id), '[]') as covers,
         coalesce((select jsonb_agg(jsonb_build_object('id', p.id, 'model', m.code, 'name', m.name, 'from_quantity', trim_scale(p.from_quantity), 'unit_price', p.unit_price::text) order by m.name, p.from_quantity)
           from contract_price p join model m on m.id = p.model_id where p.contract_id = c.id), '[]') as prices
  from contract c join vendor v on v.id = c.vendor_id join team t on t.id = c.team_id
  cross join lateral (select rules.contract_term_end(c.ends_on, c.renewal, c.renewal_months, c.status, ledger.today()) as term_ends_on) x where c.id = $1";

/// Reads one contract. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: ContractId, past: bool) -> Result<Contract> {
    let row: Row = diesel::sql_query(READ).bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let past = past.then(|| crate::inventory::record::PAST.to_owned());
    let href = |verb: &str| format!("/api/v1/contracts/{}/{verb}", row.code);
    let mut steps = Vec::new();
    for step in transitions(conn, "contract").await?.into_iter().filter(|t| t.from_state == row.status) {
        let action = Action::post(step.action.clone(), step.label.clone(), href(&step.action)).unless(past.clone()).needs(caller, &step.roles(), row.team_id);
        steps.push(match step.action.as_str() {
            "activate" => action.primary(),
            "give_notice" | "end" => action.input(&["on", "reason"]),
            _ => action.input(&["reason"]),
        });
    }
    let own = |action: Action| action.unless(past.clone()).needs(caller, &[Role::Procurement], row.team_id);
    let ended = (row.status == "ended").then(|| format!("{} has ended.", row.code));
    let mut actions = vec![own(Action::patch("edit", "Edit", format!("/api/v1/contracts/{}", row.code)).unless(ended.clone()))];
    let not_yet = match (&row.followed_by, row.status.as_str()) {
        (Some(next), _) => Some(format!("{next} follows it.")),
        (None, "draft") => Some("It is not signed yet.".to_owned()),
        _ => None,
    };
    actions.push(own(Action::post("renew", "Renew", href("renew")).input(&["starts_on", "ends_on", "value"]).unless(not_yet)));
    actions.push(own(Action::post("cover", "Add what it covers", href("covers")).input(&["vendor", "asset", "model", "entitlement", "note"]).unless(ended.clone())));
    actions.push(own(Action::post("set_price", "Add a price", href("prices")).input(&["model", "unit_price", "from_quantity"]).unless(ended)));
    // What is signed is looked after before it is ended; a draft waits for its signature.
    let at = if row.status == "draft" { 0 } else { 2 };
    actions.splice(at..at, steps);
    Ok(Contract { row, actions })
}
