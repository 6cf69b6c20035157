/** What vendors have announced and is on its way. */
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";

export function Notices() {
  return (
    <ListPage
      title="Shipping notices"
      list="shipping-notices"
      siblings={orderSiblings}
      open={(row) => pb.notice(String(row.code))}
      empty={
        <EmptyState title="Nothing is announced">
          When a vendor says what is on its way, enter it on the order’s page: the dock then only verifies.
        </EmptyState>
      }
    />
  );
}
