//! Documents as a list.

use super::add;
use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&DOCUMENTS];

static DOCUMENTS: List = List {
    name: "documents",
    title: "Documents",
    subject: "document",
    from: "document d left join person p on p.id = d.added_by_id",
    condition: "",
    key: "d.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "d.id").hidden(),
        column("name", "Name", Kind::Text, "d.name"),
        column("kind", "What", Kind::Text, "d.kind").one_of(add::Kind::ALL),
        column("subject_kind", "Of a", Kind::Text, "d.subject_kind"),
        column("subject", "Of", Kind::Mono, "rules.code_of(d.subject_kind, d.subject_id)").nullable().plain(),
        column("subject_id", "Id of what", Kind::Uuid, "d.subject_id").hidden(),
        column("media_type", "Type", Kind::Mono, "d.media_type"),
        column("size", "Size", Kind::Integer, "d.size").unit("B"),
        column("sha256", "SHA-256", Kind::Mono, "encode(d.sha256, 'hex')").hidden(),
        column("added_by", "Added by", Kind::Text, "p.name").nullable(),
        column("added_at", "Added", Kind::Instant, "d.added_at"),
        column("retired_at", "Retired", Kind::Instant, "d.retired_at").nullable().hidden(),
    ],
    search: "lower(d.name)",
    search_also: "",
    default_sort: "-added_at",
};
