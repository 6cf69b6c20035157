/** Months as a chart has them: none is left out between the first and the last. */
import type { Bar } from "./types";

const names = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });

/** `2026-03` -> `March 2026`. */
export const monthName = (key: string) => names.format(new Date(`${key}-01T00:00:00Z`));

const short = new Intl.DateTimeFormat(undefined, { month: "short", timeZone: "UTC" });

/** `2026-03` -> `Mar`. */
export const shortMonth = (key: string) => short.format(new Date(`${key}-01T00:00:00Z`));

const isMonth = (key: string) => /^\d{4}-(0[1-9]|1[0-2])$/.test(key);

/** The most columns that a chart draws: the last of them. */
const MOST = 60;

export function everyMonth(bars: Bar[]): { key: string; bar?: Bar }[] {
  const known = new Map(bars.filter((bar) => isMonth(bar.key)).map((bar) => [bar.key, bar]));
  const keys = [...known.keys()].sort();
  const last = keys.at(-1);
  const all: { key: string; bar?: Bar }[] = [];
  for (let key = keys[0]; key && last && key <= last; key = monthAfter(key))
    all.push({ key, bar: known.get(key) });
  return all.slice(-MOST);
}

function monthAfter(key: string): string {
  const [year = 0, month = 0] = key.split("-").map(Number);
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, "0")}`;
}

/** Where nothing is, in percent from above, and how high an amount is. */
export function scaleOf(amounts: number[]): { zero: number; height: (amount: number) => number } {
  const top = Math.max(0, ...amounts);
  const bottom = Math.min(0, ...amounts);
  const span = top - bottom || 1;
  return { zero: (top / span) * 100, height: (amount) => (Math.abs(amount) / span) * 100 };
}
