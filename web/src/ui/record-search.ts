/** How rows of the server's lists become choices of a picker. */
import type { Row } from "@/api/types";

export type Target =
  | "locations"
  | "teams"
  | "vendors"
  | "budgets"
  | "models"
  | "manufacturers"
  | "assets"
  | "racks"
  | "people"
  | "purchase-orders"
  | "entitlements"
  | "users"
  | "approver-groups"
  | "purchase-order-lines";

export const targetPath: Record<Target, string> = {
  locations: "/locations",
  teams: "/teams",
  vendors: "/vendors",
  budgets: "/budgets",
  models: "/models",
  manufacturers: "/manufacturers",
  assets: "/assets",
  racks: "/racks",
  people: "/people",
  "purchase-orders": "/purchase-orders",
  entitlements: "/entitlements",
  users: "/users",
  "approver-groups": "/approver-groups",
  "purchase-order-lines": "/purchase-order-lines",
};

export interface Found {
  key: string;
  /** What the API takes: the code, or the id where there is no code. */
  code: string;
  label: string;
  sub: string;
  /** What stays in the field after choosing. */
  display: string;
  row: Row;
}

const text = (value: unknown): string => {
  if (value === null || value === undefined) return "";
  if (typeof value === "object") {
    const ref = value as { code?: string; name?: string };
    return ref.name ?? ref.code ?? "";
  }
  return String(value);
};

export function findings(rows: Row[]): Found[] {
  return rows.map((row) => {
    const order = text(row.order) || text(row.purchase_order);
    if (row.number !== undefined && order) {
      const label = `${order} line ${text(row.number)}`;
      const sub = [row.model, row.description, row.quantity].map(text).filter(Boolean).join(" · ");
      return { key: text(row.id), code: text(row.id), label, sub, display: label, row };
    }
    const code = text(row.code) || text(row.id);
    const name = text(row.name) || text(row.model) || text(row.email);
    const by = text(row.manufacturer);
    const label = name ? (by && !name.startsWith(by) ? `${by} ${name}` : name) : code;
    const sub = [row.code, row.part_number, row.serial, row.path, row.kind]
      .map(text)
      .filter((t) => t !== "" && t !== label)
      .slice(0, 3)
      .join(" · ");
    // Models are known by their name, everything else by its code: one PowerEdge is not the other.
    const known = row.code && name && (!by || row.serial !== undefined);
    const display = known ? `${text(row.code)} ${name}` : label;
    return { key: text(row.id) || code, code, label, sub, display, row };
  });
}
