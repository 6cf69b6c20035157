/** What vendors charged, less what they gave back, by month and by whatever one asks. */
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { TotalsPage } from "./TotalsPage";

const dimensions = [
  { value: "team", label: "Team" },
  { value: "vendor", label: "Vendor" },
  { value: "category", label: "Category" },
  { value: "month", label: "Month" },
  { value: "budget_kind", label: "Capex or opex" },
  { value: "budget", label: "Budget" },
  { value: "status", label: "State of the invoice" },
  { value: "kind", label: "Charged or credited" },
];

export function Spend() {
  return (
    <TotalsPage
      title="Spend"
      counted="Lines of invoices less those of credit notes, on the day of the paper, tax included, at the rate that was kept."
      list="spend"
      rows={pb.spendLines()}
      month={{ by: "month", label: "By month" }}
      dimensions={dimensions}
      day="day"
      empty={
        <EmptyState title="Nothing was charged" action={<Link to={pb.invoiceNew()}>Enter an invoice</Link>}>
          Choose another period or take a filter away; or enter what vendors charge.
        </EmptyState>
      }
    />
  );
}
