/** What arrived, receipt by receipt. */
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { orderSiblings } from "./siblings";

export function Receipts() {
  return (
    <ListPage
      title="Receipts"
      list="receipts"
      siblings={orderSiblings}
      open={(row) => pb.order(String(row.order))}
      empty={
        <EmptyState title="Nothing was received yet">
          Open the scan page, scan an order, then its cartons.
        </EmptyState>
      }
    />
  );
}
