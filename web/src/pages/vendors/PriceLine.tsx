/** A model's price over the period as a line, each order a dot at its day. */
import { formatDate, formatMoney } from "@/lib/format";
import type { ScorePrice } from "./types";

const WIDTH = 140;
const HEIGHT = 26;

export function PriceLine({ price, from, to }: { price: ScorePrice; from: string; to: string }) {
  const start = Date.parse(from);
  const span = Math.max(1, Date.parse(to) - start);
  const values = price.points.map((point) => Number(point.unit_price));
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  const points = price.points.map((point, index) => ({
    x: 4 + ((Date.parse(point.on) - start) / span) * (WIDTH - 8),
    y: range === 0 ? HEIGHT / 2 : HEIGHT - 4 - (((values[index] ?? low) - low) / range) * (HEIGHT - 8),
    point,
  }));
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={`${price.name}: from ${formatMoney(price.first, price.currency)} to ${formatMoney(price.last, price.currency)} ${price.currency} over ${points.length} ${points.length === 1 ? "day" : "days"} of ordering`}
      style={{ display: "block" }}
    >
      <polyline
        points={points.map(({ x, y }) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ")}
        fill="none"
        stroke="var(--qm-ink-3)"
        strokeWidth="1.25"
      />
      {points.map(({ x, y, point }) => (
        <circle key={point.on} cx={x} cy={y} r="2.25" fill="var(--qm-ink)">
          <title>
            {formatDate(point.on)}: {formatMoney(point.unit_price, price.currency)}
          </title>
        </circle>
      ))}
    </svg>
  );
}
