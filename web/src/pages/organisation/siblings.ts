/** The neighbouring pages of the organisation. */
import { pb } from "@/lib/paths";

export const orgSiblings = [
  { label: "Teams", to: pb.organisation() },
  { label: "People", to: pb.people() },
  { label: "Positions", to: pb.positions() },
];
