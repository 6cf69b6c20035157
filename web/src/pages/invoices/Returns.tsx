/** What went back to vendors, and whether its credit or replacement has come. */
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";

export function Returns() {
  return (
    <ListPage
      title="Returns"
      list="returns"
      siblings={orderSiblings}
      open={(row) => pb.vendorReturn(codeOf(row))}
      empty={
        <EmptyState title="Nothing went back yet">
          Open the order that brought it, then Return to the vendor.
        </EmptyState>
      }
    />
  );
}
