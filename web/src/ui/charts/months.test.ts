import { expect, test } from "vitest";
import { everyMonth, scaleOf } from "./months";
import type { Bar } from "./types";

const bar = (key: string, amount = "1.00"): Bar => ({
  key,
  label: key,
  amount,
  rows: 1,
  to: "/",
  search: {},
});

test("no month is left out between the first and the last, over the turn of a year", () => {
  const months = everyMonth([bar("2026-02"), bar("2025-11"), bar("none")]);
  expect(months.map((m) => m.key)).toEqual(["2025-11", "2025-12", "2026-01", "2026-02"]);
  expect(months.map((m) => Boolean(m.bar))).toEqual([true, false, false, true]);
  expect(everyMonth([])).toEqual([]);
  expect(everyMonth([bar("1999-01"), bar("2026-02")])).toHaveLength(60);
});

test("what is below nothing hangs from the line", () => {
  const { zero, height } = scaleOf([300, -100]);
  expect(zero).toBe(75);
  expect([height(300), height(-100)]).toEqual([75, 25]);
  expect(scaleOf([]).zero).toBe(0);
});
