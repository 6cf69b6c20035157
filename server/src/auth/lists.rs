//! Users, grants and tokens as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&USERS, &GRANTS, &API_TOKENS];

static USERS: List = List {
    name: "users",
    title: "Users",
    subject: "user",
    from: "account a join person p on p.id = a.id left join team t on t.id = p.team_id
           left join lateral (select max(s.used_at) as used_at from public.session s where s.person_id = a.id) s on true
           left join lateral (select string_agg(g.role || ' on ' || gt.code, ', ' order by gt.path, g.role) as roles from role_grant g join team gt on gt.id = g.team_id where g.person_id = a.id) g on true",
    condition: "",
    key: "a.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "a.id").hidden(),
        column("name", "Name", Kind::Text, "p.name"),
        column("email", "E-mail", Kind::Mono, "p.email").nullable(),
        column("team", "Team", Kind::Team, "t.code").nullable().team_key("t.id").opens("team"),
        column("status", "State", Kind::State, "a.status").one_of(&["active", "disabled"]),
        column("roles", "Roles", Kind::Text, "g.roles").nullable().plain(),
        column("last_seen", "Last seen", Kind::Instant, "s.used_at").nullable().plain(),
    ],
    search: "lower(p.name || ' ' || coalesce(p.email, ''))",
    search_also: "",
    default_sort: "name",
};

static GRANTS: List = List {
    name: "grants",
    title: "Roles granted",
    subject: "grant",
    from: "role_grant g join person p on p.id = g.person_id join team t on t.id = g.team_id",
    condition: "",
    key: "g.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "g.id").hidden(),
        column("user", "User", Kind::Text, "p.name"),
        column("email", "E-mail", Kind::Mono, "p.email").nullable(),
        column("role", "Role", Kind::State, "g.role").one_of(&["administrator", "procurement", "approver", "warehouse", "technician", "licence_manager", "auditor", "viewer"]),
        column("team", "Team and below", Kind::Team, "t.code").team_key("t.id").opens("team"),
        column("team_name", "Team's name", Kind::Text, "t.name"),
        column("since", "Since", Kind::Instant, "g.valid_from"),
    ],
    search: "lower(p.name || ' ' || coalesce(p.email, ''))",
    search_also: "",
    default_sort: "user",
};

static API_TOKENS: List = List {
    name: "api-tokens",
    title: "API tokens",
    subject: "api_token",
    from: "api_token k join person p on p.id = k.person_id",
    condition: "",
    key: "k.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "k.id").hidden(),
        column("name", "For", Kind::Text, "k.name"),
        column("hint", "Begins with", Kind::Mono, "k.hint").plain(),
        column("person", "Of", Kind::Text, "p.name"),
        column("expires_at", "Expires", Kind::Instant, "k.expires_at"),
        column("revoked_at", "Revoked", Kind::Instant, "k.revoked_at").nullable(),
    ],
    search: "",
    search_also: "",
    default_sort: "name",
};
