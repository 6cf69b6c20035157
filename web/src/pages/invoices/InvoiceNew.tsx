/** A new invoice: first of which order, then what the paper says. */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useRecord } from "@/api/hooks";
import { nameOf } from "@/api/refs";
import { pb } from "@/lib/paths";
import type { OrderRecord } from "@/pages/orders/types";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";
import { InvoiceForm } from "./InvoiceForm";

export function InvoiceNew() {
  const { order } = useSearch({ strict: false }) as { order?: string };
  return order ? <OfOrder code={order} /> : <WhichOrder />;
}

function WhichOrder() {
  const navigate = useNavigate();
  return (
    <Page title="New invoice">
      <div style={{ maxWidth: 420 }}>
        <RecordPicker
          label="Of which order"
          target="purchase-orders"
          filter={{ status: "in:ordered,partly_received,received,closed" }}
          autoFocus
          value=""
          onChange={(code, found) =>
            found && navigate({ to: pb.invoiceNew(), search: { order: code } as never })
          }
        />
      </div>
    </Page>
  );
}

function OfOrder({ code }: { code: string }) {
  const { data, error, refetch } = useRecord<OrderRecord>(`/purchase-orders/${encodeURIComponent(code)}`);
  const order = data?.data;
  return (
    <Page
      title="New invoice"
      lead={
        order && (
          <span>
            {nameOf(order.vendor)}, for <span className="mono">{order.code}</span>
          </span>
        )
      }
    >
      {error && <ProblemCard error={error} onRetry={() => refetch()} />}
      {order && <InvoiceForm key={order.code} order={order} />}
    </Page>
  );
}
