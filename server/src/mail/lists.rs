//! Mails as a list.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&MAILS];

static MAILS: List = List {
    name: "mails",
    title: "Mails sent",
    subject: "mail",
    from: "mail m join team t on t.id = m.team_id join person p on p.id = m.sent_by_id join document d on d.id = m.document_id",
    condition: "",
    key: "m.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "m.id").hidden(),
        column("about", "About", Kind::Mono, "rules.code_of(m.subject_kind, m.subject_id)").nullable().plain(),
        column("status", "State", Kind::State, "m.status").one_of(&["queued", "sent", "failed", "given_up"]),
        column("to", "To", Kind::Text, "array_to_string(m.recipients, ', ')"),
        column("cc", "Copies", Kind::Text, "array_to_string(m.copies, ', ')").hidden(),
        column("title", "Subject", Kind::Text, "m.title"),
        column("document", "Document", Kind::Text, "d.name"),
        column("team", "Team", Kind::Team, "t.code").team_key("m.team_id").opens("team"),
        column("sent_by", "Sent by", Kind::Text, "p.name"),
        column("queued_at", "Queued", Kind::Instant, "m.queued_at"),
        column("attempts", "Attempts", Kind::Integer, "m.attempts").hidden(),
        column("next_attempt_at", "Next attempt", Kind::Instant, "m.next_attempt_at").nullable().hidden(),
        column("answer", "Answer", Kind::Text, "m.answer").nullable(),
        column("answered_at", "Answered", Kind::Instant, "m.answered_at").nullable().hidden(),
        column("message_id", "Message-ID", Kind::Mono, "m.message_id").hidden(),
    ],
    search: "",
    search_also: "",
    default_sort: "-queued_at",
};
