/** Amounts by month as columns; each leads to the rows behind it. What is below nothing hangs hatched from the line. */
import { Link } from "@tanstack/react-router";
import { formatMoney, plural } from "@/lib/format";
import classes from "./charts.module.css";
import { everyMonth, monthName, scaleOf, shortMonth } from "./months";
import type { Bar } from "./types";

interface Props {
  label: string;
  /** With the month as key, `2026-03`. */
  bars: Bar[];
  currency: string;
}

export function MonthColumns({ label, bars, currency }: Props) {
  const months = everyMonth(bars);
  const { zero, height } = scaleOf(bars.map((bar) => Number(bar.amount)));
  return (
    <ul className={classes.months} aria-label={label}>
      {months.map((month, index) => {
        const amount = Number(month.bar?.amount ?? 0);
        const inside = (
          <>
            <span className={classes.plot}>
              <span className={classes.zero} style={{ top: `${zero}%` }} />
              {month.bar && (
                <span
                  className={classes.column}
                  data-negative={amount < 0 || undefined}
                  style={{
                    top: `${amount < 0 ? zero : zero - height(amount)}%`,
                    height: `${height(amount)}%`,
                  }}
                />
              )}
            </span>
            <span className={classes.tick} aria-hidden="true">
              {shortMonth(month.key)}
              {(index === 0 || month.key.endsWith("-01")) && (
                <>
                  <br />
                  {month.key.slice(0, 4)}
                </>
              )}
            </span>
          </>
        );
        return (
          <li key={month.key}>
            {month.bar ? (
              <Link
                to={month.bar.to}
                search={month.bar.search as never}
                className={classes.month}
                title={`${monthName(month.key)}: ${formatMoney(month.bar.amount, currency)} ${currency}`}
                aria-label={`${monthName(month.key)}: ${formatMoney(month.bar.amount, currency)} ${currency}, ${plural(month.bar.rows, "line")}`}
              >
                {inside}
              </Link>
            ) : (
              <span className={classes.month}>
                {inside}
                <span className="sr">{monthName(month.key)}: nothing</span>
              </span>
            )}
          </li>
        );
      })}
    </ul>
  );
}
