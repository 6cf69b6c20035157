//! Reading the organisation document: Markdown with a heading for each division, tables of its teams, and a tree view of their scope,
//! tasks and sub-teams.

/// A team as the document has it, at whatever level.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Team {
    pub code: String,
    pub name: String,
    pub description: String,
    pub what_they_do: String,
    pub scope: Vec<String>,
    pub tasks: Vec<String>,
    pub below: Vec<Team>,
}

#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("line {line}: {what}")]
pub struct DocumentError {
    pub line: usize,
    pub what: String,
}

/// Where a leaf of the tree view belongs.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    None,
    Scope,
    Tasks,
}

/// Reads the document. Its root is the officer named at the head of its first tree.
pub fn parse(text: &str) -> Result<Team, DocumentError> {
    let mut root: Option<Team> = None;
    let mut in_code = false;
    let mut in_tree = false;
    let mut section = Section::None;
    let mut wants_paragraph = false;
    for (n, raw) in text.lines().enumerate() {
        let line = raw.trim_end();
        let error = |what: String| DocumentError { line: n + 1, what };
        if line.trim_start().starts_with("```") {
            in_code = !in_code;
            section = Section::None;
            continue;
        }
        let division = |root: &mut Option<Team>| root.as_mut().and_then(|r| r.below.last_mut()).is_some();
        if !in_code {
            if let Some((code, name)) = division_heading(line) {
                let root = root.as_mut().ok_or_else(|| error("a division comes before the officer at the head".to_owned()))?;
                root.below.push(Team { code, name, ..Team::default() });
                in_tree = false;
                continue;
            }
            if line.starts_with('#') {
                in_tree = line.contains("Tree View");
                wants_paragraph = line.contains("What This") && division(&mut root);
                continue;
            }
            if let (Some(cells), Some(current)) = (table_row(line), root.as_mut().and_then(|r| r.below.last_mut())) {
                let Some((code, name)) = cells.first().and_then(|c| team_name(c)) else { continue };
                let team = find_or_add(current, &code, &name);
                match cells.as_slice() {
                    [_, middle, what] => {
                        what.clone_into(&mut team.what_they_do);
                        // The middle column is the scope, or names sub-teams.
                        if !middle.contains("U-") && team.scope.is_empty() {
                            team.scope = middle.split(',').map(|s| s.trim().to_owned()).filter(|s| !s.is_empty()).collect();
                        }
                    }
                    [_, description] => description.clone_into(&mut team.description),
                    _ => return Err(error(format!("a table of teams has 2 or 3 columns, this row has {}", cells.len()))),
                }
                continue;
            }
            if wants_paragraph && !line.trim().is_empty() && !line.starts_with("---") {
                if let Some(current) = root.as_mut().and_then(|r| r.below.last_mut()) {
                    current.what_they_do = line.trim().to_owned();
                    current.description = first_sentence(line.trim());
                }
                wants_paragraph = false;
            }
            continue;
        }
        let content = line.trim_start_matches(|c: char| c.is_whitespace() || "│├└─".contains(c)).trim();
        if content.is_empty() {
            continue;
        }
        if root.is_none() {
            let (name, code) = content.strip_suffix(')').and_then(|c| c.rsplit_once('(')).ok_or_else(|| error(format!("{content:?} is not an officer with a short form in brackets")))?;
            root = Some(Team { code: code.trim().to_owned(), name: name.trim().to_owned(), ..Team::default() });
            continue;
        }
        let Some(current) = root.as_mut().and_then(|r| r.below.last_mut()) else { continue };
        if let Some((code, name)) = team_name(content) {
            if code.starts_with("U-") {
                let team = current.below.last_mut().filter(|_| in_tree).ok_or_else(|| error(format!("sub-team {code} stands under no team")))?;
                if let Some(known) = team.below.iter().find(|t| t.code == code) {
                    return Err(error(format!("sub-team {code} ({}) stands there twice", known.name)));
                }
                team.below.push(Team { code, name, ..Team::default() });
            } else if in_tree {
                // The tree's order is the teams' order: the one being described comes last.
                let team = find_or_add(current, &code, &name);
                let team = std::mem::take(team);
                current.below.retain(|t| !t.code.is_empty());
                current.below.push(Team { scope: Vec::new(), ..team });
            } else {
                find_or_add(current, &code, &name);
            }
            section = Section::None;
        } else if in_tree {
            match content.trim_end_matches(':') {
                "Scope" => section = Section::Scope,
                "Tasks" => section = Section::Tasks,
                // The division's own line at the head of its tree: `1A - Facilities`.
                _ if content.starts_with(|c: char| c.is_ascii_digit()) && section == Section::None && content.contains(" - ") => {}
                leaf => {
                    let team = current.below.last_mut().ok_or_else(|| error(format!("{leaf:?} stands under no team")))?;
                    match section {
                        Section::Scope => team.scope.push(leaf.to_owned()),
                        Section::Tasks => team.tasks.push(leaf.to_owned()),
                        Section::None => return Err(error(format!("{leaf:?} is neither scope nor task"))),
                    }
                }
            }
        }
    }
    let root = root.ok_or(DocumentError { line: 1, what: "there is no tree with the officer at its head".to_owned() })?;
    check(&root)?;
    Ok(root)
}

fn check(root: &Team) -> Result<(), DocumentError> {
    let nowhere = |what: String| DocumentError { line: 1, what };
    if root.below.is_empty() {
        return Err(nowhere("there is no heading of a division, such as `# **A – Facilities**`".to_owned()));
    }
    let mut codes = std::collections::HashSet::new();
    for team in root.below.iter().flat_map(|d| std::iter::once(d).chain(&d.below).chain(d.below.iter().flat_map(|t| &t.below))) {
        if !codes.insert(team.code.to_lowercase()) {
            return Err(nowhere(format!("the code {} stands for two teams", team.code)));
        }
    }
    match root.below.iter().find(|d| d.below.is_empty()) {
        Some(empty) => Err(nowhere(format!("division {} has no teams", empty.code))),
        None => Ok(()),
    }
}

/// `# **A – Facilities & Physical Infrastructure**`
fn division_heading(line: &str) -> Option<(String, String)> {
    let title = line.strip_prefix("# ")?.trim().trim_matches('*').trim();
    let (code, name) = title.split_once('–').or_else(|| title.split_once(" - "))?;
    let code = code.trim();
    (code.len() == 1 && code.chars().all(|c| c.is_ascii_uppercase())).then(|| (code.to_owned(), name.trim().to_owned()))
}

/// `| **A-1 Buying** | … |` as its cells; none for the head and the rule.
fn table_row(line: &str) -> Option<Vec<String>> {
    let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let cells: Vec<String> = inner.split('|').map(|c| c.trim().trim_matches('*').trim().to_owned()).collect();
    (!cells.iter().all(|c| c.chars().all(|x| x == '-' || x == ':'))).then_some(cells)
}

/// `A-1 Buying & Vendor Management`, `IT-2 …`, `U-FA1 Kubecost`
fn team_name(text: &str) -> Option<(String, String)> {
    let (code, name) = text.trim().split_once(' ')?;
    let (letters, rest) = code.split_once('-')?;
    let right = match letters {
        "U" => rest.len() >= 2 && rest.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()) && rest.ends_with(|c: char| c.is_ascii_digit()),
        _ => (1..=2).contains(&letters.len()) && letters.chars().all(|c| c.is_ascii_uppercase()) && !rest.is_empty() && rest.chars().all(|c| c.is_ascii_digit()),
    };
    right.then(|| (code.to_owned(), name.trim().to_owned()))
}

fn find_or_add<'a>(division: &'a mut Team, code: &str, name: &str) -> &'a mut Team {
    let at = division.below.iter().position(|t| t.code == code).unwrap_or_else(|| {
        division.below.push(Team { code: code.to_owned(), name: name.to_owned(), ..Team::default() });
        division.below.len() - 1
    });
    &mut division.below[at]
}

fn first_sentence(text: &str) -> String {
    text.split_once(". ").map_or_else(|| text.to_owned(), |(first, _)| format!("{first}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "```\nChief Example Officer (CEO)\n│\n├─ [1] A - Works\n```\n# **A – Works**\n```\n1A - Works\n├─ A-1 Buying\n└─ A-2 Stores\n```\n### What This Team Does:\n\nIt works. Every day.\n\n| Team | Scope | What They Do |\n|---|---|---|\n| **A-1 Buying** | Vendors, Money | Buys things |\n| **A-2 Stores** | U-S1 Dock | Keeps things |\n\n| Team | Description |\n|---|---|\n| **A-1 Buying** | The buyers. |\n\n### **A – Team Tree View**\n```\n1A - Works\n├─ A-1 Buying\n│   ├─ Scope:\n│   │   ├─ Vendors\n│   ├─ Tasks:\n│   │   └─ Talk\n└─ A-2 Stores\n    ├─ U-S1 Dock\n    ├─ Tasks:\n    │   └─ Receive\n```\n";

    #[test]
    fn divisions_teams_and_sub_teams_are_read_with_what_they_do() {
        let root = parse(SMALL).unwrap_or_else(|e| panic!("{e}"));
        assert_eq!((root.code.as_str(), root.below.len(), root.below[0].below.len()), ("CEO", 1, 2));
        let (buying, stores) = (&root.below[0].below[0], &root.below[0].below[1]);
        assert_eq!((buying.scope.as_slice(), buying.tasks.as_slice(), buying.description.as_str(), buying.what_they_do.as_str()), (["Vendors".to_owned()].as_slice(), ["Talk".to_owned()].as_slice(), "The buyers.", "Buys things"));
        assert_eq!((stores.below[0].code.as_str(), stores.tasks.as_slice()), ("U-S1", ["Receive".to_owned()].as_slice()));
        assert_eq!(root.below[0].description, "It works.");
    }

    #[test]
    fn what_is_wrong_is_named_with_its_line() {
        let twice = SMALL.replace("├─ U-S1 Dock\n", "├─ U-S1 Dock\n    ├─ U-S1 Dock\n");
        assert!(parse(&twice).is_err_and(|e| e.line > 30 && e.what.contains("twice")));
        assert!(parse("nothing").is_err());
    }

    #[test]
    fn the_real_document_has_nine_divisions_forty_teams_and_thirty_three_sub_teams() {
        let Ok(shared) = std::env::var("QM_SHARED") else { return };
        let path = std::path::Path::new(&shared).join("data/org/infra-team-structure.md");
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("QM_SHARED is set, but {}: {e}", path.display()));
        let root = parse(&text).unwrap_or_else(|e| panic!("{e}"));
        let teams: Vec<&Team> = root.below.iter().flat_map(|d| &d.below).collect();
        assert_eq!((root.name.as_str(), root.below.len(), teams.len(), teams.iter().map(|t| t.below.len()).sum::<usize>()), ("Chief Infrastructure & Platform Officer", 9, 40, 33));
        assert!(teams.iter().all(|t| !t.tasks.is_empty() && !t.what_they_do.is_empty() && !t.description.is_empty()));
    }
}
