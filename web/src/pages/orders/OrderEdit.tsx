/** Editing a draft order in the same grid. */
import { useParams } from "@tanstack/react-router";
import { useRecord } from "@/api/hooks";
import { codeOf, nameOf } from "@/api/refs";
import { formatMoney } from "@/lib/format";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { type Entry, emptyEntry, emptyLine } from "./entry";
import { OrderForm } from "./OrderForm";
import type { OrderRecord } from "./types";

function entryOf(order: OrderRecord): Entry {
  return {
    ...emptyEntry(),
    vendor: codeOf(order.vendor) ?? "",
    vendorLabel: nameOf(order.vendor) ?? "",
    team: codeOf(order.team) ?? "",
    teamLabel: nameOf(order.team) ?? "",
    deliver_to: codeOf(order.deliver_to) ?? "",
    deliverLabel: nameOf(order.deliver_to) ?? "",
    currency: order.currency,
    needed_by: order.needed_by ?? "",
    notes: order.notes ?? "",
    budget: order.budget ?? "",
    budgetLabel: order.budget ?? "",
    freight: Number(order.freight ?? 0) > 0 ? String(order.freight) : "",
    exchange_rate: order.currency === order.base_currency ? "" : (order.exchange_rate ?? ""),
    lines: order.lines.map((line) => ({
      ...emptyLine(),
      model: line.model.code ?? line.model.id ?? "",
      modelLabel: line.model.name,
      quantity: String(line.quantity),
      price: formatMoney(line.unit_price, order.currency).replace(/\s/g, ""),
      description: line.description ?? "",
      rest: {
        discount_percent: line.discount_percent,
        tax_percent: line.tax_percent,
        tolerance_percent: String(line.tolerance_percent ?? 0),
        deliver_to: line.deliver_to ?? undefined,
        needed_by: line.needed_by ?? undefined,
      },
    })),
  };
}

export function OrderEdit() {
  const { code } = useParams({ strict: false }) as { code: string };
  const { data, error, refetch } = useRecord<OrderRecord>(`/purchase-orders/${encodeURIComponent(code)}`);
  return (
    <Page title={`Edit ${code}`}>
      {error ? <ProblemCard error={error} onRetry={() => refetch()} /> : null}
      {data && (
        <OrderForm
          key={data.etag}
          draft={`purchase-order ${code} ${data.etag}`}
          initial={entryOf(data.data)}
          editing={{ code, etag: data.etag }}
        />
      )}
    </Page>
  );
}
