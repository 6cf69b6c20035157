/** Column widths: a start by kind, more where there is room, and what the person dragged, remembered on this device. */
import type { ListColumn } from "@/api/types";
import { readLocal, writeLocal } from "@/lib/local";

const byKind: Record<ListColumn["kind"], number> = {
  text: 168,
  code: 144,
  mono: 176,
  integer: 88,
  decimal: 96,
  money: 128,
  date: 112,
  instant: 176,
  state: 132,
  team: 96,
  boolean: 80,
  uuid: 120,
};

export const startWidth = (column: ListColumn) =>
  Math.max(byKind[column.kind] ?? 160, column.label.length * 8 + 28);

/** The start of each column; room that is left over goes to those that hold words, evenly and not without measure. */
export function startWidths(columns: ListColumn[], room: number): Record<string, number> {
  // The first column says what the row is.
  const starts = columns.map((c, i) => startWidth(c) + (i === 0 && c.kind === "text" ? 40 : 0));
  const left = room - starts.reduce((sum, one) => sum + one, 0);
  const wordy = columns.filter((c) => c.kind === "text" || c.kind === "mono");
  const more = wordy.length > 0 ? Math.max(0, Math.min(140, Math.floor(left / wordy.length))) : 0;
  return Object.fromEntries(
    columns.map((c, i) => [c.name, (starts[i] ?? 160) + (wordy.includes(c) ? more : 0)]),
  );
}

export const loadSizes = (name: string) => readLocal<Record<string, number>>(`widths.${name}`, {});
export const saveSizes = (name: string, sizes: Record<string, number>) => writeLocal(`widths.${name}`, sizes);
