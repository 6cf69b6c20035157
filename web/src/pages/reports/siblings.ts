/** The neighbouring reports about money. */
import { pb } from "@/lib/paths";

export const moneyReports = [
  { label: "Spend", to: pb.spend() },
  { label: "Lines of spend", to: pb.spendLines() },
  { label: "Charge-back", to: pb.chargeBack() },
  { label: "Open commitments", to: pb.commitments() },
  { label: "Lines of commitments", to: pb.commitmentLines() },
];
