//! Vendors, orders, lines, receipts and budgets as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&PURCHASE_ORDERS, &LINES, &RECEIPTS, &VENDORS, &BUDGETS];

const STATES: &[&str] = &["draft", "submitted", "approved", "rejected", "ordered", "partly_received", "received", "closed", "cancelled"];

static PURCHASE_ORDERS: List = List {
    name: "purchase-orders",
    title: "Purchase orders",
    subject: "purchase_order",
    from: "purchase_order o join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id join location d on d.id = o.deliver_to_id join person r on r.id = o.requester_id left join person a on a.id = o.approver_id",
    condition: "",
    key: "o.id",
    columns: &[
        column("code", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("vendor_code", "Vendor's code", Kind::Code, "v.code").opens("vendor").hidden(),
        column("status", "State", Kind::State, "o.status").one_of(STATES),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("total", "Total", Kind::Money, "o.total"),
        column("currency", "Currency", Kind::Text, "o.currency::text"),
        column("arrived", "Arrived", Kind::Integer, "(select coalesce(floor(100 * sum(least(l.received, l.quantity)) / nullif(sum(l.quantity - coalesce(l.cancelled, 0)), 0)), 0)::bigint from purchase_order_line l where l.purchase_order_id = o.id)").plain().unit("%"),
        column("requester", "Requester", Kind::Text, "r.name"),
        column("approver", "Approver", Kind::Text, "a.name").nullable(),
        column("deliver_to", "Deliver to", Kind::Code, "d.code").opens("location").hidden(),
        column("needed_by", "Needed by", Kind::Date, "o.needed_by").nullable(),
        column("created_at", "Raised", Kind::Instant, "o.created_at"),
        column("ordered_at", "Ordered", Kind::Instant, "o.ordered_at").nullable().hidden(),
        column("received_at", "Complete", Kind::Instant, "o.received_at").nullable().hidden(),
    ],
    search: "lower(o.code || ' ' || v.name || ' ' || coalesce(o.vendor_reference, ''))",
    search_also: "",
    default_sort: "-code",
};

static LINES: List = List {
    name: "purchase-order-lines",
    title: "Order lines",
    subject: "purchase_order_line",
    from: "purchase_order_line l join purchase_order o on o.id = l.purchase_order_id join model m on m.id = l.model_id join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id",
    condition: "",
    key: "l.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "l.id").hidden(),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("number", "Line", Kind::Integer, "l.number"),
        column("model", "Model", Kind::Text, "m.name"),
        column("model_code", "Model's code", Kind::Code, "m.code").opens("model").hidden(),
        column("model_kind", "Kind", Kind::Text, "m.kind").hidden(),
        column("part_number", "Part number", Kind::Mono, "m.part_number").nullable(),
        column("status", "Order's state", Kind::State, "o.status").one_of(STATES),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("quantity", "Ordered", Kind::Decimal, "trim_scale(l.quantity)"),
        column("received", "Received", Kind::Decimal, "trim_scale(l.received)"),
        column("outstanding", "Outstanding", Kind::Decimal, "trim_scale(greatest(l.quantity - coalesce(l.cancelled, 0) - l.received, 0))"),
        column("unit", "Unit", Kind::Text, "l.unit"),
        column("unit_price", "Unit price", Kind::Money, "l.unit_price"),
        column("net", "Net", Kind::Money, "l.net").nullable(),
        column("currency", "Currency", Kind::Text, "o.currency::text"),
    ],
    search: "lower(o.code || ' ' || m.name || ' ' || coalesce(m.part_number, ''))",
    search_also: "",
    default_sort: "-order,number",
};

static RECEIPTS: List = List {
    name: "receipts",
    title: "Receipts",
    subject: "receipt",
    from: "receipt r join purchase_order o on o.id = r.purchase_order_id join person p on p.id = r.receiver_id join location l on l.id = r.location_id join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id",
    condition: "",
    key: "r.id",
    columns: &[
        column("code", "Receipt", Kind::Mono, "r.code"),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("received_on", "Day", Kind::Date, "r.received_on"),
        column("receiver", "Receiver", Kind::Text, "p.name"),
        column("location", "At", Kind::Code, "l.code").opens("location"),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("delivery_note", "Delivery note", Kind::Text, "r.delivery_note"),
        column("pieces", "Pieces", Kind::Decimal, "(select trim_scale(coalesce(sum(x.quantity), 0)) from receipt_line x where x.receipt_id = r.id)").plain(),
    ],
    search: "lower(r.code || ' ' || o.code || ' ' || r.delivery_note)",
    search_also: "",
    default_sort: "-code",
};

static VENDORS: List = List {
    name: "vendors",
    title: "Vendors",
    subject: "vendor",
    from: "vendor v",
    condition: "v.retired_at is null",
    key: "v.id",
    columns: &[
        column("code", "Vendor", Kind::Code, "v.code").opens("vendor"),
        column("name", "Name", Kind::Text, "v.name"),
        column("currency", "Currency", Kind::Text, "v.currency::text"),
        column("payment_terms", "Terms", Kind::Text, "v.payment_terms"),
        column("email", "E-mail", Kind::Mono, "v.email").nullable(),
        column("lead_time_days", "Lead time", Kind::Integer, "v.lead_time_days").nullable().unit("days"),
        column("orders", "Orders", Kind::Integer, "(select count(*) from purchase_order o where o.vendor_id = v.id)").plain(),
    ],
    search: "lower(v.code || ' ' || v.name)",
    search_also: "",
    default_sort: "name",
};

static BUDGETS: List = List {
    name: "budgets",
    title: "Budgets",
    subject: "budget",
    from: "budget b join team t on t.id = b.team_id",
    condition: "",
    key: "b.id",
    columns: &[
        column("code", "Budget", Kind::Mono, "b.code"),
        column("team", "Team", Kind::Team, "t.code").team_key("b.team_id").opens("team"),
        column("fiscal_year", "Year", Kind::Integer, "b.fiscal_year"),
        column("kind", "Kind", Kind::Text, "b.kind").one_of(&["capex", "opex"]),
        column("amount", "Amount", Kind::Money, "b.amount"),
        column("reserved", "Reserved", Kind::Money, "b.reserved"),
        column("committed", "Committed", Kind::Money, "b.committed"),
        column("spent", "Spent", Kind::Money, "b.spent"),
        column("shared", "Shared out", Kind::Money, "coalesce(b.shared, 0)"),
        column("left", "Left", Kind::Money, "(b.amount - b.reserved - b.committed - b.spent - coalesce(b.shared, 0))"),
        column("currency", "Currency", Kind::Text, "b.currency::text"),
    ],
    search: "lower(b.code)",
    search_also: "",
    default_sort: "code",
};
