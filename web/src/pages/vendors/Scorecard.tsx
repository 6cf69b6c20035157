/** How a vendor delivers and what it charges, in a period: each figure with its number, its months, and what it says. */
import { Select } from "@mantine/core";
import { useState } from "react";
import { useRead } from "@/api/hooks";
import { useAsOf } from "@/app/as-of";
import { formatDate, formatMoney, formatQuantity } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Code } from "@/ui/Code";
import { EmptyState } from "@/ui/EmptyState";
import { Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { SmallTable } from "@/ui/SmallTable";
import { Dash } from "@/ui/values";
import { Definition } from "./Definition";
import { MonthBars } from "./MonthBars";
import { PriceLine } from "./PriceLine";
import classes from "./Scorecard.module.css";
import type { Scorecard as Card, ScoreFigure } from "./types";

const PERIODS = [
  { value: "90", label: "Last 90 days" },
  { value: "365", label: "Last year" },
  { value: "730", label: "Last two years" },
  { value: "1825", label: "Last five years" },
];

/** The day so many days before a moment, or before now, that day included. */
function daysBefore(asOf: string | null, days: number): string {
  const at = asOf ? new Date(asOf) : new Date();
  at.setUTCDate(at.getUTCDate() - days + 1);
  return at.toISOString().slice(0, 10);
}

export function Scorecard({ vendor }: { vendor: string }) {
  const [days, setDays] = useState("365");
  const asOf = useAsOf();
  const from = daysBefore(asOf, Number(days));
  const { data, error, refetch } = useRead<Card>(
    `/vendors/${encodeURIComponent(vendor)}/scorecard`,
    { from },
    { keep: true },
  );
  if (error) return <ProblemCard error={error} onRetry={() => refetch()} />;
  if (!data) return null;
  const empty = data.figures.every((one) => one.of === 0) && data.prices.length === 0;
  return (
    <>
      <div className={classes.period}>
        <Select
          aria-label="Period"
          data={PERIODS}
          value={days}
          allowDeselect={false}
          onChange={(value) => value && setDays(value)}
        />
        <span className="muted">
          {formatDate(data.from)} to {formatDate(data.to)}, worked out of orders, receipts, assets and what
          the dock reported
        </span>
      </div>
      {empty ? (
        <EmptyState title="Nothing to judge by yet">
          Once orders to this vendor fall due or arrive in this period, its figures stand here.
        </EmptyState>
      ) : (
        <>
          <ul className={classes.figures}>
            {data.figures.map((figure) => (
              <li key={figure.name} className={classes.figure}>
                <Figure figure={figure} />
              </li>
            ))}
          </ul>
          <Section
            title={
              <>
                Prices <Definition of="Prices" text={data.prices_definition} />
              </>
            }
          >
            {data.prices.length === 0 ? (
              <p className="muted">Nothing was ordered in this period.</p>
            ) : (
              <SmallTable
                label="Prices by model"
                heads={[
                  "Model",
                  "Trend",
                  { text: "First", number: true },
                  { text: "Last", number: true },
                  { text: "Change", number: true },
                ]}
              >
                <tbody>
                  {data.prices.map((price) => (
                    <tr key={`${price.model} ${price.currency}`}>
                      <th scope="row">
                        {price.name} <Code value={price.model} to={pb.model(price.model)} bare />
                      </th>
                      <td>
                        <PriceLine price={price} from={data.from} to={data.to} />
                      </td>
                      <td className={classes.number}>{formatMoney(price.first, price.currency)}</td>
                      <td className={classes.number}>
                        {formatMoney(price.last, price.currency)}{" "}
                        <span className="faint">{price.currency}</span>
                      </td>
                      <td className={classes.number}>
                        {price.change_percent == null ? <Dash /> : `${signed(price.change_percent)} %`}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </SmallTable>
            )}
          </Section>
        </>
      )}
    </>
  );
}

const signed = (value: string) => (Number(value) > 0 ? `+${formatQuantity(value)}` : formatQuantity(value));

/** What a figure counts, one of it and several. */
const counted: Record<string, [string, string]> = {
  on_time: ["line that was due", "lines that were due"],
  quantity_accuracy: ["finished line", "finished lines"],
  dead_on_arrival: ["asset that came", "assets that came"],
  lead_time: ["line that became complete", "lines that became complete"],
};

function Figure({ figure }: { figure: ScoreFigure }) {
  const unit = figure.unit === "percent" ? "%" : "days";
  return (
    <>
      <h3 className={classes.label}>
        {figure.label} <Definition of={figure.label} text={figure.definition} />
      </h3>
      <p className={classes.value}>
        {figure.value == null ? (
          <Dash />
        ) : (
          <>
            {formatQuantity(figure.value)} <span className={classes.unit}>{unit}</span>
          </>
        )}
      </p>
      <p className="muted small">
        of {formatQuantity(figure.of)} {counted[figure.name]?.[figure.of === 1 ? 0 : 1]}
      </p>
      <MonthBars figure={figure} unit={unit} />
    </>
  );
}
