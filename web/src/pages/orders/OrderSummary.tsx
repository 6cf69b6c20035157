/** What the order adds up to, and how that stands against the team's budget. */
import { useRead } from "@/api/hooks";
import type { Page, Row } from "@/api/types";
import { addMoney, formatMoney, parsePrice, plural } from "@/lib/format";
import { Meter, Money } from "@/ui/values";
import { type Entry, entryTotal, isBlank, quantityOf } from "./entry";
import classes from "./OrderForm.module.css";

export function OrderSummary({ entry }: { entry: Entry }) {
  const lines = entry.lines.filter((line) => !isBlank(line));
  const pieces = lines.reduce((sum, line) => sum + (quantityOf(line) ?? 0), 0);
  const total = addMoney([entryTotal(entry.lines), parsePrice(entry.freight ?? "") ?? "0"]);
  return (
    <>
      <h2>This order</h2>
      <div className={classes.sum} aria-live="polite">
        <span className="muted">{plural(lines.length, "line")}</span>
        <span className="tabular muted">{plural(pieces, "piece")}</span>
        <span className={classes.grand}>Total</span>
        <span className={`${classes.grand} tabular`}>
          {formatMoney(total, entry.currency)} <span className="faint small">{entry.currency}</span>
        </span>
      </div>
      {lines.some(
        (line) => Number(line.rest?.discount_percent ?? 0) + Number(line.rest?.tax_percent ?? 0) > 0,
      ) && <p className="faint small">Before discounts and tax: the saved draft says the total.</p>}
      {entry.team && <Budget team={entry.team} total={total} />}
    </>
  );
}

function Budget({ team, total }: { team: string; total: string }) {
  const budgets = useRead<Page<Row>>("/budgets", { team, limit: 5, sort: "-fiscal_year" }, { keep: true });
  const budget = budgets.data?.items.find((row) => row.kind === "capex") ?? budgets.data?.items[0];
  if (!budget) return null;
  const amount = Number(budget.amount ?? 0);
  const used = addMoney([budget.reserved, budget.committed, budget.spent].map((part) => String(part ?? "0")));
  const after = addMoney([used, total]);
  return (
    <div style={{ display: "grid", gap: 4 }}>
      <span className="muted">
        Budget {String(budget.kind ?? "")} {String(budget.fiscal_year ?? "")}
      </span>
      <Meter value={Number(after)} max={amount} label="Budget used with this order" />
      <span className="small">
        <Money amount={after} /> of{" "}
        <Money amount={String(budget.amount)} currency={String(budget.currency ?? "")} />
      </span>
    </div>
  );
}
