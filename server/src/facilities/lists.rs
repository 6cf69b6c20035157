//! Racks as a list.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&RACKS];

static RACKS: List = List {
    name: "racks",
    title: "Racks",
    subject: "rack",
    from: "rack r join location l on l.id = r.id left join location p on p.id = l.parent_id left join team t on t.id = l.team_id
           left join lateral (select count(*) as devices, coalesce(sum(m.u_height), 0) as used, coalesce(sum(m.power_draw_w), 0) as power, coalesce(sum(m.weight_kg), 0) as weight
                              from asset a join model m on m.id = a.model_id where a.rack_id = r.id) u on true",
    condition: "l.retired_at is null",
    key: "r.id",
    columns: &[
        column("code", "Rack", Kind::Code, "l.code").opens("rack"),
        column("name", "Name", Kind::Text, "l.name"),
        column("parent", "In", Kind::Code, "p.code").nullable().opens("location"),
        column("team", "Team", Kind::Team, "t.code").nullable().team_key("l.team_id").opens("team"),
        column("u_height", "Height", Kind::Integer, "r.u_height").unit("U"),
        column("devices", "Devices", Kind::Integer, "u.devices").plain(),
        column("used_units", "Used", Kind::Decimal, "trim_scale(u.used)").plain().unit("U"),
        column("free_units", "Free", Kind::Decimal, "trim_scale(greatest(r.u_height - u.used, 0))").plain().unit("U"),
        column("power_w", "Power", Kind::Integer, "u.power::bigint").plain().unit("W"),
        column("max_power_w", "Power limit", Kind::Integer, "r.max_power_w").nullable().unit("W"),
        column("weight_kg", "Weight", Kind::Decimal, "trim_scale(u.weight)").plain().unit("kg"),
        column("max_weight_kg", "Weight limit", Kind::Decimal, "trim_scale(r.max_weight_kg)").nullable().unit("kg").hidden(),
    ],
    search: "lower(l.code || ' ' || l.name)",
    search_also: "",
    default_sort: "code",
};
