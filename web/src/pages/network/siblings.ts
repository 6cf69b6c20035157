/** The neighbouring lists of the network. */
import { pb } from "@/lib/paths";

export const networkSiblings = [
  { label: "Cables", to: pb.network() },
  { label: "Ports", to: pb.ports() },
];
