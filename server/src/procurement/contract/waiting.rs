//! Contracts that wait for somebody: to be signed, to be given notice or not, to be renewed.

use diesel_async::AsyncPgConnection;

use crate::auth::{Caller, Role};
use crate::http::Result;
use crate::http::waiting::{Waiting, load};

const DAYS: &str = "
  select 'contract' as kind, c.code, c.title || ' with ' || v.name as title,
         case d.what when 'notice' then 'Notice can be given until ' when 'renew' then 'Renews itself after ' else case when d.day < ledger.today() then 'Ended on ' else 'Ends on ' end end || to_char(d.day, 'YYYY-MM-DD')
           || case when c.renewal = 'automatic' and d.what = 'notice' then '; else it renews itself' when d.what = 'end' and c.status = 'active' then ': renew it or end it' else '' end as why,
         case when d.day <= ledger.today() + 14 then 1 when d.day <= ledger.today() + 60 then 2 else 3 end as urgency, d.day::timestamptz as at,
         case d.what when 'notice' then 'give_notice' when 'end' then 'renew' else 'open' end as action
  from rules.contract_reminders() d join contract c on c.id = d.contract_id join vendor v on v.id = c.vendor_id
  where c.team_id = any($1) and $2 is not null
  order by d.day, c.code limit $3";

/// What waits for the caller among the contracts.
pub async fn waiting(conn: &mut AsyncPgConnection, caller: &Caller) -> Result<Vec<Waiting>> {
    load(conn, DAYS, caller.reaches(Role::Procurement), caller.person().0).await
}
