//! The reports that everybody has. Each is a list under fixed filters, so that it pages, exports and goes back in time as every list does.

use serde::Serialize;
use std::collections::BTreeMap;

/// A report: the list it reads, the filters that make it this report, and how it was counted.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Report {
    pub name: &'static str,
    pub title: &'static str,
    /// What it answers and how it was counted, in one sentence or two.
    pub description: &'static str,
    /// A list, at `/api/v1/<list>`.
    pub list: &'static str,
    /// Query parameters of the list.
    pub filters: BTreeMap<&'static str, &'static str>,
}

fn report(name: &'static str, title: &'static str, description: &'static str, list: &'static str, filters: &[(&'static str, &'static str)]) -> Report {
    Report { name, title, description, list, filters: filters.iter().copied().collect() }
}

pub fn catalogue() -> Vec<Report> {
    vec![
        report("asset-register", "Asset register", "Every asset, whatever became of it: what it is, whose, where, what it cost, from which order, and when somebody last saw it.", "asset-register", &[]),
        report("in-service", "Assets in service", "What runs now: assets whose state is in service, with their rack and unit.", "assets", &[("status", "in_service")]),
        report("gone", "Disposals", "Assets that left the company: sold, scrapped, lost or returned for good.", "asset-register", &[("status", "in:retired,gone")]),
        report("never-verified", "Never verified", "Assets that nobody has recorded as seen since they were entered: begin a count here.", "asset-register", &[("verified_at", "null:"), ("status", "not:gone")]),
        report("stock-on-hand", "Stock on hand", "Counted things by model, place and lot: the sum of all movements up to the moment asked for.", "stock", &[("quantity", "gt:0")]),
        report("open-orders", "Open orders", "Orders that are with the vendor and not complete.", "purchase-orders", &[("status", "in:ordered,partly_received")]),
        report("outstanding-lines", "Outstanding order lines", "Lines of open orders of which pieces are missing: ordered less received.", "purchase-order-lines", &[("status", "in:ordered,partly_received"), ("outstanding", "gt:0")]),
        report("spend", "Spend", "What vendors charged, less what they gave back: lines of invoices (held, approved or paid) and of credit notes on the day of the paper, tax included, in the books' own currency at the rate kept on the order or the invoice.", "spend", &[]),
        report("charge-back", "Charge-back", "The same lines by the team that owns the order: what each team and its division are charged in a period, by kind of budget and category, credit notes taken off. The teams sum up to the spend of the period.", "spend", &[]),
        report("commitments", "Open commitments", "What is ordered and not invoiced yet, by line of the order, at the order's prices with tax, in the books' own currency at the order's rate; given up and returned pieces are not in it.", "commitments", &[]),
        report("receipts", "Receipts", "Every delivery taken in: when, by whom, for which order, how many pieces.", "receipts", &[]),
        report("licence-position", "Licence position", "Seats bought, given and free of every entitlement.", "entitlements", &[]),
        report("seats-given", "Seats given", "Who or what holds a licence seat, since when, and given by whom.", "assignments", &[]),
        report("changes", "Changes", "Every event of the ledger: who did what to which record, when and why.", "events", &[]),
        report("who-may-what", "Who may do what", "Roles granted, on which team and everything below it.", "grants", &[]),
    ]
}

#[cfg(test)]
mod tests {
    use super::catalogue;
    use crate::http::list;
    use crate::parts;

    #[test]
    fn every_report_is_a_list_that_takes_its_filters() {
        for report in catalogue() {
            let found = parts::lists().iter().find(|l| l.name == report.list).unwrap_or_else(|| panic!("{}: there is no list {}", report.name, report.list));
            let query = report.filters.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("&");
            if let Err(problem) = list::check(found, &query) {
                panic!("{}: {problem}", report.name);
            }
        }
    }
}
