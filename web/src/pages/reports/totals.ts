/** Sums of a list as the server answers them, and as a report shows them. */

import { capital, words } from "@/lib/format";
import type { TeamNode } from "@/pages/organisation/tree";
import { monthName } from "@/ui/charts/months";
import type { Bar } from "@/ui/charts/types";

export interface Sums {
  rows: number;
  amount: string;
  amount_net?: string;
}

export type Item = Sums & Record<string, string | number | boolean | null>;

export interface Totals {
  by: string[];
  currency: string;
  total: Sums;
  items: Item[];
}

/** One row of a report: what it is of, and the filter that leaves exactly its rows. */
export interface Line extends Sums {
  key: string;
  label: string;
  filter: Record<string, string>;
  /** A team with teams below it, whose sums can be looked at. */
  below?: string;
}

const none: Record<string, string> = {
  team: "No team",
  budget: "No budget",
  budget_kind: "No budget",
  expected_month: "Day not known",
};

export function labelOf(by: string, value: unknown): string {
  if (value === null || value === undefined || value === "") return none[by] ?? "None";
  const text = String(value);
  if (by === "month" || by === "expected_month") return monthName(text);
  return by === "category" || by === "budget_kind" || by === "status" || by === "kind"
    ? capital(words(text))
    : text;
}

export const filterOf = (by: string, value: unknown): Record<string, string> => ({
  [by]: value === null || value === undefined ? "null:" : String(value),
});

export const linesOf = (by: string, items: Item[]): Line[] =>
  items.map((item) => ({
    ...item,
    key: String(item[by] ?? ""),
    label: labelOf(by, item[by]),
    filter: filterOf(by, item[by]),
  }));

/** The largest first; months in their own order. */
export const ranked = (by: string, lines: Line[]): Line[] =>
  by === "month" || by === "expected_month"
    ? lines
    : [...lines].sort((a, b) => Number(b.amount) - Number(a.amount));

export function findTeam(node: TeamNode | undefined, code: string | undefined): TeamNode | undefined {
  if (!node || !code || node.code.toLowerCase() === code.toLowerCase()) return node;
  for (const child of node.children) {
    const found = findTeam(child, code);
    if (found) return found;
  }
  return undefined;
}

/**
 * The teams right below one, each with all that is below it, out of sums that are rolled up; and what that one has of its own, out of sums
 * that are not.
 */
export function teamLines(at: TeamNode | undefined, rolled: Item[], own: Item[]): Line[] {
  if (!at) return linesOf("team", rolled);
  const of = (items: Item[], name: string, code: string) => items.find((item) => item[name] === code);
  const lines: Line[] = at.children.flatMap((child) => {
    const item = of(rolled, "team", child.code);
    if (!item) return [];
    const below = child.children.some((one) => of(rolled, "team", one.code)) ? child.code : undefined;
    return [
      { ...item, key: child.code, label: `${child.code} ${child.name}`, filter: { team: child.code }, below },
    ];
  });
  const self = of(own, "owner", at.code);
  if (self)
    lines.push({ ...self, key: `${at.code} itself`, label: `${at.code} itself`, filter: { owner: at.code } });
  return lines;
}

/** Bars that lead to a page of rows under these filters and the line's own. */
export const barsOf = (lines: Line[], to: string, filters: Record<string, string>): Bar[] =>
  lines.map((line) => ({
    key: line.key,
    label: line.label,
    amount: line.amount,
    rows: line.rows,
    to,
    search: { ...filters, ...line.filter },
  }));
