import { expect, test } from "vitest";
import { emptyEntry, emptyLine, entryBody, entryFaults, entryTotal, parsePasted } from "./entry";

const line = (over: object) => ({
  ...emptyLine(),
  model: "M-1",
  modelLabel: "PowerEdge R740",
  price: "5890",
  ...over,
});

test("totals run as one types and skip what is not yet a number", () => {
  expect(
    entryTotal([line({ quantity: "4" }), line({ quantity: "40", price: "3,10" }), line({ price: "?" })]),
  ).toBe("23684.0000");
});

test("an order says cell by cell what is missing", () => {
  const entry = {
    ...emptyEntry(),
    vendor: "V",
    team: "A-2",
    deliver_to: "DC1",
    lines: [line({ quantity: "1.5" }), emptyLine()],
  };
  expect(Object.values(entryFaults(entry))).toEqual(["A whole number above 0"]);
});

test("the request leaves blank lines out and writes prices as decimals", () => {
  const body = entryBody({
    ...emptyEntry(),
    vendor: "V",
    team: "A-2",
    deliver_to: "DC1",
    lines: [line({ quantity: "4", price: "5 890,00" }), emptyLine()],
  });
  expect(body.lines).toEqual([{ model: "M-1", quantity: 4, unit_price: "5890.00" }]);
});

test("rows pasted from a spreadsheet become lines", () => {
  expect(parsePasted("867959-B21\t4\t5890.00\nCAT6A-2M\t40\t3.10\n\n")).toEqual([
    { find: "867959-B21", quantity: "4", price: "5890.00" },
    { find: "CAT6A-2M", quantity: "40", price: "3.10" },
  ]);
});
