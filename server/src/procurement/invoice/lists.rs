//! Invoices, their lines, credit notes, returns and tolerances as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&INVOICES, &INVOICE_LINES, &CREDIT_NOTES, &RETURNS, &TOLERANCES];

const STATES: &[&str] = &["held", "approved", "paid", "cancelled"];
// Each difference once, in words; those that were released are not in it.
const HELD_FOR: &str = "(select string_agg(distinct replace(d.kind, '_', ' '), ', ') from match_difference d where d.invoice_id = i.id and d.release_id is null and i.status = 'held')";

static INVOICES: List = List {
    name: "invoices",
    title: "Invoices",
    subject: "invoice",
    from: "invoice i join purchase_order o on o.id = i.purchase_order_id join vendor v on v.id = i.vendor_id join team t on t.id = o.team_id join person p on p.id = i.entered_by_id",
    condition: "",
    key: "i.id",
    columns: &[
        column("code", "Invoice", Kind::Code, "i.code").opens("invoice"),
        column("number", "Vendor's number", Kind::Mono, "i.number"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("vendor_code", "Vendor's code", Kind::Code, "v.code").opens("vendor").hidden(),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("status", "State", Kind::State, "i.status").one_of(STATES),
        column("held_for", "Held for", Kind::Text, HELD_FOR).nullable().plain(),
        column("total", "Total", Kind::Money, "i.total"),
        column("credited", "Credited", Kind::Money, "(select coalesce(sum(n.total), 0) from credit_note n where n.invoice_id = i.id and n.status <> 'cancelled')").plain(),
        column("currency", "Currency", Kind::Text, "i.currency::text"),
        column("invoiced_on", "Of", Kind::Date, "i.invoiced_on"),
        column("due_on", "Due", Kind::Date, "i.due_on").nullable(),
        column("paid_on", "Paid", Kind::Date, "i.paid_on").nullable(),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("entered_by", "Entered by", Kind::Text, "p.name").hidden(),
        column("entered_at", "Entered", Kind::Instant, "i.entered_at").hidden(),
        column("approved_at", "Approved", Kind::Instant, "i.approved_at").nullable().hidden(),
        column("payment_reference", "Payment", Kind::Mono, "i.payment_reference").hidden(),
    ],
    search: "lower(i.code || ' ' || i.number || ' ' || v.name || ' ' || o.code)",
    search_also: "",
    default_sort: "-code",
};

static INVOICE_LINES: List = List {
    name: "invoice-lines",
    title: "Invoice lines",
    subject: "invoice_line",
    from: "invoice_line x join invoice i on i.id = x.invoice_id join purchase_order o on o.id = i.purchase_order_id join vendor v on v.id = i.vendor_id join team t on t.id = o.team_id
           left join purchase_order_line l on l.id = x.order_line_id left join model m on m.id = l.model_id",
    condition: "",
    key: "x.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "x.id").hidden(),
        column("invoice", "Invoice", Kind::Code, "i.code").opens("invoice"),
        column("number", "Line", Kind::Integer, "x.number"),
        column("kind", "Kind", Kind::Text, "x.kind").one_of(&["order", "freight", "other"]).hidden(),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("order_line", "Order's line", Kind::Integer, "l.number").nullable(),
        column("what", "What", Kind::Text, "coalesce(m.name, x.description)"),
        column("part_number", "Part number", Kind::Mono, "m.part_number").nullable().hidden(),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("status", "Invoice's state", Kind::State, "i.status").one_of(STATES),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("quantity", "Quantity", Kind::Decimal, "trim_scale(x.quantity)"),
        column("unit_price", "Unit price", Kind::Money, "x.unit_price"),
        column("net", "Net", Kind::Money, "x.net"),
        column("tax", "Tax", Kind::Money, "x.tax"),
        column("currency", "Currency", Kind::Text, "i.currency::text"),
        column("differences", "Differences", Kind::Text, "(select string_agg(replace(d.kind, '_', ' '), ', ' order by d.kind) from match_difference d where d.invoice_line_id = x.id)").nullable().plain(),
    ],
    search: "lower(i.code || ' ' || i.number || ' ' || o.code || ' ' || coalesce(m.name, x.description))",
    search_also: "",
    default_sort: "-invoice,number",
};

static CREDIT_NOTES: List = List {
    name: "credit-notes",
    title: "Credit notes",
    subject: "credit_note",
    from: "credit_note n join invoice i on i.id = n.invoice_id join purchase_order o on o.id = i.purchase_order_id join vendor v on v.id = n.vendor_id join team t on t.id = o.team_id left join vendor_return r on r.id = n.vendor_return_id",
    condition: "",
    key: "n.id",
    columns: &[
        column("code", "Credit note", Kind::Mono, "n.code"),
        column("number", "Vendor's number", Kind::Mono, "n.number"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("invoice", "Invoice", Kind::Code, "i.code").opens("invoice"),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("return", "Return", Kind::Code, "r.code").nullable().opens("vendor_return"),
        column("status", "State", Kind::State, "n.status").one_of(&["entered", "cancelled"]),
        column("total", "Total", Kind::Money, "n.total"),
        column("currency", "Currency", Kind::Text, "i.currency::text"),
        column("credited_on", "Of", Kind::Date, "n.credited_on"),
        column("reason", "Reason", Kind::Text, "n.reason"),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
    ],
    search: "lower(n.code || ' ' || n.number || ' ' || v.name || ' ' || i.code)",
    search_also: "",
    default_sort: "-code",
};

static RETURNS: List = List {
    name: "returns",
    title: "Returns",
    subject: "vendor_return",
    from: "vendor_return r join purchase_order o on o.id = r.purchase_order_id join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id join person p on p.id = r.returned_by_id",
    condition: "",
    key: "r.id",
    columns: &[
        column("code", "Return", Kind::Code, "r.code").opens("vendor_return"),
        column("rma_number", "RMA", Kind::Mono, "r.rma_number"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("status", "State", Kind::State, "r.status").one_of(&["sent", "credited", "replaced", "cancelled"]),
        column("expects", "Expects", Kind::Text, "r.expects").one_of(&["credit", "replacement"]),
        column("pieces", "Pieces", Kind::Decimal, "(select trim_scale(coalesce(sum(x.quantity), 0)) from vendor_return_line x where x.vendor_return_id = r.id)").plain(),
        column("what", "What", Kind::Text, "(select string_agg(distinct m.name, ', ') from vendor_return_line x join purchase_order_line l on l.id = x.order_line_id join model m on m.id = l.model_id where x.vendor_return_id = r.id)").nullable().plain(),
        column("reason", "Reason", Kind::Text, "r.reason"),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("returned_by", "Sent by", Kind::Text, "p.name").hidden(),
        column("returned_at", "Sent", Kind::Instant, "r.returned_at"),
        column("carrier", "Carrier", Kind::Text, "r.carrier").hidden(),
    ],
    search: "lower(r.code || ' ' || r.rma_number || ' ' || v.name || ' ' || o.code)",
    search_also: "",
    default_sort: "-code",
};

static TOLERANCES: List = List {
    name: "match-tolerances",
    title: "Tolerances",
    subject: "match_tolerance",
    from: "match_tolerance m left join vendor v on v.id = m.vendor_id",
    condition: "",
    key: "m.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "m.id").hidden(),
        column("vendor", "Vendor", Kind::Text, "coalesce(v.name, 'All others')"),
        column("vendor_code", "Vendor's code", Kind::Code, "v.code").nullable().opens("vendor").hidden(),
        column("quantity_percent", "Quantity", Kind::Decimal, "trim_scale(m.quantity_percent)").unit("%"),
        column("price_percent", "Price", Kind::Decimal, "trim_scale(m.price_percent)").unit("%"),
        column("freight_percent", "Freight", Kind::Decimal, "trim_scale(m.freight_percent)").unit("%"),
        column("tax_amount", "Tax of a line", Kind::Decimal, "trim_scale(m.tax_amount)"),
    ],
    search: "lower(coalesce(v.code || ' ' || v.name, 'all'))",
    search_also: "",
    default_sort: "vendor",
};
