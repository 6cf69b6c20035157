/** A figure's months as small bars, a hollow mark where there was nothing to count; the numbers in a table beneath, for whoever wants them. */
import { formatQuantity } from "@/lib/format";
import { SmallTable } from "@/ui/SmallTable";
import { Dash } from "@/ui/values";
import classes from "./Scorecard.module.css";
import type { ScoreFigure } from "./types";

const HEIGHT = 40;
const month = new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", timeZone: "UTC" });
const nameOf = (from: string) => month.format(new Date(`${from}T00:00:00Z`));

export function MonthBars({ figure, unit }: { figure: ScoreFigure; unit: string }) {
  const { months } = figure;
  const values = months.map((one) => (one.value == null ? null : Number(one.value)));
  const top = unit === "%" ? 100 : Math.max(1, ...values.map((value) => value ?? 0));
  const step = 100 / Math.max(months.length, 1);
  const first = months[0];
  const last = months.at(-1);
  if (!first || !last) return null;
  return (
    <>
      <svg
        className={classes.bars}
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={`${figure.label} by month, ${nameOf(first.from)} to ${nameOf(last.from)}`}
      >
        {months.map((one, index) => {
          const value = values[index];
          const height = value == null ? 0 : Math.max(1.5, (value / top) * (HEIGHT - 2));
          return (
            <rect
              key={one.from}
              x={index * step + step * 0.12}
              width={step * 0.76}
              y={value == null ? HEIGHT - 1 : HEIGHT - height}
              height={value == null ? 1 : height}
              className={value == null ? classes.none : classes.bar}
            >
              <title>
                {nameOf(one.from)}:{" "}
                {one.value == null ? "nothing to count" : `${formatQuantity(one.value)} ${unit} of ${one.of}`}
              </title>
            </rect>
          );
        })}
      </svg>
      <div className={classes.axis} aria-hidden="true">
        <span>{nameOf(first.from)}</span>
        <span>{nameOf(last.from)}</span>
      </div>
      <details className={classes.months}>
        <summary>Months</summary>
        <SmallTable
          label={`${figure.label} by month`}
          heads={["Month", { text: unit, number: true }, { text: "of", number: true }]}
          maxHeight={220}
        >
          <tbody>
            {months.map((one) => (
              <tr key={one.from}>
                <th scope="row">{nameOf(one.from)}</th>
                <td className={classes.number}>{one.value == null ? <Dash /> : formatQuantity(one.value)}</td>
                <td className={classes.number}>{formatQuantity(one.of)}</td>
              </tr>
            ))}
          </tbody>
        </SmallTable>
      </details>
    </>
  );
}
