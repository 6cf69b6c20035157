//! The numbers of open work on the caller's desk, each counted by the list that shows it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use diesel::sql_types::{Array, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use uuid::Uuid;

use crate::auth::Caller;
use crate::db::{Db, RunQueryDsl};
use crate::http::desk::Desk;
use crate::http::{Problem, Result, list};
use crate::{parts, procurement};

/// How much of a sort lies on the caller's desk, and the list that shows exactly that.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Number {
    name: &'static str,
    label: &'static str,
    value: i64,
    /// 1 now, 2 soon, 3 when there is time.
    urgency: i32,
    /// What to do with them.
    hint: &'static str,
    /// A list, at `/api/v1/<list>`.
    list: &'static str,
    /// Query parameters of the list.
    filters: BTreeMap<String, String>,
    /// The page of the web that shows the list, under the same filters.
    page: &'static str,
}

#[derive(diesel::QueryableByName)]
struct Top {
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = diesel::sql_types::Bool)]
    whole: bool,
}

/// The numbers for every role that the caller has, in the teams that it reaches.
pub async fn numbers(db: &Db, conn: &mut AsyncPgConnection, caller: &Caller, as_of: Option<DateTime<Utc>>) -> Result<Vec<Number>> {
    let mut scopes: BTreeMap<&'static str, Option<String>> = BTreeMap::new();
    let mut all = Vec::new();
    for desk in procurement::desk::DESK {
        let teams = caller.reaches(desk.role);
        if teams.is_empty() {
            continue;
        }
        let role = desk.role.as_str();
        if !desk.own && !scopes.contains_key(role) {
            scopes.insert(role, scope(conn, &teams).await?);
        }
        let team = if desk.own { None } else { scopes.get(role).cloned().flatten() };
        all.push(number(db, desk, team, caller, as_of).await?);
    }
    Ok(all)
}

async fn number(db: &Db, desk: &Desk, team: Option<String>, caller: &Caller, as_of: Option<DateTime<Utc>>) -> Result<Number> {
    let found = parts::lists().iter().find(|l| l.name == desk.list).ok_or_else(|| Problem::internal(format!("there is no list {}", desk.list)))?;
    let mut filters: BTreeMap<String, String> = desk.filters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    filters.extend(team.map(|team| ("team".to_owned(), team)));
    let value = list::count(db, found, &filters, caller, as_of).await?;
    Ok(Number { name: desk.name, label: desk.label, value, urgency: desk.urgency, hint: desk.hint, list: desk.list, filters, page: desk.page })
}

/// The teams of a role as a list's filter: the topmost of them, since a filter takes what is below; none where it is the whole organisation.
async fn scope(conn: &mut AsyncPgConnection, teams: &[Uuid]) -> Result<Option<String>> {
    let tops: Vec<Top> = diesel::sql_query("select t.code, t.parent_id is null as whole from team t where t.id = any($1) and coalesce(t.parent_id <> all($1), true) order by t.code").bind::<Array<SqlUuid>, _>(teams).load(conn).await?;
    if tops.iter().any(|t| t.whole) {
        return Ok(None);
    }
    let codes: Vec<String> = tops.into_iter().map(|t| t.code).collect();
    Ok(Some(match codes.as_slice() {
        [one] => one.clone(),
        many => format!("in:{}", many.join(",")),
    }))
}

#[cfg(test)]
mod tests {
    use crate::http::list;
    use crate::{parts, procurement};

    #[test]
    fn every_number_is_a_list_that_takes_its_filters_and_those_of_a_team() {
        for desk in procurement::desk::DESK {
            let found = parts::lists().iter().find(|l| l.name == desk.list).unwrap_or_else(|| panic!("{}: there is no list {}", desk.name, desk.list));
            let query = desk.filters.iter().chain(&[("team", "A-2")]).map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&");
            if let Err(problem) = list::check(found, &query) {
                panic!("{}: {problem}", desk.name);
            }
        }
    }
}
