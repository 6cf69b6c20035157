//! Stock, its movements and unknown scans as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&STOCK, &MOVEMENTS, &UNKNOWN_SCANS];

static STOCK: List = List {
    name: "stock",
    title: "Stock",
    subject: "stock",
    from: "stock_level s join model m on m.id = s.model_id join manufacturer f on f.id = m.manufacturer_id join location l on l.id = s.location_id join team t on t.id = s.team_id",
    condition: "s.quantity > 0",
    // A level has no id of its own; this is the same for the same model, place, owner and lot.
    key: "md5(s.model_id::text || s.location_id || s.team_id || s.lot)::uuid",
    columns: &[
        column("model", "Model", Kind::Text, "m.name"),
        column("model_code", "Model's code", Kind::Code, "m.code").opens("model").hidden(),
        column("part_number", "Part number", Kind::Mono, "m.part_number").nullable(),
        column("manufacturer", "Manufacturer", Kind::Text, "f.name"),
        column("location", "Place", Kind::Code, "l.code").opens("location"),
        column("bin_kind", "Kind of bin", Kind::Text, "l.bin_kind").nullable(),
        column("team", "Team", Kind::Team, "t.code").team_key("s.team_id").opens("team"),
        column("lot", "Lot", Kind::Mono, "s.lot"),
        column("quantity", "Quantity", Kind::Decimal, "trim_scale(s.quantity)"),
        column("unit", "Unit", Kind::Text, "m.unit"),
    ],
    search: "lower(m.name || ' ' || coalesce(m.part_number, '') || ' ' || l.code)",
    search_also: "",
    default_sort: "model,location",
};

static MOVEMENTS: List = List {
    name: "movements",
    title: "Stock movements",
    subject: "stock_movement",
    from: "stock_movement v join model m on m.id = v.model_id join team t on t.id = v.team_id left join location lf on lf.id = v.from_location_id left join location lt on lt.id = v.to_location_id
           join event e on e.id = v.opened_by left join person p on p.id = e.actor_id",
    condition: "",
    key: "v.id",
    columns: &[
        column("at", "When", Kind::Instant, "v.at"),
        column("model", "Model", Kind::Text, "m.name"),
        column("model_code", "Model's code", Kind::Code, "m.code").opens("model").hidden(),
        column("quantity", "Quantity", Kind::Decimal, "trim_scale(v.quantity)"),
        column("unit", "Unit", Kind::Text, "m.unit"),
        column("from", "From", Kind::Text, "coalesce(lf.code, v.from_kind)").unsortable(),
        column("to", "To", Kind::Text, "coalesce(lt.code, v.to_kind)").unsortable(),
        column("lot", "Lot", Kind::Mono, "v.lot").hidden(),
        column("team", "Team", Kind::Team, "t.code").team_key("v.team_id").opens("team"),
        column("who", "Who", Kind::Text, "p.name").nullable(),
        column("reason", "Why", Kind::Text, "v.reason"),
    ],
    search: "lower(m.name || ' ' || coalesce(m.part_number, ''))",
    search_also: "",
    default_sort: "-at",
};

static UNKNOWN_SCANS: List = List {
    name: "unknown-scans",
    title: "Unknown scans",
    subject: "unknown_scan",
    from: "unknown_scan u left join person p on p.id = u.person_id",
    condition: "",
    key: "u.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "u.id").hidden(),
        column("text", "Scanned", Kind::Mono, "u.text"),
        column("status", "State", Kind::State, "u.status").one_of(&["open", "resolved", "redacted"]),
        column("seen", "Times", Kind::Integer, "u.seen"),
        column("first_at", "First", Kind::Instant, "u.first_at"),
        column("person", "By", Kind::Text, "p.name").nullable(),
        column("task", "During", Kind::Text, "u.task").nullable(),
        column("resolution", "It was", Kind::Text, "u.resolution").nullable(),
    ],
    search: "lower(u.text)",
    search_also: "",
    default_sort: "-first_at",
};
