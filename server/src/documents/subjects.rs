//! The records that documents can belong to, and whose roles may add to each.

use diesel::sql_types::{Nullable, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use crate::auth::{Caller, Role};
use crate::db::RunQueryDsl;
use crate::db::find::{self, Named};
use crate::http::{Problem, Result};
use crate::ids::TeamId;

/// A kind of record with documents. A part that wants some adds its row here; the database takes any tracked table.
struct Kind {
    /// The table, and how the API calls the kind.
    name: &'static str,
    named: Named,
    /// SQL of the owning team for the record $1; empty for what no team owns.
    team: &'static str,
    /// Who may add and retire: one of these roles on that team.
    roles: &'static [Role],
}

const KINDS: &[Kind] = &[
    Kind { name: "vendor", named: find::VENDOR, team: "", roles: &[Role::Procurement] },
    Kind { name: "purchase_order", named: find::PURCHASE_ORDER, team: "select team_id from purchase_order where id = $1", roles: &[Role::Procurement, Role::Warehouse] },
    Kind { name: "contract", named: find::CONTRACT, team: "select team_id from contract where id = $1", roles: &[Role::Procurement] },
    Kind { name: "shipping_notice", named: find::SHIPPING_NOTICE, team: "select o.team_id from shipping_notice n join purchase_order o on o.id = n.purchase_order_id where n.id = $1", roles: &[Role::Procurement, Role::Warehouse] },
    Kind { name: "discrepancy", named: find::DISCREPANCY, team: "select o.team_id from discrepancy d join purchase_order o on o.id = d.purchase_order_id where d.id = $1", roles: &[Role::Procurement, Role::Warehouse] },
    Kind { name: "asset", named: find::ASSET, team: "select team_id from asset where id = $1", roles: &[Role::Warehouse, Role::Technician] },
    Kind { name: "entitlement", named: find::ENTITLEMENT, team: "select team_id from entitlement where id = $1", roles: &[Role::LicenceManager] },
];

/// A record that a document belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Subject {
    pub kind: &'static str,
    pub id: Uuid,
}

#[derive(diesel::QueryableByName)]
struct Owner {
    #[diesel(sql_type = Nullable<SqlUuid>)]
    team_id: Option<TeamId>,
}

/// Finds the record by its kind and its code or id. Refuses with 422 for what is not there.
pub async fn find(conn: &mut AsyncPgConnection, kind: &str, code: &str) -> Result<Subject> {
    let kind = of(kind)?;
    Ok(Subject { kind: kind.name, id: kind.named.find_for(conn, "subject_id", code).await? })
}

/// Whether the caller may add documents to the record and retire them: why not, if not. `what` begins the sentence.
pub async fn may_change(conn: &mut AsyncPgConnection, caller: &Caller, kind: &str, id: Uuid, what: &str) -> Result<(Option<TeamId>, Result<()>)> {
    let kind = of(kind)?;
    if kind.team.is_empty() {
        return Ok((None, caller.require_anywhere(kind.roles, what)));
    }
    let owner: Owner = diesel::sql_query(format!("select ({}) as team_id", kind.team)).bind::<SqlUuid, _>(id).get_result(conn).await?;
    let team = owner.team_id.ok_or_else(|| Problem::not_found(kind.name, id))?;
    Ok((Some(team), caller.require(kind.roles, team, what)))
}

fn of(kind: &str) -> Result<&'static Kind> {
    KINDS.iter().find(|k| k.name == kind).ok_or_else(|| Problem::field("subject_kind", format!("Documents belong to one of: {}.", KINDS.iter().map(|k| k.name).collect::<Vec<_>>().join(", "))))
}
