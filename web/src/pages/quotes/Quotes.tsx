/** Requests for quotation. */
import { useNavigate } from "@tanstack/react-router";
import { useMe } from "@/api/hooks";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { ActionButton } from "@/ui/ActionBar";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";

export function Quotes() {
  return (
    <ListPage
      title="Requests for quotation"
      list="quote-requests"
      siblings={orderSiblings}
      open={(row) => pb.quote(codeOf(row))}
      actions={<NewQuoteButton />}
      empty={
        <EmptyState title="No vendor was asked yet" action={<NewQuoteButton />}>
          Ask several vendors for the same lines, enter what they answer, and the best becomes the order.
        </EmptyState>
      }
    />
  );
}

function NewQuoteButton() {
  const navigate = useNavigate();
  const asOf = useAsOf();
  const me = useMe();
  const may = me.data?.may?.create_quote_request !== false;
  const reason = asOf ? READ_ONLY_PAST : may ? null : "Asking vendors needs the role procurement on a team.";
  return (
    <ActionButton
      label="New request for quotation"
      primary
      reason={reason}
      onClick={() => navigate({ to: pb.quoteNew() })}
    />
  );
}
