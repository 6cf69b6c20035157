/** What came damaged, wrong, refused, unannounced or not at all. */
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";

export function Discrepancies() {
  return (
    <ListPage
      title="Discrepancies"
      list="discrepancies"
      siblings={orderSiblings}
      open={(row) => pb.discrepancy(String(row.code))}
      empty={
        <EmptyState title="Everything came as it was ordered">
          What comes damaged, wrong or not at all is reported from the order’s page and waits here.
        </EmptyState>
      }
    />
  );
}
