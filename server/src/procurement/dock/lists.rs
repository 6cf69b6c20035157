//! What is announced, serial by serial, and what was not as it should be, as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&NOTICES, &SERIALS, &DISCREPANCIES];

static NOTICES: List = List {
    name: "shipping-notices",
    title: "Shipping notices",
    subject: "shipping_notice",
    from: "shipping_notice n join purchase_order o on o.id = n.purchase_order_id join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id
           left join lateral (select sum(l.quantity) as quantity, sum(l.arrived) as arrived, sum(l.serials) as serials from shipping_notice_line l where l.shipping_notice_id = n.id) s on true",
    condition: "",
    key: "n.id",
    columns: &[
        column("code", "Notice", Kind::Code, "n.code").opens("shipping_notice"),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("reference", "Delivery", Kind::Mono, "n.reference"),
        column("status", "State", Kind::State, "n.status").one_of(&["announced", "partly_arrived", "arrived", "closed", "cancelled"]),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("shipped_on", "Shipped", Kind::Date, "n.shipped_on").nullable(),
        column("expected_on", "Expected", Kind::Date, "n.expected_on").nullable(),
        column("pieces", "Pieces", Kind::Decimal, "trim_scale(s.quantity)").plain(),
        column("arrived", "Arrived", Kind::Decimal, "trim_scale(s.arrived)").plain(),
        column("serials", "Serials", Kind::Integer, "s.serials").plain(),
        column("carrier", "Carrier", Kind::Text, "n.carrier"),
        column("tracking_number", "Tracking", Kind::Mono, "n.tracking_number").hidden(),
    ],
    search: "lower(n.code || ' ' || o.code || ' ' || v.name || ' ' || n.reference || ' ' || n.tracking_number)",
    search_also: "",
    default_sort: "-code",
};

static SERIALS: List = List {
    name: "announced-serials",
    title: "Announced serials",
    subject: "shipping_notice",
    from: "announced_serial s join shipping_notice_line l on l.id = s.notice_line_id join shipping_notice n on n.id = l.shipping_notice_id join purchase_order o on o.id = n.purchase_order_id
           join purchase_order_line x on x.id = s.order_line_id join model m on m.id = x.model_id join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id
           left join asset a on a.receipt_line_id = s.receipt_line_id and a.serial_key = s.serial_key",
    condition: "",
    key: "s.id",
    columns: &[
        column("serial", "Serial", Kind::Mono, "s.serial"),
        column("status", "State", Kind::State, "s.status").one_of(&["expected", "arrived", "missing", "cancelled"]),
        column("notice", "Notice", Kind::Code, "n.code").opens("shipping_notice"),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("line", "Line", Kind::Integer, "x.number"),
        column("model", "Model", Kind::Text, "m.name"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("package", "Package", Kind::Mono, "l.package"),
        column("asset", "Asset", Kind::Code, "a.tag").nullable().opens("asset"),
        column("expected_on", "Expected", Kind::Date, "n.expected_on").nullable(),
    ],
    search: "lower(s.serial || ' ' || n.code || ' ' || o.code)",
    search_also: "",
    default_sort: "notice,serial",
};

static DISCREPANCIES: List = List {
    name: "discrepancies",
    title: "Discrepancies",
    subject: "discrepancy",
    from: "discrepancy d join purchase_order o on o.id = d.purchase_order_id join vendor v on v.id = o.vendor_id join team t on t.id = o.team_id join person p on p.id = d.reported_by_id
           left join purchase_order_line l on l.id = d.order_line_id left join model m on m.id = l.model_id left join shipping_notice n on n.id = d.shipping_notice_id",
    condition: "",
    key: "d.id",
    columns: &[
        column("code", "Report", Kind::Code, "d.code").opens("discrepancy"),
        column("kind", "What", Kind::Text, "d.kind").one_of(&["damaged", "wrong_item", "refused", "not_announced", "missing"]),
        column("status", "State", Kind::State, "d.status").one_of(&["open", "resolved"]),
        column("order", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("line", "Line", Kind::Integer, "l.number").nullable(),
        column("model", "Model", Kind::Text, "m.name").nullable(),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("team", "Team", Kind::Team, "t.code").team_key("o.team_id").opens("team"),
        column("quantity", "Pieces", Kind::Decimal, "trim_scale(d.quantity)"),
        column("found", "Instead", Kind::Text, "d.found"),
        column("note", "Note", Kind::Text, "d.note"),
        column("shipping_notice", "Notice", Kind::Code, "n.code").nullable().opens("shipping_notice").hidden(),
        column("resolution", "Became", Kind::Text, "d.resolution"),
        column("reported_by", "Reported by", Kind::Text, "p.name"),
        column("reported_at", "Reported", Kind::Instant, "d.reported_at"),
    ],
    search: "lower(d.code || ' ' || o.code || ' ' || v.name || ' ' || d.note || ' ' || d.found)",
    search_also: "",
    default_sort: "-reported_at",
};
