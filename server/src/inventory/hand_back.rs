//! Assets that go back to the vendor, and those that come from there again. For operations that have opened their event.

use diesel::sql_types::{Array, Nullable, Uuid as SqlUuid};
use uuid::Uuid;

use super::place::{self, Held};
use crate::db::{RunQueryDsl, Tx};
use crate::http::actions::transitions;
use crate::http::{Problem, Result};
use crate::ids::{LocationId, VendorId};

/// Refuses what cannot go back as it is: in service, in a rack, cabled. `assets` are locked.
pub async fn check(tx: &mut Tx<'_>, assets: &[Held]) -> Result<()> {
    let from: Vec<String> = transitions(tx.conn, "asset").await?.into_iter().filter(|t| t.action == "return_to_vendor").map(|t| t.from_state).collect();
    for held in assets {
        if !from.contains(&held.status) {
            return Err(Problem::refused("wrong-state", "Not in this state", format!("{} is {}; only what is {} goes back to the vendor.", held.tag, held.status.replace('_', " "), from.join(", ").replace('_', " "))).with("state", &held.status));
        }
        place::not_racked(held)?;
    }
    place::no_cables(tx, assets).await
}

/// Gives assets to the vendor; their seats are released.
pub async fn hand_back(tx: &mut Tx<'_>, assets: &[Uuid], vendor: VendorId) -> Result<()> {
    tx.also_about_all("asset", assets).await?;
    place::release_seats(tx, assets).await?;
    diesel::sql_query("update asset set status = 'returned', place = 'vendor', at_vendor_id = $2, location_id = null, rack_id = null, rack_units = null, rack_faces = null, in_asset_id = null, bay = null, with_person_id = null,
                              verified_at = clock_timestamp(), verified_by = $3, verified_how = 'move' where id = any($1)")
        .bind::<Array<SqlUuid>, _>(assets).bind::<SqlUuid, _>(vendor.0).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).execute(tx.conn).await?;
    Ok(())
}

/// Takes assets back that were with the vendor.
pub async fn take_back(tx: &mut Tx<'_>, assets: &[Uuid], to: LocationId) -> Result<()> {
    tx.also_about_all("asset", assets).await?;
    diesel::sql_query("update asset set status = 'received', place = 'location', location_id = $2, at_vendor_id = null, verified_at = clock_timestamp(), verified_by = $3, verified_how = 'move' where id = any($1) and status = 'returned'")
        .bind::<Array<SqlUuid>, _>(assets).bind::<SqlUuid, _>(to.0).bind::<Nullable<SqlUuid>, _>(tx.by.person_id().map(|p| p.0)).execute(tx.conn).await?;
    Ok(())
}
