//! Renewing a contract: a new one that follows it, with what it covers and its prices.

use chrono::{Days, Months, NaiveDate};
use diesel::sql_types::Uuid as SqlUuid;
use rust_decimal::Decimal;
use serde::Deserialize;

use super::enter::{self, NewContract};
use super::record::{self, Contract};
use crate::auth::Caller;
use crate::db::{RunQueryDsl, Tx};
use crate::http::{Problem, Result};

/// What is left out is as before, a term later.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
#[schema(as = RenewContract)]
pub struct Renew {
    /// Left out: the day after the term that it is in.
    pub starts_on: Option<NaiveDate>,
    /// Left out: as long after as the contract before.
    pub ends_on: Option<NaiveDate>,
    #[schema(value_type = Option<String>)]
    pub value: Option<Decimal>,
}

/// Makes the draft of the contract that follows. Locks the one before. Refuses one that is not signed, and one that is renewed already.
pub async fn renew(tx: &mut Tx<'_>, caller: &Caller, code: &str, ask: Renew) -> Result<Contract> {
    let held = record::lock(tx.conn, code).await?;
    if held.status == "draft" {
        return Err(Problem::refused("wrong-state", "It is not signed yet", format!("{} is a draft. Edit it instead.", held.code)));
    }
    if let Some(next) = &held.followed_by {
        return Err(Problem::refused("contract-renewed", "It is renewed already", format!("{next} follows {}. Edit that, or renew it in its turn.", held.code)).with("followed_by", next));
    }
    let next_day = held.term_ends_on.and_then(|end| end.checked_add_days(Days::new(1)));
    let Some(starts_on) = ask.starts_on.or(next_day) else {
        return Err(Problem::field("starts_on", format!("{} has no end. Say when the new one begins.", held.code)));
    };
    let ends_on = ask.ends_on.or_else(|| same_length(held.starts_on, held.ends_on?, starts_on));
    let new = NewContract {
        kind: held.kind.clone(), title: held.title.clone(), vendor: held.vendor.clone(), team: held.team.clone(), vendor_reference: held.vendor_reference.clone(), starts_on, ends_on,
        notice_days: held.notice_days, renewal_months: held.renewal_months, remind_days: Some(held.remind_days), value: ask.value.or(held.value), currency: Some(held.currency.clone()), notes: String::new(),
    };
    let id = enter::insert(tx, caller, new, Some(&held)).await?;
    diesel::sql_query("insert into contract_cover (id, contract_id, vendor_id, asset_id, model_id, entitlement_id, note) select ledger.uuid_v7(), $1, vendor_id, asset_id, model_id, entitlement_id, note from contract_cover where contract_id = $2")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
    diesel::sql_query("insert into contract_price (id, contract_id, model_id, from_quantity, unit_price) select ledger.uuid_v7(), $1, model_id, from_quantity, unit_price from contract_price where contract_id = $2")
        .bind::<SqlUuid, _>(id.0).bind::<SqlUuid, _>(held.id.0).execute(tx.conn).await?;
    record::read(tx.conn, caller, id, false).await
}

/// The end of a term as long as another: by whole months where that was one, else by days.
fn same_length(starts_on: NaiveDate, ends_on: NaiveDate, next: NaiveDate) -> Option<NaiveDate> {
    let after = ends_on.checked_add_days(Days::new(1))?;
    let whole = (1..=600).find(|m| starts_on.checked_add_months(Months::new(*m)).is_none_or(|day| day >= after)).filter(|m| starts_on.checked_add_months(Months::new(*m)) == Some(after));
    match whole {
        Some(months) => next.checked_add_months(Months::new(months))?.checked_sub_days(Days::new(1)),
        None => next.checked_add_signed(ends_on - starts_on),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::same_length;

    #[test]
    fn a_year_follows_a_year_and_ninety_days_follow_ninety() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default();
        assert_eq!(same_length(day(2026, 1, 1), day(2026, 12, 31), day(2027, 1, 1)), Some(day(2027, 12, 31)));
        assert_eq!(same_length(day(2023, 3, 1), day(2024, 2, 29), day(2024, 3, 1)), Some(day(2025, 2, 28)));
        assert_eq!(same_length(day(2026, 1, 1), day(2026, 3, 31), day(2026, 4, 1)), Some(day(2026, 6, 30)));
        assert_eq!(same_length(day(2026, 1, 1), day(2026, 1, 10), day(2026, 1, 11)), Some(day(2026, 1, 20)));
    }
}
