/** Money, quantities, instants and durations as they stand in text and columns. */
import { Tooltip } from "@mantine/core";
import { formatAgo, formatDate, formatInstant, formatMoney, formatQuantity } from "@/lib/format";

export function Money({
  amount,
  currency,
}: {
  amount: string | number | null | undefined;
  currency?: string | null;
}) {
  if (amount === null || amount === undefined) return <Dash />;
  return (
    <span className="tabular" style={{ whiteSpace: "nowrap" }}>
      {formatMoney(amount, currency ?? "EUR")} {currency && <span className="faint small">{currency}</span>}
    </span>
  );
}

export function Quantity({
  value,
  unit,
}: {
  value: string | number | null | undefined;
  unit?: string | null;
}) {
  if (value === null || value === undefined) return <Dash />;
  return (
    <span className="tabular" style={{ whiteSpace: "nowrap" }}>
      {formatQuantity(value)}
      {unit && <span className="faint"> {unit}</span>}
    </span>
  );
}

/** A moment in the viewer's zone; the exact instant on hover. */
export function Instant({ at, ago = false }: { at: string | null | undefined; ago?: boolean }) {
  if (!at) return <Dash />;
  return (
    <Tooltip label={<span className="mono">{at}</span>} events={{ hover: true, focus: false, touch: true }}>
      <time dateTime={at} className="tabular" style={{ whiteSpace: "nowrap" }}>
        {ago ? formatAgo(at) : formatInstant(at)}
      </time>
    </Tooltip>
  );
}

export function Day({ at }: { at: string | null | undefined }) {
  if (!at) return <Dash />;
  return (
    <time dateTime={at} className="tabular" style={{ whiteSpace: "nowrap" }}>
      {formatDate(at)}
    </time>
  );
}

export function Dash() {
  return (
    <span className="faint">
      <span aria-hidden="true">–</span>
      <span className="sr">none</span>
    </span>
  );
}

/** A thin bar of a part of a whole, with the words beside it. */
export function Meter({
  value,
  max,
  label,
  warn = 0.9,
}: {
  value: number;
  max: number;
  label: string;
  warn?: number;
}) {
  const share = max > 0 ? Math.min(value / max, 1) : 0;
  const color =
    max > 0 && value > max ? "var(--st-refused)" : share >= warn ? "var(--st-in_repair)" : "var(--qm-ink-2)";
  return (
    <div
      role="meter"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={max}
      style={{ height: 6, background: "var(--qm-sunken)", borderRadius: 3, overflow: "hidden", minWidth: 40 }}
    >
      <div style={{ width: `${share * 100}%`, height: "100%", background: color }} />
    </div>
  );
}
