/** The neighbouring lists of licences. */
import { pb } from "@/lib/paths";

export const licenceSiblings = [
  { label: "Entitlements", to: pb.licences() },
  { label: "Assignments", to: pb.assignments() },
];
