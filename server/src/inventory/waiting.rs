//! Things that wait in the warehouse: to be put away, to be placed, to be recognised.

use diesel_async::AsyncPgConnection;

use crate::auth::{Caller, Role};
use crate::http::Result;
use crate::http::waiting::{Waiting, load};

/// One row for each receiving bin with something in it.
const TO_PUT_AWAY: &str = "
  select 'location' as kind, l.code, 'Put away what lies in ' || l.name as title,
         concat_ws(' and ', case when a.n > 0 then a.n || case a.n when 1 then ' asset' else ' assets' end end, case when s.n > 0 then s.n || case s.n when 1 then ' stocked model' else ' stocked models' end end) as why,
         2 as urgency, a.since as at, 'put_away' as action
  from location l
       join lateral (select count(*) as n, min(x.received_at) as since from asset x where x.location_id = l.id and x.team_id = any($1)) a on true
       join lateral (select count(distinct y.model_id) as n from stock_level y where y.location_id = l.id and y.quantity > 0 and y.team_id = any($1)) s on true
  where l.bin_kind = 'receiving' and l.retired_at is null and (a.n > 0 or s.n > 0) and $2 is not null order by a.since nulls last limit $3";

const TO_RECOGNISE: &str = "
  select 'unknown_scan' as kind, left(u.text, 40) as code, 'A scan that nobody could place' as title, 'Seen ' || u.seen || case u.seen when 1 then ' time' else ' times' end as why,
         case when u.seen > 2 then 2 else 3 end as urgency, u.first_at as at, 'resolve' as action
  from unknown_scan u where u.status = 'open' and $1 is not null and $2 is not null order by u.seen desc, u.first_at limit $3";

/// One row for each bin that holds devices which are ready for a rack.
const TO_PLACE: &str = "
  select 'location' as kind, l.code, 'Place what is ready in ' || l.name as title, a.n || case a.n when 1 then ' device is' else ' devices are' end || ' ready for a rack' as why,
         3 as urgency, a.since as at, 'place' as action
  from (select x.location_id, count(*) as n, min(x.received_at) as since from asset x join model m on m.id = x.model_id
        where x.status = 'ready' and m.kind = 'device' and x.location_id is not null and x.team_id = any($1) group by x.location_id) a
       join location l on l.id = a.location_id where $2 is not null order by a.since limit $3";

/// What waits for the caller in the warehouse.
pub async fn waiting(conn: &mut AsyncPgConnection, caller: &Caller) -> Result<Vec<Waiting>> {
    let mut all = Vec::new();
    for (role, sql) in [(Role::Warehouse, TO_PUT_AWAY), (Role::Warehouse, TO_RECOGNISE), (Role::Technician, TO_PLACE)] {
        all.extend(load(conn, sql, caller.reaches(role), caller.person().0).await?);
    }
    Ok(all)
}
