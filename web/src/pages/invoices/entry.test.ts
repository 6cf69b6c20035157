import { expect, test } from "vitest";
import type { OrderLine } from "@/pages/orders/types";
import { bodyOf, emptyEntry, faultsOf } from "./entry";

const line = (number: number, to_invoice: number): OrderLine => ({
  id: String(number),
  number,
  model: { name: "Cable" },
  quantity: 10,
  unit_price: "5.0000",
  received: to_invoice,
  outstanding: 0,
  to_invoice,
});

test("begins with what was received and is not charged for yet", () => {
  const entry = { ...emptyEntry("2026-11-21"), number: " RE-1 " };
  expect(bodyOf("PO-1", [line(1, 4), line(2, 0)], entry)).toEqual({
    order: "PO-1",
    number: "RE-1",
    invoiced_on: "2026-11-21",
    lines: [{ line: 1, quantity: 4 }],
  });
});

test("what was typed otherwise is sent, freight and other charges too", () => {
  const entry = {
    ...emptyEntry("2026-11-21"),
    number: "7",
    total: "31,90",
    freight: "4.50",
    other: "2",
    otherWhat: "Packing",
    lines: { 1: { quantity: "5", price: "5.08", tax: "0" }, 2: { quantity: "0" } },
  };
  expect(faultsOf([line(1, 4), line(2, 3)], entry)).toEqual({});
  expect(bodyOf("PO-1", [line(1, 4), line(2, 3)], entry)).toEqual({
    order: "PO-1",
    number: "7",
    invoiced_on: "2026-11-21",
    total: "31.90",
    lines: [
      { line: 1, quantity: 5, unit_price: "5.08", tax_percent: "0" },
      { kind: "freight", unit_price: "4.50" },
      { kind: "other", description: "Packing", unit_price: "2" },
    ],
  });
});

test("what is missing or no number is said at its field", () => {
  const typed = { 1: { quantity: "four", price: "x", tax: "y" } };
  const entry = { ...emptyEntry(""), total: "a lot", other: "3", lines: typed };
  expect(Object.keys(faultsOf([line(1, 1)], entry)).sort()).toEqual([
    "invoiced_on",
    "number",
    "otherWhat",
    "price 1",
    "quantity 1",
    "tax 1",
    "total",
  ]);
  expect(faultsOf([line(1, 0)], { ...emptyEntry("2026-11-21"), number: "1" }).lines).toBeTruthy();
});
