//! A vendor as people see it.

use chrono::{DateTime, Utc};
use diesel::sql_types::{BigInt, Integer, Jsonb, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::AsyncPgConnection;
use serde::Serialize;
use serde_json::Value;

use crate::auth::{Caller, Role};
use crate::db::RunQueryDsl;
use crate::http::Result;
use crate::http::actions::Action;
use crate::ids::VendorId;

#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Vendor {
    #[serde(flatten)]
    row: Row,
    actions: Vec<Action>,
}

#[derive(Debug, Serialize, utoipa::ToSchema, diesel::QueryableByName)]
#[schema(as = VendorRecord)]
pub struct Row {
    #[diesel(sql_type = SqlUuid)]
    id: VendorId,
    #[diesel(sql_type = Text)]
    version: String,
    #[diesel(sql_type = Text)]
    code: String,
    #[diesel(sql_type = Text)]
    name: String,
    #[diesel(sql_type = Text)]
    currency: String,
    #[diesel(sql_type = Text)]
    payment_terms: String,
    #[diesel(sql_type = Nullable<Text>)]
    email: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    phone: Option<String>,
    #[diesel(sql_type = Nullable<Text>)]
    tax_id: Option<String>,
    /// What it usually takes.
    #[diesel(sql_type = Nullable<Integer>)]
    lead_time_days: Option<i32>,
    #[diesel(sql_type = Nullable<Timestamptz>)]
    retired_at: Option<DateTime<Utc>>,
    #[diesel(sql_type = BigInt)]
    order_count: i64,
    /// [{id, version, name, role, email, phone, notes, retired_at}]
    #[diesel(sql_type = Jsonb)]
    contacts: Value,
    /// [{id, version, kind, street, postal_code, city, region, country, notes, retired_at}]
    #[diesel(sql_type = Jsonb)]
    addresses: Value,
    /// [{model, name, days}]
    #[diesel(sql_type = Jsonb)]
    lead_times: Value,
}

impl Vendor {
    pub fn code(&self) -> &str {
        &self.row.code
    }

    pub fn version(&self) -> &str {
        &self.row.version
    }
}

/// Reads one vendor. `past`: nothing can be done in the past.
pub async fn read(conn: &mut AsyncPgConnection, caller: &Caller, id: VendorId, past: bool) -> Result<Vendor> {
    let row: Row = diesel::sql_query(
        "select v.id, v.opened_by::text as version, v.code, v.name, v.currency::text as currency, v.payment_terms, v.email, v.phone, v.tax_id, v.lead_time_days, v.retired_at,
                (select count(*) from purchase_order o where o.vendor_id = v.id) as order_count,
                coalesce((select jsonb_agg(jsonb_build_object('id', c.id, 'version', c.opened_by, 'name', c.name, 'role', c.role, 'email', c.email, 'phone', c.phone, 'notes', c.notes, 'retired_at', c.retired_at)
                    order by c.retired_at is not null, c.name, c.id) from vendor_contact c where c.vendor_id = v.id), '[]') as contacts,
                coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'version', a.opened_by, 'kind', a.kind, 'street', a.street, 'postal_code', a.postal_code, 'city', a.city, 'region', a.region, 'country', a.country,
                    'notes', a.notes, 'retired_at', a.retired_at) order by a.retired_at is not null, a.kind, a.id) from vendor_address a where a.vendor_id = v.id), '[]') as addresses,
                coalesce((select jsonb_agg(jsonb_build_object('model', m.code, 'name', m.name, 'days', t.days) order by m.name) from vendor_lead_time t join model m on m.id = t.model_id where t.vendor_id = v.id), '[]') as lead_times
         from vendor v where v.id = $1").bind::<SqlUuid, _>(id.0).get_result(conn).await?;
    let hindrance = |what: &str| match past {
        true => Some("You are looking at the past.".to_owned()),
        false => caller.require_anywhere(&[Role::Procurement], what).err().map(|p| p.detail().to_owned()),
    };
    let href = format!("/api/v1/vendors/{}", row.code);
    let actions = vec![
        Action::patch("edit", "Edit", href.clone()).input(&["name", "payment_terms", "email", "phone", "tax_id", "lead_time_days", "confirm_duplicate"]).unless(hindrance("Editing a vendor")),
        Action::post("add_contact", "Add a contact", format!("{href}/contacts")).input(&["name", "role", "email", "phone", "notes"]).unless(hindrance("Adding a contact")),
        Action::post("add_address", "Add an address", format!("{href}/addresses")).input(&["kind", "street", "postal_code", "city", "region", "country", "notes"]).unless(hindrance("Adding an address")),
        Action::post("set_lead_time", "Set a lead time", format!("{href}/lead-times")).input(&["model", "days"]).unless(hindrance("Setting a lead time")),
    ];
    Ok(Vendor { row, actions })
}
