/** The circle of an order: ordered, received, returned, invoiced and credited by line, with its invoices and returns. */
import { pb } from "@/lib/paths";
import type { OrderRecord } from "@/pages/orders/types";
import { Code } from "@/ui/Code";
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import table from "@/ui/table.module.css";
import { Day, Instant, Money, Quantity } from "@/ui/values";

export function OrderInvoices({ order }: { order: OrderRecord }) {
  const invoices = order.invoices ?? [];
  const returns = order.returns ?? [];
  if (invoices.length + returns.length === 0) return null;
  return (
    <>
      <Section title="Invoiced">
        <SmallTable
          label="Invoiced by line"
          heads={["#", "Model", ...columns.map(([text]) => ({ text, number: true }))]}
        >
          <tbody>
            {order.lines.map((line) => (
              <tr key={line.id}>
                <td className="faint tabular">{line.number}</td>
                <th scope="row">{line.model.name}</th>
                {columns.map(([text, value]) => (
                  <td key={text} className={table.number}>
                    <Quantity value={value(line)} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </SmallTable>
        {invoices.length > 0 && (
          <SmallTable
            label="Invoices"
            heads={[
              "Invoice",
              "Vendor's number",
              "State",
              "Of",
              { text: "Total", number: true },
              { text: "Credited", number: true },
            ]}
          >
            <tbody>
              {invoices.map((invoice) => (
                <tr key={invoice.code}>
                  <th scope="row">
                    <Code value={invoice.code} to={pb.invoice(invoice.code)} bare />
                  </th>
                  <td className="mono">{invoice.number}</td>
                  <td>
                    <State state={invoice.status} />{" "}
                    {invoice.held_for && <span className="faint">{invoice.held_for.join(", ")}</span>}
                  </td>
                  <td>
                    <Day at={invoice.invoiced_on} />
                  </td>
                  <td className={table.number}>
                    <Money amount={invoice.total} currency={invoice.currency} />
                  </td>
                  <td className={table.number}>
                    <Money amount={invoice.credited} />
                  </td>
                </tr>
              ))}
            </tbody>
          </SmallTable>
        )}
      </Section>
      {returns.length > 0 && (
        <Section title="Returned">
          <SmallTable
            label="Returns"
            heads={["Return", "RMA", "State", "Expects", { text: "Pieces", number: true }, "Sent", "Reason"]}
          >
            <tbody>
              {returns.map((back) => (
                <tr key={back.code}>
                  <th scope="row">
                    <Code value={back.code} to={pb.vendorReturn(back.code)} bare />
                  </th>
                  <td className="mono">{back.rma_number}</td>
                  <td>
                    <State state={back.status} />
                  </td>
                  <td>{back.expects}</td>
                  <td className={table.number}>
                    <Quantity value={back.pieces} />
                  </td>
                  <td>
                    <Instant at={back.at} />
                  </td>
                  <td>{back.reason}</td>
                </tr>
              ))}
            </tbody>
          </SmallTable>
        </Section>
      )}
    </>
  );
}

type Line = OrderRecord["lines"][number];
const columns: [string, (line: Line) => number | undefined][] = [
  ["Ordered", (line) => line.quantity - Number(line.cancelled ?? 0)],
  ["Received", (line) => line.received],
  ["Returned", (line) => line.returned],
  ["Invoiced", (line) => line.invoiced],
  ["Credited", (line) => line.credited],
  ["To invoice", (line) => line.to_invoice],
];
