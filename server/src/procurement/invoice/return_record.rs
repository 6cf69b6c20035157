//! A return to the vendor as people see it.

use chrono::{DateTime, Utc};
use diesel::sql_types::{Jsonb, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use serde_json::Value;

use crate::auth::{Caller, Role};
use crate::db::RunQueryDsl;
use crate::http::Result;
use crate::http::actions::Action;
use crate::ids::{TeamId, VendorReturnId};

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct VendorReturn {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = VendorReturnRow)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: VendorReturnId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    /// sent, credited, replaced or cancelled
    #[diesel(sql_type = Text)]
    status: String,
    #[diesel(sql_type = Text)]
    order: String,
    /// {code, name}
    #[diesel(sql_type = Jsonb)]
    vendor: Value,
    #[diesel(sql_type = SqlUuid)]
    #[serde(skip)]
    team_id: TeamId,
    #[diesel(sql_type = Text)]
    rma_number: String,
    #[diesel(sql_type = Text)]
    reason: String,
    /// credit or replacement
    #[diesel(sql_type = Text)]
    expects: String,
    #[diesel(sql_type = Text)]
    carrier: String,
    #[diesel(sql_type = Text)]
    returned_by: String,
    #[diesel(sql_type = Timestamptz)]
    returned_at: DateTime<Utc>,
    /// [{line, model, receipt, quantity, credited, assets: [{code, serial}]}]
    #[diesel(sql_type = Jsonb)]
    lines: Value,
    /// [{code, number, invoice, total, currency, status}]
    #[diesel(sql_type = Jsonb)]
    credit_notes: Value,
}

pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: VendorReturnId, past: bool) -> Result<VendorReturn> {
    let row: Row = diesel::sql_query(
        "select r.id, r.opened_by::text as version, r.code, r.status, o.code as order, jsonb_build_object('code', v.code, 'name', v.name) as vendor, o.team_id, r.rma_number, r.reason, r.expects, r.carrier, p.name as returned_by, r.returned_at,
           coalesce((select jsonb_agg(jsonb_build_object('line', l.number, 'model', m.name, 'receipt', c.code, 'quantity', trim_scale(x.quantity),
               'assets', coalesce((select jsonb_agg(jsonb_build_object('code', a.tag, 'serial', a.serial) order by a.tag) from vendor_return_asset y join asset a on a.id = y.asset_id where y.vendor_return_line_id = x.id), '[]')) order by l.number, x.id)
             from vendor_return_line x join purchase_order_line l on l.id = x.order_line_id join model m on m.id = l.model_id join receipt_line e on e.id = x.receipt_line_id join receipt c on c.id = e.receipt_id where x.vendor_return_id = r.id), '[]') as lines,
           coalesce((select jsonb_agg(jsonb_build_object('code', n.code, 'number', n.number, 'invoice', i.code, 'total', rules.money_text(n.total, i.currency::text), 'currency', i.currency, 'status', n.status) order by n.code)
             from credit_note n join invoice i on i.id = n.invoice_id where n.vendor_return_id = r.id), '[]') as credit_notes
         from vendor_return r join purchase_order o on o.id = r.purchase_order_id join vendor v on v.id = o.vendor_id join person p on p.id = r.returned_by_id where r.id = $1").bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let past = past.then(|| crate::inventory::record::PAST.to_owned());
    let mut actions = Vec::new();
    if row.status == "sent" {
        actions.push(Action::post("cancel", "It came back", format!("/api/v1/returns/{}/cancel", row.code)).unless(past).needs(caller, &[Role::Warehouse], row.team_id).input(&["reason", "location"]));
    }
    Ok(VendorReturn { row, actions })
}
