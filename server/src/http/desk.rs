//! Numbers of open work: the one shape in which every part of the business says how much of a sort there is. Each is a list under filters,
//! so that its rows are behind it.

use crate::auth::Role;

/// A number that home shows to whoever has the role: how many rows a list has under filters, in the teams that the role reaches.
pub struct Desk {
    pub name: &'static str,
    pub label: &'static str,
    pub role: Role,
    /// A list, at `/api/v1/<list>`.
    pub list: &'static str,
    pub filters: &'static [(&'static str, &'static str)],
    /// The page of the web that shows the list.
    pub page: &'static str,
    /// 1 now, 2 soon, 3 when there is time.
    pub urgency: i32,
    /// The rows are chosen by who asks, not by their team.
    pub own: bool,
    /// What to do with them.
    pub hint: &'static str,
}
