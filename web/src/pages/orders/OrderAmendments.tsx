/** How an order was changed after it was agreed upon: every amendment with what it changed. */
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import table from "@/ui/table.module.css";
import { Instant, Money } from "@/ui/values";
import type { AmendmentChange, OrderRecord } from "./types";

export function OrderAmendments({ order }: { order: OrderRecord }) {
  const amendments = order.amendments ?? [];
  if (amendments.length === 0) return null;
  return (
    <Section title="Amendments">
      <SmallTable
        label="Amendments"
        heads={[
          "#",
          "State",
          "What changed",
          { text: "From", number: true },
          { text: "To", number: true },
          "By",
        ]}
      >
        <tbody>
          {amendments.map((amendment) => (
            <tr key={amendment.number}>
              <th scope="row" className="tabular">
                {amendment.number}
              </th>
              <td>
                <State state={amendment.status} />
              </td>
              <td>
                {amendment.changes.map((change) => (
                  <div key={`${change.line} ${change.what} ${change.after}`}>{said(change)}</div>
                ))}
                <span className="muted">“{amendment.reason}”</span>
              </td>
              <td className={table.number}>
                <Money amount={amendment.total_before} currency={order.currency} />
              </td>
              <td className={table.number}>
                <Money amount={amendment.total_after} currency={order.currency} />
              </td>
              <td>
                {amendment.asked_by}, <Instant at={amendment.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </Section>
  );
}

function said({ line, what, before, after }: AmendmentChange): string {
  if (what === "added") return `New line: ${after}`;
  const of = line === null ? "" : `Line ${line}: `;
  return `${of}${what} ${before ?? "none"} to ${after}`;
}
