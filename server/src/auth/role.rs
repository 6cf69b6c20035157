//! The roles that are granted on teams.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Administrator,
    Procurement,
    Approver,
    Warehouse,
    Technician,
    LicenceManager,
    Auditor,
    Viewer,
}

impl Role {
    pub const ALL: [Role; 8] =
        [Role::Administrator, Role::Procurement, Role::Approver, Role::Warehouse, Role::Technician, Role::LicenceManager, Role::Auditor, Role::Viewer];

    /// As stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Administrator => "administrator",
            Role::Procurement => "procurement",
            Role::Approver => "approver",
            Role::Warehouse => "warehouse",
            Role::Technician => "technician",
            Role::LicenceManager => "licence_manager",
            Role::Auditor => "auditor",
            Role::Viewer => "viewer",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == text)
    }
}

impl std::fmt::Display for Role {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.as_str().replace('_', " "))
    }
}

impl std::str::FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::parse(text).ok_or_else(|| format!("There is no role {text}. Roles: {}.", Self::ALL.map(Role::as_str).join(", ")))
    }
}
