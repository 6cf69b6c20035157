import { expect, test } from "vitest";
import { type BudgetRow, family, overInWords, parts, plainAmount, withAmount } from "./budget";

const of = (code: string, parent: string | null, part: Partial<BudgetRow> = {}): BudgetRow => ({
  code,
  parent,
  team: code,
  amount: "100",
  reserved: "0",
  committed: "0",
  spent: "0",
  shared: "0",
  left: "100",
  currency: "EUR",
  ...part,
});

test("a budget is shown with all of its tree, from the top", () => {
  const rows = [of("A-1", "A"), of("A", null), of("A-2", "A"), of("A-1-X", "A-1"), of("B", null)];
  const shown = (code: string) => family(rows, code).map(({ budget, depth }) => `${depth} ${budget.code}`);
  expect(shown("A-1")).toEqual(["0 A", "1 A-1", "2 A-1-X", "1 A-2"]);
  expect(shown("B")).toEqual(["0 B"]);
  expect(shown("C")).toEqual([]);
  // The top may be out of reach of the list; then the tree begins where it can.
  expect(family([of("A-1", "A")], "A-1").map(({ budget }) => budget.code)).toEqual(["A-1"]);
});

test("the bar is as long as the amount, or as what went over it", () => {
  const shares = (part: Partial<BudgetRow>) => parts(of("A", null, part)).map((p) => [p.name, p.share]);
  expect(shares({ spent: "10", reserved: "25.5" })).toEqual([
    ["spent", 10],
    ["reserved", 25.5],
  ]);
  expect(shares({ spent: "150", shared: "50" })).toEqual([
    ["spent", 75],
    ["shared", 25],
  ]);
  expect(shares({ amount: "0" })).toEqual([]);
});

test("what happens over it is said in one sentence", () => {
  expect(overInWords({ over_request: "warn", over_order: "stop", over_invoice: "board" }, "CAPEX")).toBe(
    "Requests are marked, orders stopped, invoices put before CAPEX.",
  );
});

test("an amount is typed as people write it", () => {
  expect(["150000.0000", "150000", "0.5000", "12.3456"].map(plainAmount)).toEqual([
    "150000",
    "150000",
    "0.5",
    "12.3456",
  ]);
  expect(withAmount({ amount: "1 500,50" })).toEqual({ amount: "1500.50" });
  expect(withAmount({ amount: "much" })).toEqual({ amount: "much" });
  expect(withAmount({})).toEqual({});
});
