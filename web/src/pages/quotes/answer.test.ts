import { expect, test } from "vitest";
import { answerBody, answerFaults, noOffer, typedOf } from "./answer";

const typed = (lines: Record<number, object>) => ({
  ...typedOf(undefined, "EUR"),
  vendor: "V",
  lines: Object.fromEntries(Object.entries(lines).map(([n, l]) => [n, { ...noOffer, ...l }])),
});

test("lines without a price are not offered, and wrong cells are named", () => {
  expect(answerFaults(typed({}))).toHaveProperty("lines");
  expect(Object.keys(answerFaults(typed({ 1: { price: "much", days: "soon", minimum: "few" } })))).toEqual([
    "1 price",
    "1 days",
    "1 minimum",
  ]);
  expect(
    answerBody(typed({ 1: { price: "1,234.50", days: "14", minimum: "10" }, 2: { note: "not sold" } })),
  ).toEqual({
    vendor: "V",
    lines: [{ line: 1, unit_price: "1234.50", lead_time_days: 14, min_quantity: 10 }],
  });
});
