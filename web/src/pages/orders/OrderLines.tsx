/** The lines of an order with the progress of their receipt. */
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import { Meter, Money, Quantity } from "@/ui/values";
import { expected } from "./lines";
import type { OrderRecord } from "./types";

export function OrderLines({ order }: { order: OrderRecord }) {
  if (order.lines.length === 0)
    return <EmptyState title="No lines yet">Edit the order to say what to buy.</EmptyState>;
  return (
    <SmallTable
      label="Lines of the order"
      heads={[
        "#",
        "Model",
        "Part number",
        { text: "Quantity", number: true },
        { text: "Unit price", number: true },
        { text: "Line total", number: true },
        { text: "Received", minWidth: 132 },
      ]}
    >
      <tbody>
        {order.lines.map((line) => (
          <tr key={line.id}>
            <td className="faint tabular">{line.number}</td>
            <th scope="row">
              <Link to={pb.model(line.model.code ?? line.model.id ?? line.model.name)}>
                {line.model.name}
              </Link>
              {line.description && <span className="muted"> {line.description}</span>}
              {line.requests?.map((request) => (
                <div key={`${request.code} ${request.line}`} className="muted small">
                  {request.quantity} for <Link to={pb.request(request.code)}>{request.code}</Link>,{" "}
                  {request.requester} of {request.team}
                </div>
              ))}
            </th>
            <td className="mono">{line.model.part_number}</td>
            <td className={table.number}>
              <Quantity value={line.quantity} unit={line.unit} />
              {Number(line.cancelled ?? 0) > 0 && <div className="faint">{line.cancelled} given up</div>}
            </td>
            <td className={table.number}>
              <Money amount={line.unit_price} />
              {Number(line.discount_percent ?? 0) > 0 && (
                <div className="faint">less {line.discount_percent} %</div>
              )}
            </td>
            <td className={table.number}>
              <Money amount={line.line_total} />
            </td>
            <td>
              <div style={{ display: "grid", gridTemplateColumns: "1fr auto", alignItems: "center", gap: 8 }}>
                <Meter
                  value={line.received}
                  max={expected(line)}
                  label={`Received of line ${line.number}`}
                  warn={2}
                />
                <span className="tabular">
                  {line.received} of {expected(line)}
                </span>
              </div>
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        {extra(order).map(([label, amount]) => (
          <tr key={label} className="muted">
            <td colSpan={5}>{label}</td>
            <td className={table.number}>
              <Money amount={amount} currency={order.currency} />
            </td>
            <td />
          </tr>
        ))}
        <tr>
          <td colSpan={5}>Total</td>
          <td className={table.number}>
            <Money amount={order.total} currency={order.currency} />
          </td>
          <td />
        </tr>
      </tfoot>
    </SmallTable>
  );
}

/** Between the lines and the total: what there is of tax and freight. */
function extra(order: OrderRecord): [string, string][] {
  const parts: [string, string | null | undefined][] = [
    ["Net", order.net],
    ["Tax", order.tax],
    ["Freight", order.freight],
  ];
  const there = parts.filter(([, amount]) => Number(amount ?? 0) > 0) as [string, string][];
  return there.length > 1 ? there : [];
}
