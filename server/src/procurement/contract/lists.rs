//! Contracts and their prices as lists.

use super::enter;
use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&CONTRACTS, &PRICES, &COVERS];

const STATES: &[&str] = &["draft", "active", "notice_given", "ended"];

static CONTRACTS: List = List {
    name: "contracts",
    title: "Contracts",
    subject: "contract",
    from: "contract c join vendor v on v.id = c.vendor_id join team t on t.id = c.team_id left join contract f on f.id = c.follows_id
           cross join lateral (select rules.contract_term_end(c.ends_on, c.renewal, c.renewal_months, c.status, ledger.today()) as ends_on) x",
    condition: "",
    key: "c.id",
    columns: &[
        column("code", "Contract", Kind::Code, "c.code").opens("contract"),
        column("title", "Title", Kind::Text, "c.title"),
        column("kind", "Kind", Kind::Text, "c.kind").one_of(enter::KINDS),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("vendor_code", "Vendor's code", Kind::Code, "v.code").opens("vendor").hidden(),
        column("status", "State", Kind::State, "c.status").one_of(STATES),
        column("team", "Team", Kind::Team, "t.code").team_key("c.team_id").opens("team"),
        column("starts_on", "From", Kind::Date, "c.starts_on"),
        column("ends_on", "Term ends", Kind::Date, "x.ends_on").nullable(),
        column("notice_by", "Notice by", Kind::Date, "(x.ends_on - c.notice_days)").nullable(),
        column("to_decide", "To be decided", Kind::Boolean, "(c.id in (select d.contract_id from rules.contract_reminders() d))").unsortable().hidden(),
        column("renewal", "Renewal", Kind::Text, "c.renewal").one_of(&["none", "automatic"]),
        column("value", "Value", Kind::Money, "c.value").nullable(),
        column("currency", "Currency", Kind::Text, "c.currency::text"),
        column("vendor_reference", "Vendor's reference", Kind::Mono, "c.vendor_reference").nullable().hidden(),
        column("follows", "Follows", Kind::Code, "f.code").nullable().opens("contract").hidden(),
        column("ended_on", "Ended", Kind::Date, "c.ended_on").nullable().hidden(),
    ],
    search: "lower(c.code || ' ' || c.title || ' ' || coalesce(c.vendor_reference, ''))",
    search_also: "",
    default_sort: "ends_on,code",
};

static PRICES: List = List {
    name: "contract-prices",
    title: "Prices agreed by contract",
    subject: "contract_price",
    from: "contract_price p join contract c on c.id = p.contract_id join vendor v on v.id = c.vendor_id join team t on t.id = c.team_id join model m on m.id = p.model_id",
    condition: "",
    key: "p.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "p.id").hidden(),
        column("contract", "Contract", Kind::Code, "c.code").opens("contract"),
        column("status", "State", Kind::State, "c.status").one_of(STATES),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("vendor_code", "Vendor's code", Kind::Code, "v.code").opens("vendor").hidden(),
        column("team", "Team", Kind::Team, "t.code").team_key("c.team_id").opens("team").hidden(),
        column("model", "Model", Kind::Text, "m.name"),
        column("model_code", "Model's code", Kind::Code, "m.code").opens("model").hidden(),
        column("part_number", "Part number", Kind::Mono, "m.part_number").nullable(),
        column("from_quantity", "From quantity", Kind::Decimal, "trim_scale(p.from_quantity)"),
        column("unit_price", "Unit price", Kind::Money, "p.unit_price"),
        column("currency", "Currency", Kind::Text, "c.currency::text"),
    ],
    search: "lower(c.code || ' ' || m.name || ' ' || coalesce(m.part_number, ''))",
    search_also: "",
    default_sort: "contract,model,from_quantity",
};

static COVERS: List = List {
    name: "contract-covers",
    title: "What contracts cover",
    subject: "contract_cover",
    from: "contract_cover k join contract c on c.id = k.contract_id join vendor v on v.id = c.vendor_id join team t on t.id = c.team_id left join vendor kv on kv.id = k.vendor_id left join asset ka on ka.id = k.asset_id
           left join model km on km.id = k.model_id left join entitlement ke on ke.id = k.entitlement_id",
    condition: "",
    key: "k.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "k.id").hidden(),
        column("contract", "Contract", Kind::Code, "c.code").opens("contract"),
        column("title", "Title", Kind::Text, "c.title"),
        column("kind", "Kind", Kind::Text, "c.kind").one_of(enter::KINDS),
        column("status", "State", Kind::State, "c.status").one_of(STATES),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("team", "Team", Kind::Team, "t.code").team_key("c.team_id").opens("team").hidden(),
        column("asset", "Asset", Kind::Code, "ka.tag").nullable().opens("asset"),
        column("model", "Model", Kind::Code, "km.code").nullable().opens("model"),
        column("entitlement", "Licence", Kind::Code, "ke.code").nullable().opens("entitlement"),
        column("other_vendor", "Goods of", Kind::Code, "kv.code").nullable().opens("vendor"),
        column("ends_on", "Until", Kind::Date, "c.ends_on").nullable(),
        column("note", "Note", Kind::Text, "k.note"),
    ],
    search: "lower(c.code || ' ' || c.title || ' ' || coalesce(ka.tag, km.name, ke.code, kv.name, ''))",
    search_also: "",
    default_sort: "contract",
};
