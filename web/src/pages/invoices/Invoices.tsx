/** All invoices, with what the held ones are held for. */
import { useNavigate } from "@tanstack/react-router";
import { useMe } from "@/api/hooks";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { ActionButton } from "@/ui/ActionBar";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";

export function Invoices() {
  return (
    <ListPage
      title="Invoices"
      list="invoices"
      siblings={orderSiblings}
      open={(row) => pb.invoice(codeOf(row))}
      actions={<NewInvoiceButton />}
      empty={
        <EmptyState title="No invoices yet" action={<NewInvoiceButton />}>
          An invoice is entered against its order. What matches what was received is approved at once; the
          rest is held with the reason.
        </EmptyState>
      }
    />
  );
}

function NewInvoiceButton() {
  const navigate = useNavigate();
  const asOf = useAsOf();
  const me = useMe();
  const may = me.data?.may?.enter_invoice !== false;
  const reason = asOf
    ? READ_ONLY_PAST
    : may
      ? null
      : "Entering an invoice needs the role procurement on a team.";
  return (
    <ActionButton
      label="New invoice"
      primary
      reason={reason}
      onClick={() => navigate({ to: pb.invoiceNew() })}
    />
  );
}
