import { expect, test } from "vitest";
import { bundleBody, chosenOf, isReady } from "./bundle";

const rows = [
  { code: "REQ-1", number: 1, model: "Server", to_order: "3", team: "A-2", description: "" },
  { code: "REQ-2", number: 4, model: null, to_order: "5", team: "B-1", description: "A hand truck" },
].map(chosenOf);
const into = { order: "", vendor: "V", deliver_to: "WH1", team: "A-2" };

test("what was asked for in words needs a model, and a new order its vendor and place", () => {
  expect(isReady(rows, {}, into)).toBe(false);
  const named = { "REQ-2 4": { model: "truck" } };
  expect(isReady(rows, named, into)).toBe(true);
  expect(isReady(rows, named, { ...into, vendor: "" })).toBe(false);
  expect(isReady(rows, named, { ...into, vendor: "", order: "PO-1" })).toBe(true);
  expect(isReady(rows, { "REQ-2 4": { model: "truck", quantity: "two" } }, into)).toBe(false);
});

test("what is not typed is left to the server", () => {
  const body = bundleBody(
    rows,
    { "REQ-1 1": { quantity: "2", price: "1,234.50" }, "REQ-2 4": { model: "truck" } },
    into,
  );
  expect(body).toEqual({
    lines: [
      { requisition: "REQ-1", line: 1, quantity: 2, unit_price: "1234.50" },
      { requisition: "REQ-2", line: 4, model: "truck" },
    ],
    vendor: "V",
    deliver_to: "WH1",
    team: "A-2",
  });
  expect(bundleBody(rows.slice(0, 1), {}, { ...into, order: "PO-1" })).toEqual({
    lines: [{ requisition: "REQ-1", line: 1 }],
    order: "PO-1",
  });
});
