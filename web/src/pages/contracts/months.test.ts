import { expect, test } from "vitest";
import { byMonth } from "./months";
import type { Day } from "./types";

const day = (on: string): Day => ({
  day: on,
  what: "end",
  contract: "CT-1",
  title: "T",
  kind: "lease",
  vendor: "V",
  team: "A",
  past: false,
});

test("every month is there, over the turn of a year, with its own days", () => {
  const months = byMonth("2026-11-21", "2027-02-20", [
    day("2026-11-30"),
    day("2027-01-01"),
    day("2027-01-31"),
  ]);
  expect(months.map((one) => [one.month, one.days.length])).toEqual([
    ["2026-11", 1],
    ["2026-12", 0],
    ["2027-01", 2],
    ["2027-02", 0],
  ]);
});
