/** The neighbouring lists of assets. */
import { pb } from "@/lib/paths";

export const assetSiblings = [
  { label: "Assets", to: pb.assets() },
  { label: "Models", to: pb.models() },
  { label: "Manufacturers", to: pb.manufacturers() },
];
