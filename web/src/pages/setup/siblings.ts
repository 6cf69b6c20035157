/** The neighbouring pages of what is set up for procurement. */
import { pb } from "@/lib/paths";

export const setupSiblings = [
  { label: "Purchase orders", to: pb.orders() },
  { label: "Approvals", to: pb.approvals() },
  { label: "Absences", to: pb.absences() },
  { label: "Approval policies", to: pb.policies() },
  { label: "Approver groups", to: pb.groups() },
  { label: "Invoice tolerances", to: pb.tolerances() },
  { label: "Budgets", to: pb.budgets() },
];
