//! Ports and cables as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&CABLES, &PORTS];

static CABLES: List = List {
    name: "cables",
    title: "Cables",
    subject: "cable",
    from: "cable c left join cable_end ae on ae.cable_id = c.id and ae.side = 'a' left join port ap on ap.id = ae.port_id left join asset aa on aa.id = ap.asset_id
           left join cable_end be on be.cable_id = c.id and be.side = 'b' left join port bp on bp.id = be.port_id left join asset ba on ba.id = bp.asset_id",
    condition: "",
    key: "c.id",
    columns: &[
        column("code", "Cable", Kind::Code, "c.code").opens("cable"),
        column("status", "State", Kind::State, "c.status").one_of(&["connected", "planned", "removed"]),
        column("a_asset", "From", Kind::Code, "aa.tag").nullable().opens("asset"),
        column("a_port", "Port", Kind::Mono, "ap.name").nullable(),
        column("b_asset", "To", Kind::Code, "ba.tag").nullable().opens("asset"),
        column("b_port", "Port there", Kind::Mono, "bp.name").nullable(),
        column("kind", "Kind", Kind::Text, "c.kind"),
        column("color", "Colour", Kind::Text, "c.color"),
        column("length_m", "Length", Kind::Decimal, "trim_scale(c.length_m)").nullable().unit("m"),
        column("a_port_id", "Port's id", Kind::Uuid, "ap.id").nullable().hidden(),
    ],
    search: "lower(c.code)",
    search_also: "",
    default_sort: "code",
};

static PORTS: List = List {
    name: "ports",
    title: "Ports",
    subject: "port",
    from: "port p join asset a on a.id = p.asset_id join team t on t.id = a.team_id left join cable_end e on e.port_id = p.id left join cable c on c.id = e.cable_id",
    condition: "p.retired_at is null",
    key: "p.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "p.id").hidden(),
        column("asset", "Asset", Kind::Code, "a.tag").opens("asset"),
        column("name", "Port", Kind::Mono, "p.name"),
        column("kind", "Kind", Kind::Text, "p.kind").one_of(&["interface", "console", "console_server", "power_port", "power_outlet", "front", "rear"]),
        column("type", "Type", Kind::Mono, "p.type"),
        column("team", "Team", Kind::Team, "t.code").team_key("a.team_id").opens("team"),
        column("cable", "Cable", Kind::Code, "c.code").nullable().opens("cable"),
    ],
    search: "lower(a.tag || ' ' || p.name)",
    search_also: "",
    default_sort: "asset,name",
};
