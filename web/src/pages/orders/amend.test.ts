import { expect, test } from "vitest";
import { changesOf } from "./amend";
import type { OrderLine } from "./types";

const line = (number: number, more: Partial<OrderLine> = {}): OrderLine => ({
  id: String(number),
  number,
  model: { name: "Cable" },
  quantity: 10,
  unit_price: "4.2000",
  received: 0,
  outstanding: 10,
  ...more,
});

test("only what differs is sent", () => {
  const lines = [line(1), line(2), line(3)];
  expect(
    changesOf(lines, {
      1: { quantity: "10", unit_price: "4.20" },
      2: { quantity: "12", cancelled: "" },
      3: { cancelled: "2", unit_price: "4,10" },
    }),
  ).toEqual([
    { number: 2, quantity: 12 },
    { number: 3, cancelled: 2, unit_price: "4.10" },
  ]);
  expect(changesOf(lines, { 1: { quantity: "ten" } })).toEqual([]);
});
