/** What a bundle is made of, as chosen and typed, and the request that it becomes. */
import type { Row } from "@/api/types";
import { parsePrice } from "@/lib/format";

export interface Chosen {
  requisition: string;
  line: number;
  /** Null where it was asked for in words. */
  model: string | null;
  says: string;
  left: number;
  team: string;
}

export interface TypedLine {
  quantity?: string;
  model?: string;
  modelLabel?: string;
  price?: string;
}

export interface Into {
  order: string;
  vendor: string;
  deliver_to: string;
  team: string;
}

const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));

/** A row of the list of lines. */
export const chosenOf = (row: Row): Chosen => ({
  requisition: text(row.code),
  line: Number(row.number),
  model: row.model ? text(row.model) : null,
  says: text(row.model) || text(row.description),
  left: Number(row.to_order),
  team: text(row.team),
});

export const keyOf = (line: Chosen) => `${line.requisition} ${line.line}`;

export function bundleBody(lines: Chosen[], typed: Record<string, TypedLine>, into: Into) {
  return {
    lines: lines.map((line) => {
      const own = typed[keyOf(line)] ?? {};
      const price = parsePrice(own.price ?? "");
      return {
        requisition: line.requisition,
        line: line.line,
        ...(own.quantity?.trim() ? { quantity: Number(own.quantity) } : {}),
        ...(own.model ? { model: own.model } : {}),
        ...(price ? { unit_price: price } : {}),
      };
    }),
    ...(into.order
      ? { order: into.order }
      : { vendor: into.vendor, deliver_to: into.deliver_to, ...(into.team ? { team: into.team } : {}) }),
  };
}

/** Whether there is enough to send; the server says the rest. */
export function isReady(lines: Chosen[], typed: Record<string, TypedLine>, into: Into): boolean {
  const named = lines.every((line) => line.model !== null || typed[keyOf(line)]?.model);
  const counted = lines.every((line) => {
    const quantity = typed[keyOf(line)]?.quantity?.trim();
    return !quantity || /^\d+(\.\d{1,3})?$/.test(quantity);
  });
  return named && counted && (into.order !== "" || (into.vendor !== "" && into.deliver_to !== ""));
}
