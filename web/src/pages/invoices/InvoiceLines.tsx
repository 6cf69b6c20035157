/** The match, line by line: what was ordered, received and kept, charged, and where they differ. */
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import { Money, Quantity } from "@/ui/values";
import { Differences } from "./Differences";
import type { InvoiceLine, InvoiceRecord } from "./types";

export function InvoiceLines({ invoice }: { invoice: InvoiceRecord }) {
  return (
    <SmallTable
      label="Match by line"
      heads={[
        "#",
        "What",
        { text: "Ordered", number: true },
        { text: "Received", number: true },
        { text: "Invoiced", number: true },
        { text: "Order's price", number: true },
        { text: "Price", number: true },
        { text: "Net", number: true },
        { text: "Tax", number: true },
      ]}
    >
      <tbody>
        {invoice.lines.map((line) => (
          <tr key={line.number}>
            <td className="faint tabular">{line.number}</td>
            <th scope="row">
              {line.model ?? line.description}
              {line.order_line && <span className="faint"> line {line.order_line}</span>}
              <Differences of={line.differences} />
            </th>
            <td className={table.number}>
              <Quantity value={line.ordered} unit={line.unit} />
            </td>
            <td className={table.number}>
              <Quantity value={line.received} />
              {line.returned > 0 && <div className="faint">{line.returned} returned</div>}
            </td>
            <td className={table.number}>
              <Quantity value={line.quantity} />
              {others(line) > 0 && <div className="faint">{others(line)} by others</div>}
              {line.credited > 0 && <div className="faint">{line.credited} credited</div>}
            </td>
            <td className={table.number}>
              <Money amount={line.order_price} />
              {Number(line.order_discount) > 0 && <div className="faint">less {line.order_discount} %</div>}
            </td>
            <td className={table.number}>
              <Money amount={line.unit_price} />
              {Number(line.discount_percent) > 0 && (
                <div className="faint">less {line.discount_percent} %</div>
              )}
            </td>
            <td className={table.number}>
              <Money amount={line.net} />
            </td>
            <td className={table.number}>
              <Money amount={line.tax} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={7}>
            Total <Money amount={invoice.total} currency={invoice.currency} />
          </td>
          <td className={table.number}>
            <Money amount={invoice.net} />
          </td>
          <td className={table.number}>
            <Money amount={invoice.tax} />
          </td>
        </tr>
      </tfoot>
    </SmallTable>
  );
}

/** What other invoices charge for of the same line of the order. */
const others = (line: InvoiceLine) =>
  line.kind === "order" ? line.invoiced - (line.quantity - line.credited) : 0;
