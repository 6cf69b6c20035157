//! Approvals, those who give them, and what budgets were asked for, as lists.

use crate::http::list::{Kind, List, column};

pub const LISTS: &[&List] = &[&APPROVALS, &POLICIES, &GROUPS, &DELEGATES, &BUDGET_ENTRIES];

static APPROVALS: List = List {
    name: "approvals",
    title: "Approvals",
    subject: "purchase_order",
    from: "approval a join purchase_order o on o.id = a.purchase_order_id join vendor v on v.id = o.vendor_id join team t on t.id = a.team_id join person r on r.id = a.requester_id
           left join approval_policy p on p.id = a.policy_id left join order_amendment n on n.id = a.amendment_id
           left join lateral (select s.name from approval_step s where s.approval_id = a.id and s.status = 'pending' order by s.number limit 1) s on true",
    condition: "",
    key: "a.id",
    columns: &[
        column("code", "Order", Kind::Code, "o.code").opens("purchase_order"),
        column("vendor", "Vendor", Kind::Text, "v.name"),
        column("amendment", "Amendment", Kind::Integer, "n.number").nullable(),
        column("status", "State", Kind::State, "a.status").one_of(&["pending", "approved", "refused", "void"]),
        column("waits_for", "Waits for", Kind::Text, "case when a.status = 'pending' then s.name end").nullable().plain(),
        column("waits_for_me", "Waits for me", Kind::Boolean, "(a.status = 'pending' and exists (select 1 from rules.may_decide(a.id, {asker}) d where d.hindrance is null))").unsortable().hidden(),
        column("team", "Team", Kind::Team, "t.code").team_key("a.team_id").opens("team"),
        column("requester", "Requester", Kind::Text, "r.name"),
        column("total", "Total", Kind::Money, "a.total"),
        column("currency", "Currency", Kind::Text, "a.currency::text"),
        column("policy", "Policy", Kind::Text, "p.name").nullable(),
        column("asked_at", "Asked", Kind::Instant, "a.asked_at"),
        column("decided_at", "Decided", Kind::Instant, "a.decided_at").nullable(),
    ],
    search: "lower(o.code || ' ' || v.name)",
    search_also: "",
    default_sort: "-asked_at",
};

static POLICIES: List = List {
    name: "approval-policies",
    title: "Approval policies",
    subject: "approval_policy",
    from: "approval_policy p left join team t on t.id = p.team_id
           left join lateral (select string_agg(s.name || coalesce(' (' || g.name || ')', ''), ', then ' order by s.number) as steps from approval_policy_step s left join approver_group g on g.id = s.group_id where s.policy_id = p.id) s on true",
    condition: "p.retired_at is null",
    key: "p.id",
    columns: &[
        column("code", "Policy", Kind::Mono, "p.code"),
        column("name", "Name", Kind::Text, "p.name"),
        column("position", "Position", Kind::Integer, "p.position"),
        column("min_total", "From", Kind::Money, "p.min_total").nullable(),
        column("category", "Category", Kind::Text, "p.category").nullable(),
        column("budget_kind", "Budget", Kind::Text, "p.budget_kind").nullable().one_of(&["capex", "opex"]),
        column("team", "Team", Kind::Team, "t.code").nullable().team_key("p.team_id").opens("team"),
        column("steps", "Steps", Kind::Text, "s.steps").nullable().plain(),
    ],
    search: "lower(p.code || ' ' || p.name)",
    search_also: "",
    default_sort: "position,code",
};

static GROUPS: List = List {
    name: "approver-groups",
    title: "Approver groups",
    subject: "approver_group",
    from: "approver_group g left join lateral (select string_agg(p.name, ', ' order by p.name) as members, count(*) as n from approver_group_member m join person p on p.id = m.person_id where m.group_id = g.id) m on true",
    condition: "g.retired_at is null",
    key: "g.id",
    columns: &[
        column("code", "Group", Kind::Mono, "g.code"),
        column("name", "Name", Kind::Text, "g.name"),
        column("member_count", "Members", Kind::Integer, "m.n").plain(),
        column("members", "Who", Kind::Text, "m.members").nullable().plain(),
    ],
    search: "lower(g.code || ' ' || g.name)",
    search_also: "",
    default_sort: "code",
};

static DELEGATES: List = List {
    name: "approval-delegates",
    title: "Absences of approvers",
    subject: "approval_delegate",
    from: "approval_delegate d join person p on p.id = d.person_id join person v on v.id = d.delegate_id",
    condition: "",
    key: "d.id",
    columns: &[
        column("id", "Id", Kind::Uuid, "d.id").hidden(),
        column("person", "Who is away", Kind::Text, "p.name"),
        column("delegate", "Who decides", Kind::Text, "v.name"),
        column("starts_on", "From", Kind::Date, "d.starts_on"),
        column("ends_on", "Until", Kind::Date, "d.ends_on"),
        column("over", "Over", Kind::Boolean, "(d.ends_on < ledger.today())").unsortable().hidden(),
        column("mine", "Mine", Kind::Boolean, "(d.person_id = {asker})").unsortable().hidden(),
    ],
    search: "lower(p.name || ' ' || v.name)",
    search_also: "",
    default_sort: "-starts_on",
};

static BUDGET_ENTRIES: List = List {
    name: "budget-entries",
    title: "Budget entries",
    subject: "purchase_order",
    from: "budget_entry e join budget b on b.id = e.budget_id join team t on t.id = b.team_id left join purchase_order o on o.id = e.purchase_order_id",
    condition: "",
    key: "e.id",
    columns: &[
        column("code", "Order", Kind::Code, "o.code").nullable().opens("purchase_order"),
        column("budget", "Budget", Kind::Mono, "b.code"),
        column("team", "Team", Kind::Team, "t.code").team_key("b.team_id").opens("team"),
        column("at", "When", Kind::Instant, "e.at"),
        column("reason", "Why", Kind::Text, "e.reason").one_of(&["opening", "reserve", "commit", "spend", "release", "amend", "credit"]),
        column("reserved", "Reserved", Kind::Money, "e.reserved"),
        column("committed", "Committed", Kind::Money, "e.committed"),
        column("spent", "Spent", Kind::Money, "e.spent"),
        column("currency", "Currency", Kind::Text, "b.currency::text"),
        column("went_over", "Over budget", Kind::Boolean, "e.went_over"),
    ],
    search: "lower(coalesce(o.code, '') || ' ' || b.code)",
    search_also: "",
    default_sort: "-at",
};
