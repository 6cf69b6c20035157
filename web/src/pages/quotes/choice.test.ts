import { expect, test } from "vitest";
import { BY_LINE, bestOfEach, choiceBody, offersOf, wholes } from "./choice";
import type { QuoteRequestRecord } from "./types";

const offer = (line: number, net: string, more = {}) => ({ line, missing: false, net, ...more });
const request = {
  lines: [{ number: 1 }, { number: 2 }],
  quotes: [
    {
      vendor: { code: "A", name: "A" },
      status: "answered",
      currency: "EUR",
      total: "12",
      complete: true,
      lines: [offer(1, "10", { best_price: true }), offer(2, "2")],
    },
    {
      vendor: { code: "B", name: "B" },
      status: "answered",
      currency: "EUR",
      total: "1",
      complete: false,
      lines: [{ line: 1, missing: true }, offer(2, "1", { best_price: true })],
    },
    { vendor: { code: "C", name: "C" }, status: "asked", currency: null, complete: false, lines: [] },
  ],
} as unknown as QuoteRequestRecord;

test("line by line begins with the best price of each", () => {
  expect(bestOfEach(request)).toEqual({ 1: "A", 2: "B" });
  expect(offersOf(request, 1).map((o) => o.value)).toEqual(["A"]);
  expect(wholes(request).map((o) => o.label)).toEqual(["A: 12.00 EUR", "B: 1.00 EUR, not all lines"]);
});

test("the choice is whole or by line", () => {
  expect(choiceBody("A", { 1: "A" }, "", " ")).toEqual({ vendor: "A" });
  expect(choiceBody(BY_LINE, { 1: "A", 2: "" }, "WH1", "cheap")).toEqual({
    lines: [{ line: 1, vendor: "A" }],
    deliver_to: "WH1",
    reason: "cheap",
  });
});
