//! Requests and their lines as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&REQUISITIONS, &LINES];

const STATES: &[&str] = &["draft", "submitted", "accepted", "ordered", "fulfilled", "refused", "withdrawn"];

static REQUISITIONS: List = List {
    name: "requisitions",
    title: "Requests",
    subject: "requisition",
    from: "requisition q join team t on t.id = q.team_id join person p on p.id = q.requester_id left join budget b on b.id = q.budget_id",
    condition: "",
    key: "q.id",
    columns: &[
        column("code", "Request", Kind::Code, "q.code").opens("requisition"),
        column("status", "State", Kind::State, "q.status").one_of(STATES),
        column("what", "What", Kind::Text, "(select string_agg(trim_scale(l.quantity) || ' x ' || coalesce(m.name, l.description), ', ' order by l.number) from requisition_line l left join model m on m.id = l.model_id where l.requisition_id = q.id and l.number <= 3)").nullable().plain(),
        column("reason", "Why", Kind::Text, "q.reason"),
        column("team", "Team", Kind::Team, "t.code").team_key("q.team_id").opens("team"),
        column("requester", "Asked by", Kind::Text, "p.name"),
        column("needed_by", "Needed by", Kind::Date, "q.needed_by").nullable(),
        column("arrived", "Arrived", Kind::Integer, "(select coalesce(floor(100 * sum(l.received) / nullif(sum(l.quantity) filter (where l.refused is null), 0)), 0)::bigint from requisition_line l where l.requisition_id = q.id)").plain().unit("%"),
        column("project", "Project", Kind::Text, "q.project").hidden(),
        column("budget", "Budget", Kind::Mono, "b.code").nullable().hidden(),
        column("estimate", "Estimate", Kind::Money, "q.estimate").hidden(),
        column("currency", "Currency", Kind::Text, "q.currency::text").hidden(),
        column("over_budget", "Over budget", Kind::Boolean, "q.over_budget").hidden(),
        column("created_at", "Asked", Kind::Instant, "q.created_at"),
        column("submitted_at", "Submitted", Kind::Instant, "q.submitted_at").nullable().hidden(),
        column("decision", "Decision", Kind::Text, "q.decision").nullable().hidden(),
    ],
    search: "lower(q.code || ' ' || q.reason || ' ' || q.project)",
    search_also: "exists (select 1 from requisition_line l left join model m on m.id = l.model_id where l.requisition_id = q.id and lower(l.description || ' ' || coalesce(m.name || ' ' || coalesce(m.part_number, ''), '')) like {word})",
    default_sort: "-code",
};

static LINES: List = List {
    name: "requisition-lines",
    title: "Lines of requests",
    subject: "requisition_line",
    from: "requisition_line l join requisition q on q.id = l.requisition_id join team t on t.id = q.team_id join person p on p.id = q.requester_id left join model m on m.id = l.model_id left join budget b on b.id = q.budget_id",
    condition: "",
    key: "l.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "l.id").hidden(),
        column("code", "Request", Kind::Code, "q.code").opens("requisition"),
        column("number", "Line", Kind::Integer, "l.number"),
        column("model", "Model", Kind::Text, "m.name").nullable(),
        column("model_code", "Model's code", Kind::Code, "m.code").nullable().opens("model").hidden(),
        column("description", "In words", Kind::Text, "l.description"),
        column("part_number", "Part number", Kind::Mono, "m.part_number").nullable().hidden(),
        column("status", "Request's state", Kind::State, "q.status").one_of(STATES),
        column("team", "Team", Kind::Team, "t.code").team_key("q.team_id").opens("team"),
        column("requester", "Asked by", Kind::Text, "p.name"),
        column("quantity", "Asked", Kind::Decimal, "trim_scale(l.quantity)"),
        column("to_order", "To order", Kind::Decimal, "(case when l.refused is null and q.status = 'accepted' then trim_scale(l.quantity - l.bundled) else 0 end)"),
        column("ordered", "Ordered", Kind::Decimal, "trim_scale(l.ordered)"),
        column("received", "Received", Kind::Decimal, "trim_scale(l.received)"),
        column("unit", "Unit", Kind::Text, "l.unit"),
        column("needed_by", "Needed by", Kind::Date, "l.needed_by").nullable(),
        column("estimated_price", "Estimate", Kind::Money, "l.estimated_price").nullable(),
        column("currency", "Currency", Kind::Text, "q.currency::text").hidden(),
        column("budget", "Budget", Kind::Mono, "b.code").nullable().hidden(),
        column("project", "Project", Kind::Text, "q.project").hidden(),
        column("refused", "Refused", Kind::Text, "l.refused").nullable().hidden(),
    ],
    search: "lower(q.code || ' ' || l.description || ' ' || coalesce(m.name, '') || ' ' || coalesce(m.part_number, ''))",
    search_also: "",
    default_sort: "needed_by,code,number",
};
