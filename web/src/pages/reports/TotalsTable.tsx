/** The figures of a chart as a table: each line leads to its rows; a team with teams below it can be gone into. */
import { Link } from "@tanstack/react-router";
import { formatMoney, formatQuantity } from "@/lib/format";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import type { Line, Sums } from "./totals";

interface Props {
  label: string;
  head: string;
  lines: Line[];
  total: Sums;
  currency: string;
  rows: string;
  filters: Record<string, string>;
  onBelow?: (team: string) => void;
}

export function TotalsTable({ label, head, lines, total, currency, rows, filters, onBelow }: Props) {
  const net = total.amount_net !== undefined;
  const whole = Number(total.amount);
  const share = (amount: string) => (whole > 0 ? `${((Number(amount) / whole) * 100).toFixed(1)} %` : "");
  return (
    <SmallTable
      label={label}
      heads={[
        head,
        { text: "Lines", number: true },
        ...(net ? [{ text: `Before tax, ${currency}`, number: true }] : []),
        { text: `Amount, ${currency}`, number: true },
        { text: "Share", number: true },
      ]}
    >
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">
              <Link to={rows} search={{ ...filters, ...line.filter } as never}>
                {line.label}
              </Link>{" "}
              {line.below && onBelow && (
                <button type="button" className={table.textButton} onClick={() => onBelow(line.below!)}>
                  teams below<span className="sr"> {line.below}</span>
                </button>
              )}
            </th>
            <td className={table.number}>{formatQuantity(line.rows)}</td>
            {net && <td className={table.number}>{formatMoney(line.amount_net, currency)}</td>}
            <td className={table.number}>{formatMoney(line.amount, currency)}</td>
            <td className={table.number}>{share(line.amount)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td>All</td>
          <td className={table.number}>{formatQuantity(total.rows)}</td>
          {net && <td className={table.number}>{formatMoney(total.amount_net, currency)}</td>}
          <td className={table.number}>{formatMoney(total.amount, currency)}</td>
          <td />
        </tr>
      </tfoot>
    </SmallTable>
  );
}
