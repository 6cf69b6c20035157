/** Column widths: a start by kind, and what the person dragged, remembered on this device. */
import type { ListColumn } from "@/api/types";
import { readLocal, writeLocal } from "@/lib/local";

const byKind: Record<ListColumn["kind"], number> = {
  text: 200,
  code: 144,
  mono: 176,
  integer: 88,
  decimal: 96,
  money: 128,
  date: 112,
  instant: 184,
  state: 132,
  team: 184,
  boolean: 80,
  uuid: 120,
};

export const startWidth = (column: ListColumn) =>
  Math.max(byKind[column.kind] ?? 160, column.label.length * 8 + 28);

export const loadSizes = (name: string) => readLocal<Record<string, number>>(`widths.${name}`, {});
export const saveSizes = (name: string, sizes: Record<string, number>) => writeLocal(`widths.${name}`, sizes);
