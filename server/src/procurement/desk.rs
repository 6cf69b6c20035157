//! How much of everything lies on a buyer's and an approver's desk.

use crate::auth::Role;
use crate::http::desk::Desk;

const BUYER: Desk = Desk { name: "", label: "", role: Role::Procurement, list: "purchase-orders", filters: &[], page: "/orders", urgency: 2, own: false, hint: "" };

pub const DESK: &[Desk] = &[
    Desk { name: "to_approve", label: "To approve", role: Role::Approver, list: "approvals", filters: &[("waits_for_me", "true")], page: "/approvals", urgency: 1, own: true, hint: "Open the order, then approve or reject it." },
    Desk { name: "to_send", label: "To send to the vendor", filters: &[("status", "approved")], urgency: 1, hint: "Send it, or mark it as ordered when you have written yourself.", ..BUYER },
    Desk { name: "mail_failed", label: "Mails that failed", filters: &[("mail_failed", "true")], urgency: 1, hint: "The vendor did not get it: send it again, or give it up.", ..BUYER },
    Desk { name: "late", label: "Late", filters: &[("late", "true")], urgency: 1, hint: "Pieces are due and have not come: ask the vendor, or give them up.", ..BUYER },
    Desk { name: "arriving", label: "Arriving within a week", filters: &[("arriving", "true")], urgency: 3, hint: "The dock expects pieces of these orders.", ..BUYER },
    Desk { name: "requests", label: "Requests to answer", list: "requisitions", filters: &[("status", "submitted"), ("waits_for_board", "false")], page: "/requests", hint: "Accept or refuse what teams ask for.", ..BUYER },
    Desk { name: "to_order", label: "Lines to order", list: "requisition-lines", filters: &[("status", "accepted"), ("open", "true")], page: "/requests/to-order", hint: "Choose lines and bundle them into an order.", ..BUYER },
    Desk { name: "quotes", label: "Quotes to choose", list: "quote-requests", filters: &[("to_choose", "true")], page: "/quotes", hint: "All have answered, or the day has passed: choose.", ..BUYER },
    Desk { name: "discrepancies", label: "Discrepancies open", list: "discrepancies", filters: &[("status", "open")], page: "/discrepancies", hint: "Say what becomes of what the dock reported.", ..BUYER },
    Desk { name: "not_invoiced", label: "Not invoiced", filters: &[("not_invoiced", "true")], urgency: 3, hint: "Goods are here whose invoice is still to come.", ..BUYER },
    Desk { name: "held", label: "Invoices held", list: "invoices", filters: &[("status", "held")], page: "/invoices", urgency: 1, hint: "They do not match: mend the difference, or have them released.", ..BUYER },
    Desk { name: "over_budget", label: "Budgets overspent", list: "budgets", filters: &[("over", "true")], page: "/budgets", hint: "More is given out than there is: ask for more, or release some.", ..BUYER },
    Desk { name: "contracts", label: "Contracts to decide", list: "contracts", filters: &[("to_decide", "true")], page: "/contracts", hint: "Their notice day or end is near: give notice, renew or end them.", ..BUYER },
];
