/** What is ordered and not invoiced yet, by the month in which it is expected and by whatever one asks. */
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { TotalsPage } from "./TotalsPage";

const dimensions = [
  { value: "team", label: "Team" },
  { value: "budget", label: "Budget" },
  { value: "expected_month", label: "Month expected" },
  { value: "vendor", label: "Vendor" },
  { value: "category", label: "Category" },
  { value: "status", label: "State of the order" },
];

export function Commitments() {
  return (
    <TotalsPage
      title="Open commitments"
      counted="What is ordered and not invoiced, at the order's prices and rate, tax and freight included; less what was given up or went back for a credit."
      list="commitments"
      rows={pb.commitmentLines()}
      month={{ by: "expected_month", label: "By month expected" }}
      dimensions={dimensions}
      empty={
        <EmptyState title="Nothing is open" action={<Link to={pb.orders()}>Purchase orders</Link>}>
          All that is ordered is invoiced, as far as these filters reach.
        </EmptyState>
      }
    />
  );
}
