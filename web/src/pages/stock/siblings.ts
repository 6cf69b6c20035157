/** The neighbouring lists of the store. */
import { pb } from "@/lib/paths";

export const stockSiblings = [
  { label: "Stock", to: pb.stock() },
  { label: "Movements", to: pb.movements() },
  { label: "Locations", to: pb.locations() },
];
