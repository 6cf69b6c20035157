//! Models and manufacturers as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&MODELS, &MANUFACTURERS];

static MODELS: List = List {
    name: "models",
    title: "Models",
    subject: "model",
    from: "model m join manufacturer f on f.id = m.manufacturer_id",
    condition: "m.retired_at is null",
    key: "m.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "m.id").hidden(),
        column("code", "Code", Kind::Code, "m.code").opens("model").hidden(),
        column("name", "Model", Kind::Text, "m.name"),
        column("manufacturer", "Manufacturer", Kind::Text, "f.name"),
        column("part_number", "Part number", Kind::Mono, "m.part_number").nullable(),
        column("kind", "Kind", Kind::Text, "m.kind").one_of(&["device", "module", "cable", "consumable", "part", "software"]),
        column("tracking", "Tracked", Kind::Text, "m.tracking").one_of(&["serialised", "counted", "none"]),
        column("unit", "Unit", Kind::Text, "m.unit").one_of(&["pcs", "m", "seat"]),
        column("u_height", "Height", Kind::Decimal, "trim_scale(m.u_height)").unit("U"),
        column("power_draw_w", "Power", Kind::Integer, "m.power_draw_w").nullable().unit("W"),
        column("source", "From", Kind::Text, "m.source").hidden(),
    ],
    search: "lower(m.name || ' ' || coalesce(m.part_number, ''))",
    search_also: "m.manufacturer_id = any(array(select x.id from manufacturer x where lower(x.name) like {word}))",
    default_sort: "name",
};

static MANUFACTURERS: List = List {
    name: "manufacturers",
    title: "Manufacturers",
    subject: "manufacturer",
    from: "manufacturer f",
    condition: "f.retired_at is null",
    key: "f.id",
    columns: &[
        column("code", "Code", Kind::Mono, "f.code"),
        column("name", "Name", Kind::Text, "f.name"),
        column("models", "Models", Kind::Integer, "(select count(*) from model m where m.manufacturer_id = f.id)").plain(),
    ],
    search: "lower(f.name)",
    search_also: "",
    default_sort: "name",
};
