//! Contacts and addresses of vendors as lists.

use super::addresses;
use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&CONTACTS, &ADDRESSES, &SCORES];

static CONTACTS: List = List {
    name: "vendor-contacts",
    title: "Contacts at vendors",
    subject: "vendor_contact",
    from: "vendor_contact c join vendor v on v.id = c.vendor_id",
    condition: "",
    key: "c.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "c.id").hidden(),
        column("name", "Name", Kind::Text, "c.name"),
        column("role", "Role", Kind::Text, "c.role"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("vendor_code", "Vendor's code", Kind::Code, "v.code").opens("vendor"),
        column("email", "E-mail", Kind::Mono, "c.email").nullable(),
        column("phone", "Phone", Kind::Mono, "c.phone").nullable(),
        column("retired_at", "Retired", Kind::Instant, "c.retired_at").nullable().hidden(),
    ],
    search: "lower(c.name || ' ' || coalesce(c.email, ''))",
    search_also: "",
    default_sort: "vendor,name",
};

static ADDRESSES: List = List {
    name: "vendor-addresses",
    title: "Addresses of vendors",
    subject: "vendor_address",
    from: "vendor_address a join vendor v on v.id = a.vendor_id",
    condition: "",
    key: "a.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "a.id").hidden(),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("vendor_code", "Vendor's code", Kind::Code, "v.code").opens("vendor"),
        column("kind", "For", Kind::Text, "a.kind").one_of(addresses::KINDS),
        column("street", "Street", Kind::Text, "a.street"),
        column("postal_code", "Postal code", Kind::Mono, "a.postal_code"),
        column("city", "City", Kind::Text, "a.city"),
        column("region", "Region", Kind::Text, "a.region").hidden(),
        column("country", "Country", Kind::Text, "a.country::text"),
        column("retired_at", "Retired", Kind::Instant, "a.retired_at").nullable().hidden(),
    ],
    search: "lower(v.name || ' ' || a.city || ' ' || a.street)",
    search_also: "",
    default_sort: "vendor,kind",
};

static SCORES: List = List {
    name: "vendor-scores",
    title: "Vendors by how they delivered in the last year",
    subject: "vendor",
    from: "vendor v cross join lateral rules.vendor_scores(v.id, ledger.today() - 364, ledger.today()) s",
    condition: "v.retired_at is null",
    key: "v.id",
    columns: &[
        column("code", "Vendor", Kind::Code, "v.code").opens("vendor"),
        column("name", "Name", Kind::Text, "v.name"),
        column("on_time", "On time", Kind::Decimal, "round(100.0 * s.on_time / nullif(s.due, 0), 1)").nullable().unit("%"),
        column("due", "Lines due", Kind::Integer, "s.due"),
        column("quantity_accuracy", "Quantity as ordered", Kind::Decimal, "round(100.0 * s.exact / nullif(s.finished, 0), 1)").nullable().unit("%"),
        column("finished", "Lines finished", Kind::Integer, "s.finished"),
        column("dead_on_arrival", "Dead on arrival", Kind::Decimal, "round(100.0 * s.dead / nullif(s.arrived, 0), 1)").nullable().unit("%"),
        column("arrived", "Assets that came", Kind::Integer, "s.arrived"),
        column("lead_time", "Lead time", Kind::Decimal, "s.lead_days").nullable().unit("days"),
        column("completed", "Lines complete", Kind::Integer, "s.completed").hidden(),
    ],
    search: "lower(v.code || ' ' || v.name)",
    search_also: "",
    default_sort: "name",
};
