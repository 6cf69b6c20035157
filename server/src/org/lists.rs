//! Teams, people and positions as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&TEAMS, &PEOPLE, &POSITIONS];

static TEAMS: List = List {
    name: "teams",
    title: "Teams",
    subject: "team",
    from: "team t left join team p on p.id = t.parent_id",
    condition: "t.retired_at is null",
    key: "t.id",
    columns: &[
        column("code", "Team", Kind::Code, "t.code").opens("team"),
        column("name", "Name", Kind::Text, "t.name"),
        column("kind", "Kind", Kind::Text, "t.kind").one_of(&["organisation", "division", "team", "sub_team"]),
        column("parent", "In", Kind::Code, "p.code").nullable().opens("team"),
        column("description", "Description", Kind::Text, "t.description"),
        column("path", "Path", Kind::Mono, "t.path").hidden(),
    ],
    search: "lower(t.code || ' ' || t.name)",
    search_also: "",
    default_sort: "path",
};

static PEOPLE: List = List {
    name: "people",
    title: "People",
    subject: "person",
    from: "person p left join team t on t.id = p.team_id",
    condition: "",
    key: "p.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "p.id").hidden(),
        column("name", "Name", Kind::Text, "p.name"),
        column("email", "E-mail", Kind::Mono, "p.email").nullable(),
        column("handle", "Handle", Kind::Mono, "p.handle").nullable().hidden(),
        column("team", "Team", Kind::Team, "t.code").nullable().team_key("p.team_id").opens("team"),
        column("status", "State", Kind::State, "p.status").one_of(&["active", "left", "erased"]),
    ],
    search: "lower(p.name || ' ' || coalesce(p.email, ''))",
    search_also: "",
    default_sort: "name",
};

static POSITIONS: List = List {
    name: "positions",
    title: "Roles in teams",
    subject: "position",
    from: "position s join team t on t.id = s.team_id left join person p on p.id = s.person_id",
    condition: "",
    key: "s.id",
    columns: &[
        column("title", "Role", Kind::Text, "s.title"),
        column("team", "Team", Kind::Team, "t.code").team_key("s.team_id").opens("team"),
        column("person", "Filled by", Kind::Text, "p.name").nullable(),
        column("description", "Description", Kind::Text, "s.description"),
    ],
    search: "lower(s.title)",
    search_also: "",
    default_sort: "title",
};
