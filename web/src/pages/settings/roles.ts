/** The roles that can be granted on a team and all below it. */
export const ROLES = [
  "administrator",
  "procurement",
  "approver",
  "warehouse",
  "technician",
  "licence_manager",
  "auditor",
  "viewer",
];
