/** All purchase orders. */
import { useNavigate } from "@tanstack/react-router";
import { useMe } from "@/api/hooks";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { pb } from "@/lib/paths";
import { ActionButton } from "@/ui/ActionBar";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { orderSiblings } from "./siblings";

export function Orders() {
  return (
    <ListPage
      title="Purchase orders"
      list="purchase-orders"
      siblings={orderSiblings}
      open={(row) => pb.order(codeOf(row))}
      actions={<NewOrderButton />}
      empty={
        <EmptyState title="No orders yet" action={<NewOrderButton />}>
          An order names what to buy and for whom; what arrives against it becomes assets and stock.
        </EmptyState>
      }
    />
  );
}

function NewOrderButton() {
  const navigate = useNavigate();
  const asOf = useAsOf();
  const me = useMe();
  const may = me.data?.may?.create_purchase_order !== false;
  const reason = asOf
    ? READ_ONLY_PAST
    : may
      ? null
      : "Raising an order needs the role procurement on a team.";
  return (
    <ActionButton label="New order" primary reason={reason} onClick={() => navigate({ to: pb.orderNew() })} />
  );
}
