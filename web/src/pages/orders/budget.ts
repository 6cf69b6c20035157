/** Budgets of a year as trees: each with what was shared out of it below. */
import { addMoney, parsePrice } from "@/lib/format";

export interface BudgetRow {
  code: string;
  team: string;
  parent: string | null;
  amount: string;
  reserved: string;
  committed: string;
  spent: string;
  shared: string;
  left: string;
  currency: string;
}

export interface Branch {
  budget: BudgetRow;
  depth: number;
}

/** The tree that a budget stands in, from its top, each followed by its shares; empty where the budget is not among the rows. */
export function family(rows: BudgetRow[], code: string): Branch[] {
  const byCode = new Map(rows.map((row) => [row.code, row]));
  let top = byCode.get(code);
  while (top?.parent && byCode.has(top.parent)) top = byCode.get(top.parent);
  const below = (budget: BudgetRow, depth: number): Branch[] => [
    { budget, depth },
    ...rows.filter((row) => row.parent === budget.code).flatMap((row) => below(row, depth + 1)),
  ];
  return top ? below(top, 0) : [];
}

export interface Part {
  name: "spent" | "committed" | "reserved" | "shared";
  amount: string;
  /** Of the bar's length, in per cent. */
  share: number;
}

/** The parts of a budget's bar, in the order in which money goes; what is over the amount makes the whole longer. */
export function parts(budget: BudgetRow): Part[] {
  const names = ["spent", "committed", "reserved", "shared"] as const;
  const used = Number(addMoney(names.map((name) => budget[name])));
  const whole = Math.max(Number(budget.amount), used);
  return names
    .map((name) => ({
      name,
      amount: budget[name],
      share: whole > 0 ? Math.max(0, (Number(budget[name]) / whole) * 100) : 0,
    }))
    .filter((part) => part.share > 0);
}

/** `150000.0000` -> `150000`, to be typed over. */
export const plainAmount = (amount: string) => amount.replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");

/** An amount as people type it, for the server; what is none is left for it to refuse. */
export const withAmount = <T extends { amount?: unknown }>(body: T): T =>
  typeof body.amount === "string" ? { ...body, amount: parsePrice(body.amount) ?? body.amount } : body;

/** `Requests are marked, orders stopped, invoices put before CAPEX.` */
export function overInWords(
  over: { over_request: string; over_order: string; over_invoice: string },
  board: string | null | undefined,
): string {
  const said = (setting: string) =>
    setting === "stop" ? "stopped" : setting === "board" ? `put before ${board ?? "its board"}` : "marked";
  return `Requests are ${said(over.over_request)}, orders ${said(over.over_order)}, invoices ${said(over.over_invoice)}.`;
}
