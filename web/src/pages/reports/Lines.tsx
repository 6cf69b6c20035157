/** The rows behind the sums: what was charged and credited, and what is ordered and not invoiced, line by line. */
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { moneyReports } from "./siblings";

export function SpendLines() {
  return (
    <ListPage
      title="Lines of spend"
      list="spend"
      siblings={moneyReports}
      open={(row) => pb.invoice(String(row.invoice))}
      empty={
        <EmptyState
          title="Nothing was charged yet"
          action={<Link to={pb.invoiceNew()}>Enter an invoice</Link>}
        >
          Every line of an invoice or credit note stands here from the day on which it is entered.
        </EmptyState>
      }
    />
  );
}

export function CommitmentLines() {
  return (
    <ListPage
      title="Lines of commitments"
      list="commitments"
      siblings={moneyReports}
      open={(row) => pb.order(String(row.order))}
      empty={
        <EmptyState title="Nothing is open" action={<Link to={pb.orders()}>Purchase orders</Link>}>
          All that is ordered is invoiced. An order comes up here when it is marked as ordered.
        </EmptyState>
      }
    />
  );
}
