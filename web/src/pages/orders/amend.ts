/** What was typed into an amendment, as the server takes it: only the fields that differ from the line. */
import { parsePrice } from "@/lib/format";
import type { OrderLine } from "./types";

export interface Typed {
  quantity?: string;
  cancelled?: string;
  unit_price?: string;
}

export interface LineChange {
  number: number;
  quantity?: number;
  cancelled?: number;
  unit_price?: string;
}

export function changesOf(lines: OrderLine[], typed: Record<number, Typed>): LineChange[] {
  return lines.flatMap((line) => {
    const said = typed[line.number];
    if (!said) return [];
    const change: LineChange = { number: line.number };
    for (const field of ["quantity", "cancelled"] as const) {
      const value = said[field] === undefined ? null : parsePrice(said[field]);
      if (value !== null && Number(value) !== Number(line[field] ?? 0)) change[field] = Number(value);
    }
    const price = said.unit_price === undefined ? null : parsePrice(said.unit_price);
    if (price !== null && Number(price) !== Number(line.unit_price)) change.unit_price = price;
    return Object.keys(change).length > 1 ? [change] : [];
  });
}
