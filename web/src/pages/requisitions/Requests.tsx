/** What teams asked for. */
import { useNavigate } from "@tanstack/react-router";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { ActionButton } from "@/ui/ActionBar";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";

export function Requests() {
  return (
    <ListPage
      title="Requests"
      list="requisitions"
      siblings={orderSiblings}
      open={(row) => pb.request(codeOf(row))}
      actions={<NewRequestButton />}
      empty={
        <EmptyState title="Nothing was asked for yet" action={<NewRequestButton />}>
          Any team asks here for what it needs; buyers order it, and whoever asked follows it to the rack.
        </EmptyState>
      }
    />
  );
}

function NewRequestButton() {
  const navigate = useNavigate();
  const asOf = useAsOf();
  return (
    <ActionButton
      label="New request"
      primary
      reason={asOf ? READ_ONLY_PAST : null}
      onClick={() => navigate({ to: pb.requestNew() })}
    />
  );
}
