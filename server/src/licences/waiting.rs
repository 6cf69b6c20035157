//! Licences that wait for somebody: those that end soon, and those with no seat left.

use diesel_async::AsyncPgConnection;

use crate::auth::{Caller, Role};
use crate::http::Result;
use crate::http::waiting::{Waiting, load};

const TO_RENEW: &str = "
  select 'entitlement' as kind, e.code, m.name || ' for ' || t.code as title,
         case when e.ends_on < ledger.today() then 'Ended on ' || to_char(e.ends_on, 'YYYY-MM-DD') || ' with ' || e.assigned || ' of ' || e.seats || ' seats given'
              when e.ends_on <= ledger.today() + 90 then 'Ends on ' || to_char(e.ends_on, 'YYYY-MM-DD') || '; ' || e.assigned || ' of ' || e.seats || ' seats are given'
              else 'No seat is left of ' || e.seats end as why,
         case when e.ends_on <= ledger.today() + 14 then 1 when e.ends_on <= ledger.today() + 90 then 2 else 3 end as urgency, e.ends_on::timestamptz as at, 'open' as action
  from entitlement e join model m on m.id = e.model_id join team t on t.id = e.team_id
  where e.team_id = any($1) and $2 is not null and ((e.ends_on <= ledger.today() + 90 and e.assigned > 0) or e.assigned = e.seats) order by urgency, e.ends_on limit $3";

/// What waits for the caller among the licences.
pub async fn waiting(conn: &mut AsyncPgConnection, caller: &Caller) -> Result<Vec<Waiting>> {
    load(conn, TO_RENEW, caller.reaches(Role::LicenceManager), caller.person().0).await
}
