//! The asset register and locations as lists.

use crate::http::list::{Column, Kind, List, column};

pub const LISTS: &[&List] = &[&ASSETS, &ASSET_REGISTER, &LOCATIONS];

const STATES: &[&str] = &["expected", "received", "in_test", "ready", "in_service", "in_repair", "returned", "retired", "gone"];
const SEARCH_MODEL: &str = "a.model_id = any(array(select x.id from model x where lower(x.name || ' ' || coalesce(x.part_number, '')) like {word}))";
const SEARCH: &str = "lower(a.tag || ' ' || coalesce(a.serial, '') || ' ' || coalesce(a.name, ''))";
// As in place::PLACE_TEXT: a list is a constant and cannot format.
const PLACE: &str = "(case a.place when 'rack' then lr.code || coalesce(' U' || trim_scale(lower(a.rack_units) / 2.0) || case when upper(a.rack_units) - lower(a.rack_units) > 2 then '-U' || trim_scale(ceil(upper(a.rack_units) / 2.0) - 1) else '' end, ' beside') when 'location' then lp.code when 'in_transit' then 'on the way to ' || lp.code when 'asset' then ia.tag || coalesce(' ' || a.bay, '') when 'person' then wp.name when 'vendor' then vv.name else 'gone' end)";

const CODE: Column = column("code", "Asset", Kind::Code, "a.tag").opens("asset");
const SERIAL: Column = column("serial", "Serial", Kind::Mono, "a.serial").nullable();
const MODEL: Column = column("model", "Model", Kind::Text, "m.name");
const MANUFACTURER: Column = column("manufacturer", "Manufacturer", Kind::Text, "f.name");
const STATUS: Column = column("status", "State", Kind::State, "a.status").one_of(STATES);
const TEAM: Column = column("team", "Team", Kind::Team, "t.code").team_key("a.team_id").opens("team");
const ORDER: Column = column("order", "Order", Kind::Code, "o.code").nullable().opens("purchase_order");
const COST: Column = column("cost", "Cost", Kind::Money, "a.unit_cost").nullable();
const CURRENCY: Column = column("currency", "Currency", Kind::Text, "a.currency::text").nullable();
const RECEIVED_AT: Column = column("received_at", "Received", Kind::Instant, "a.received_at").nullable();
const VENDOR: Column = column("vendor", "Vendor", Kind::Text, "v.name").nullable();
const WARRANTY: Column = column("warranty_ends", "Warranty until", Kind::Date, "a.warranty_ends").nullable();

static ASSETS: List = List {
    name: "assets",
    title: "Assets",
    subject: "asset",
    from: "asset a join model m on m.id = a.model_id join manufacturer f on f.id = m.manufacturer_id join team t on t.id = a.team_id
           left join location lp on lp.id = a.location_id left join location lr on lr.id = a.rack_id left join asset ia on ia.id = a.in_asset_id
           left join person wp on wp.id = a.with_person_id left join vendor vv on vv.id = a.at_vendor_id
           left join purchase_order_line ol on ol.id = a.order_line_id left join purchase_order o on o.id = ol.purchase_order_id left join vendor v on v.id = o.vendor_id",
    condition: "",
    key: "a.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "a.id").hidden(),
        CODE,
        column("name", "Name", Kind::Text, "a.name").nullable(),
        SERIAL,
        MODEL,
        MANUFACTURER.hidden(),
        column("model_code", "Model's code", Kind::Mono, "m.code").hidden(),
        column("part_number", "Part number", Kind::Mono, "m.part_number").nullable().hidden(),
        column("kind", "Kind", Kind::Text, "m.kind").one_of(&["device", "module", "cable", "consumable", "part", "software"]).hidden(),
        STATUS,
        TEAM,
        column("place", "Place", Kind::Text, PLACE).nullable().unsortable(),
        column("place_kind", "Kind of place", Kind::Text, "a.place").one_of(&["location", "rack", "asset", "person", "in_transit", "vendor", "gone"]).hidden(),
        column("location", "Bin or room", Kind::Code, "lp.code").nullable().opens("location").hidden(),
        column("rack", "Rack", Kind::Code, "lr.code").nullable().opens("rack").hidden(),
        ORDER,
        VENDOR.hidden(),
        COST.hidden(),
        CURRENCY.hidden(),
        RECEIVED_AT,
        WARRANTY.hidden(),
        column("verified_at", "Last seen", Kind::Instant, "a.verified_at").nullable().hidden(),
    ],
    search: SEARCH,
    search_also: SEARCH_MODEL,
    default_sort: "code",
};

/// What NIST SP 800-53 CM-8, ISO 27001 A.5.9 and PCI DSS 12.5.1 ask of an inventory, as far as the books hold it.
static ASSET_REGISTER: List = List {
    name: "asset-register",
    title: "Asset register",
    subject: "asset",
    from: "asset a join model m on m.id = a.model_id join manufacturer f on f.id = m.manufacturer_id join team t on t.id = a.team_id
           left join location lp on lp.id = a.location_id left join location lr on lr.id = a.rack_id left join asset ia on ia.id = a.in_asset_id
           left join person wp on wp.id = a.with_person_id left join vendor vv on vv.id = a.at_vendor_id left join person cu on cu.id = a.custodian_id
           left join person rb on rb.id = a.received_by left join person vb on vb.id = a.verified_by
           left join purchase_order_line ol on ol.id = a.order_line_id left join purchase_order o on o.id = ol.purchase_order_id left join vendor v on v.id = o.vendor_id
           left join lateral (select string_agg(e.code || ' ' || em.name, ', ' order by e.code) as held from licence_assignment s join entitlement e on e.id = s.entitlement_id join model em on em.id = e.model_id
                              where s.asset_id = a.id and s.released_at is null) lic on true",
    condition: "",
    key: "a.id",
    columns: &[
        column("id", "Id, never used again", Kind::Uuid, "a.id").hidden(),
        CODE,
        SERIAL,
        MODEL,
        MANUFACTURER,
        column("kind", "Type", Kind::Text, "m.kind"),
        column("part_number", "Part number", Kind::Mono, "m.part_number").nullable().hidden(),
        STATUS,
        TEAM,
        column("team_name", "Team's name", Kind::Text, "t.name").hidden(),
        column("custodian", "Custodian", Kind::Text, "coalesce(cu.name, wp.name)").nullable().unsortable(),
        column("place", "Place", Kind::Text, PLACE).nullable().unsortable(),
        column("function", "Function", Kind::Text, "a.function"),
        column("classification", "Classification", Kind::Text, "a.classification").hidden(),
        VENDOR,
        ORDER,
        column("order_line", "Line", Kind::Integer, "ol.number").nullable().hidden(),
        RECEIVED_AT,
        column("received_by", "Received by", Kind::Text, "rb.name").nullable().hidden(),
        COST,
        CURRENCY,
        WARRANTY,
        column("licences", "Licences", Kind::Text, "lic.held").nullable().plain(),
        column("verified_at", "Last verified", Kind::Instant, "a.verified_at").nullable(),
        column("verified_by", "Verified by", Kind::Text, "vb.name").nullable().hidden(),
        column("verified_how", "Verified how", Kind::Text, "a.verified_how").nullable().hidden(),
    ],
    search: SEARCH,
    search_also: SEARCH_MODEL,
    default_sort: "code",
};

static LOCATIONS: List = List {
    name: "locations",
    title: "Locations",
    subject: "location",
    from: "location l left join location p on p.id = l.parent_id left join team t on t.id = l.team_id",
    condition: "l.retired_at is null",
    key: "l.id",
    columns: &[
        column("code", "Location", Kind::Code, "l.code").opens("location"),
        column("name", "Name", Kind::Text, "l.name"),
        column("kind", "Kind", Kind::Text, "l.kind").one_of(&["site", "building", "room", "row", "rack", "warehouse", "zone", "bin"]),
        column("bin_kind", "Kind of bin", Kind::Text, "l.bin_kind").nullable().one_of(&["receiving", "storage", "quarantine", "repair", "staging", "scrap"]),
        column("parent", "In", Kind::Code, "p.code").nullable().opens("location"),
        column("team", "Team", Kind::Team, "t.code").nullable().team_key("l.team_id").opens("team"),
    ],
    search: "lower(l.code || ' ' || l.name)",
    search_also: "",
    default_sort: "code",
};
