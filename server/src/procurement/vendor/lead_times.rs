//! How long a model takes from a vendor, where it differs from what the vendor usually takes.

use diesel::sql_types::{Integer, Uuid as SqlUuid};
use serde::Deserialize;
use serde_json::json;

use super::record::{self, Vendor};
use crate::auth::{Caller, Role};
use crate::db::{RunQueryDsl, Tx, find};
use crate::http::{Problem, Result};
use crate::ids::VendorId;
use crate::ledger::NewEvent;

#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetLeadTime {
    /// Code or id.
    pub model: String,
    /// From 0 to 1000; left out, the vendor's usual time holds again.
    #[serde(default)]
    pub days: Option<i32>,
}

pub async fn set(tx: &mut Tx<'_>, caller: &Caller, vendor: &str, ask: SetLeadTime) -> Result<Vendor> {
    caller.require_anywhere(&[Role::Procurement], "Setting a lead time")?;
    let vendor_id = VendorId(find::VENDOR.find(tx.conn, vendor).await?);
    let model = find::MODEL.find_for(tx.conn, "model", &ask.model).await?;
    if ask.days.is_some_and(|d| !(0..=1000).contains(&d)) {
        return Err(Problem::field("days", "A lead time is 0 to 1000 days."));
    }
    tx.open(NewEvent::new("vendor.set_lead_time", "vendor", vendor_id).details(json!({"code": vendor, "model": ask.model, "days": ask.days}))).await?;
    match ask.days {
        Some(days) => diesel::sql_query("insert into vendor_lead_time (id, vendor_id, model_id, days) values (ledger.uuid_v7(), $1, $2, $3) on conflict (vendor_id, model_id) do update set days = excluded.days")
            .bind::<SqlUuid, _>(vendor_id.0).bind::<SqlUuid, _>(model).bind::<Integer, _>(days).execute(tx.conn).await?,
        None => diesel::sql_query("delete from vendor_lead_time where vendor_id = $1 and model_id = $2").bind::<SqlUuid, _>(vendor_id.0).bind::<SqlUuid, _>(model).execute(tx.conn).await?,
    };
    record::read(tx.conn, caller, vendor_id, false).await
}
