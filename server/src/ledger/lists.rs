//! Events as a list.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&EVENTS];

static EVENTS: List = List {
    name: "events",
    title: "Ledger",
    subject: "event",
    from: "event e left join person p on p.id = e.actor_id left join team t on t.id = e.team_id",
    condition: "",
    key: "e.id",
    columns: &[
        column("id", "Event", Kind::Uuid, "e.id").opens("event"),
        column("at", "When", Kind::Instant, "e.at"),
        column("actor", "Who", Kind::Text, "coalesce(p.name, e.device, 'system')").unsortable(),
        column("actor_kind", "As", Kind::Text, "e.actor_kind").one_of(&["person", "token", "system"]).hidden(),
        column("action", "What", Kind::Mono, "e.action"),
        column("subject_kind", "About", Kind::Text, "e.subject_kind"),
        column("subject_id", "Id of what", Kind::Uuid, "e.subject_id").nullable().hidden(),
        column("subject", "Which", Kind::Mono, "coalesce(e.details->>'code', e.details->>'tag', '')").plain(),
        column("team", "Team", Kind::Team, "t.code").nullable().team_key("e.team_id").opens("team"),
        column("reason", "Why", Kind::Text, "e.reason").nullable(),
        column("request_id", "Request", Kind::Mono, "e.request_id").nullable().hidden(),
        column("device", "Device", Kind::Text, "e.device").nullable().hidden(),
        column("details", "Details", Kind::Text, "e.details::text").plain().hidden(),
    ],
    search: "lower(e.action || ' ' || coalesce(e.reason, '') || ' ' || e.details::text)",
    search_also: "",
    default_sort: "-at",
};
