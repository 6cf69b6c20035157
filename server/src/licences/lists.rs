//! Entitlements and seats as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&ENTITLEMENTS, &ASSIGNMENTS];

static ENTITLEMENTS: List = List {
    name: "entitlements",
    title: "Licences",
    subject: "entitlement",
    from: "entitlement e join model m on m.id = e.model_id join manufacturer f on f.id = m.manufacturer_id join team t on t.id = e.team_id
           left join vendor v on v.id = e.vendor_id left join purchase_order_line l on l.id = e.order_line_id left join purchase_order o on o.id = l.purchase_order_id",
    condition: "",
    key: "e.id",
    columns: &[
        column("code", "Licence", Kind::Code, "e.code").opens("entitlement"),
        column("title", "Title", Kind::Text, "m.name"),
        column("publisher", "Publisher", Kind::Text, "f.name"),
        column("team", "Team", Kind::Team, "t.code").team_key("e.team_id").opens("team"),
        column("metric", "Counts", Kind::Text, "e.metric").one_of(&["device", "user", "core", "socket", "concurrent", "site", "subscription"]),
        column("seats", "Seats", Kind::Integer, "e.seats"),
        column("assigned", "Given", Kind::Integer, "e.assigned"),
        column("free", "Free", Kind::Integer, "(e.seats - e.assigned)"),
        column("starts_on", "From", Kind::Date, "e.starts_on").hidden(),
        column("ends_on", "Until", Kind::Date, "e.ends_on").nullable(),
        column("cost", "Cost", Kind::Money, "e.cost").nullable(),
        column("currency", "Currency", Kind::Text, "e.currency::text").nullable(),
        column("vendor", "Vendor", Kind::Text, "v.name").nullable(),
        column("order", "Order", Kind::Code, "o.code").nullable().opens("purchase_order"),
    ],
    search: "lower(e.code || ' ' || m.name || ' ' || f.name)",
    search_also: "",
    default_sort: "code",
};

static ASSIGNMENTS: List = List {
    name: "assignments",
    title: "Seats given",
    subject: "licence_assignment",
    from: "licence_assignment s join entitlement e on e.id = s.entitlement_id join model m on m.id = e.model_id join team t on t.id = e.team_id
           left join asset a on a.id = s.asset_id left join person p on p.id = s.person_id left join team ht on ht.id = s.team_id",
    condition: "",
    key: "s.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "s.id").hidden(),
        column("entitlement", "Licence", Kind::Code, "e.code").opens("entitlement"),
        column("title", "Title", Kind::Text, "m.name"),
        column("holder_kind", "Held by", Kind::Text, "(case when s.asset_id is not null then 'asset' when s.person_id is not null then 'person' else 'team' end)").one_of(&["asset", "person", "team"]),
        column("asset", "Asset", Kind::Code, "a.tag").nullable().opens("asset"),
        column("person", "Person", Kind::Text, "p.name").nullable(),
        column("holder_team", "Team that holds it", Kind::Text, "ht.code").nullable(),
        column("team", "Owner", Kind::Team, "t.code").team_key("e.team_id").opens("team"),
        column("assigned_at", "Given", Kind::Instant, "s.assigned_at"),
        column("released_at", "Released", Kind::Instant, "s.released_at").nullable(),
    ],
    search: "lower(e.code || ' ' || m.name || ' ' || coalesce(a.tag, p.name, ht.code, ''))",
    search_also: "",
    default_sort: "-assigned_at",
};
