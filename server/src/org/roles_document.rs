//! Reading the document of a team's roles: a definition list, each role filled by somebody or not.

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Role {
    pub title: String,
    pub description: String,
    /// Without its @; none: not filled.
    pub handle: Option<String>,
}

/// The roles under the heading about structure and roles; empty when the text is no such document.
pub fn parse(text: &str) -> Vec<Role> {
    let lines: Vec<&str> = text.lines().collect();
    let mut roles = Vec::new();
    for (n, pair) in lines.windows(2).enumerate() {
        let [title, first] = pair else { continue };
        let Some(first) = first.strip_prefix(": ") else { continue };
        if title.trim().is_empty() {
            continue;
        }
        let mut words = vec![first.trim()];
        words.extend(lines[n + 2..].iter().take_while(|l| l.starts_with("  ") || l.trim().is_empty()).map(|l| l.trim()).filter(|l| !l.is_empty()));
        let all = words.join(" ");
        let handle = all.split("filled by").nth(1).and_then(|rest| rest.split('@').nth(1)).map(|h| h.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c)).collect::<String>()).filter(|h| !h.is_empty());
        let description = all.split("This role is currently").next().unwrap_or_default().trim().to_owned();
        roles.push(Role { title: title.trim().to_owned(), description, handle });
    }
    roles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_with_who_fills_them() {
        let roles = parse("Lead\n: Leads it.\n\n  This role is currently filled by `@one`.\n\nKeeper\n: Keeps it.\n  And more.\n\n  This role is currently un-filled.\n\nText.\n");
        assert_eq!(roles, [
            Role { title: "Lead".into(), description: "Leads it.".into(), handle: Some("one".into()) },
            Role { title: "Keeper".into(), description: "Keeps it. And more.".into(), handle: None },
        ]);
    }
}
