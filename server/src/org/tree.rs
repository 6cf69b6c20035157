//! The organisation as a tree, and a team with what it owns.

use std::collections::HashMap;

use diesel::sql_types::{Array, BigInt, Jsonb, Nullable, Text, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use serde_json::Value;

use crate::db::RunQueryDsl;
use crate::http::{Problem, Result};
use crate::ids::TeamId;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Node {
    #[serde(flatten)]
    row: NodeRow,
    #[schema(no_recursion)]
    children: Vec<Node>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct NodeRow {
    #[diesel(sql_type = SqlUuid)]
    id: TeamId,
    #[diesel(sql_type = Nullable<SqlUuid>)]
    #[serde(skip)]
    parent_id: Option<TeamId>,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Array<Text>)]
    scope: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    tasks: Vec<String>,
    /// Of this team itself.
    #[diesel(sql_type = BigInt)]
    people_count: i64,
    #[diesel(sql_type = BigInt)]
    asset_count: i64,
}

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Tree {
    root: Option<Node>,
}

/// The whole organisation, each level in the document's order.
pub async fn tree(conn: &mut AsyncPgConnection) -> Result<Tree> {
    let rows: Vec<NodeRow> = diesel::sql_query(
        "select t.id, t.parent_id, t.code, t.name, t.kind, t.description, t.scope, t.tasks,
                (select count(*) from person p where p.team_id = t.id and p.status = 'active') as people_count, (select count(*) from asset a where a.team_id = t.id and a.status <> 'gone') as asset_count
         from team t where t.retired_at is null order by t.position, t.code").load(conn).await?;
    let mut below: HashMap<Option<TeamId>, Vec<NodeRow>> = HashMap::new();
    for row in rows {
        below.entry(row.parent_id).or_default().push(row);
    }
    let root = below.remove(&None).and_then(|tops| tops.into_iter().next());
    Ok(Tree { root: root.map(|row| grow(row, &mut below)) })
}

fn grow(row: NodeRow, below: &mut HashMap<Option<TeamId>, Vec<NodeRow>>) -> Node {
    let children = below.remove(&Some(row.id)).unwrap_or_default().into_iter().map(|child| grow(child, below)).collect();
    Node { row, children }
}

/// A team and what it and everything below it owns.
#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
pub struct TeamRecord {
    #[diesel(sql_type = SqlUuid)]
    id: TeamId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    kind: String,
    #[diesel(sql_type = Nullable<Text>)]
    parent: Option<String>,
    #[diesel(sql_type = Text)]
    description: String,
    #[diesel(sql_type = Text)]
    what_they_do: String,
    #[diesel(sql_type = Array<Text>)]
    scope: Vec<String>,
    #[diesel(sql_type = Array<Text>)]
    tasks: Vec<String>,
    /// {assets, orders, entitlements, stock_models, cost: [{currency, amount}]}
    #[diesel(sql_type = Jsonb)]
    owns: Value,
    /// [{title, description, person}], person null when not filled
    #[diesel(sql_type = Jsonb)]
    roles: Value,
    /// [{id, name, email}]
    #[diesel(sql_type = Jsonb)]
    people: Value,
    /// [{code, name, kind}]
    #[diesel(sql_type = Jsonb)]
    children: Value,
}

pub async fn team(conn: &mut AsyncPgConnection, id: TeamId) -> Result<TeamRecord> {
    let rows: Vec<TeamRecord> = diesel::sql_query(include_str!("team.sql")).bind::<SqlUuid, _>(id.0).load(conn).await?;
    rows.into_iter().next().ok_or_else(|| Problem::not_found("team", id))
}
