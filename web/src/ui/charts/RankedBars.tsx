/** Amounts as bars, the largest first; each leads to the rows behind it. */
import { Link } from "@tanstack/react-router";
import { formatMoney, plural } from "@/lib/format";
import classes from "./charts.module.css";
import type { Bar } from "./types";

interface Props {
  label: string;
  bars: Bar[];
  currency: string;
  /** How many are drawn; the table beside has all. */
  most?: number;
}

export function RankedBars({ label, bars, currency, most = 12 }: Props) {
  const ranked = [...bars].sort((a, b) => Number(b.amount) - Number(a.amount)).slice(0, most);
  const top = Math.max(...ranked.map((bar) => Math.abs(Number(bar.amount))), 0) || 1;
  return (
    <ul className={classes.bars} aria-label={label}>
      {ranked.map((bar) => {
        const amount = Number(bar.amount);
        const written = `${formatMoney(bar.amount, currency)} ${currency}`;
        return (
          <li key={bar.key}>
            <Link
              to={bar.to}
              search={bar.search as never}
              className={classes.row}
              aria-label={`${bar.label}: ${written}, ${plural(bar.rows, "line")}`}
            >
              <span className={classes.name} title={bar.label}>
                {bar.label}
              </span>
              <span className={classes.track}>
                <span
                  className={classes.fill}
                  data-negative={amount < 0 || undefined}
                  style={{ display: "block", width: `${(Math.abs(amount) / top) * 100}%` }}
                />
              </span>
              <span className={classes.amount}>{written}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
