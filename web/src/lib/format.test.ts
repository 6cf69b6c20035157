import { expect, test } from "vitest";
import {
  addMoney,
  formatAgo,
  formatDuration,
  formatMoney,
  happened,
  multiplyMoney,
  parsePrice,
  pluralOf,
} from "./format";

test("money keeps its minor units and never passes through a float", () => {
  expect(formatMoney("1234.5600", "EUR")).toBe("1\u202f234.56");
  expect(formatMoney("0.0125", "EUR")).toBe("0.0125");
  expect(formatMoney("9007199254740993.10", "EUR")).toBe("9\u202f007\u202f199\u202f254\u202f740\u202f993.10");
  expect(formatMoney("1500.0000", "JPY")).toBe("1\u202f500");
  expect(formatMoney("-12.5", "USD")).toBe("−12.50");
  expect(formatMoney(null)).toBe("");
});

test("totals are exact", () => {
  expect(multiplyMoney("0.1", 3)).toBe("0.3000");
  expect(multiplyMoney("5890.0000", 4)).toBe("23560.0000");
  expect(addMoney(["0.1", "0.2", "23560.0000"])).toBe("23560.3000");
});

test("a price is read the way people write prices", () => {
  expect(parsePrice("1,234.50")).toBe("1234.50");
  expect(parsePrice("1 234,50")).toBe("1234.50");
  expect(parsePrice("1.234,50")).toBe("1234.50");
  expect(parsePrice("12")).toBe("12");
  expect(parsePrice("-3")).toBeNull();
  expect(parsePrice("twelve")).toBeNull();
});

test("a noun of a list has its plural", () => {
  expect(["asset", "api_token", "stock", "entry", "address", "box"].map(pluralOf)).toEqual([
    "assets",
    "api tokens",
    "stock",
    "entries",
    "address",
    "boxes",
  ]);
});

test("durations are words that a person says", () => {
  expect(formatDuration(95)).toBe("2 minutes");
  expect(formatDuration(3600)).toBe("1 hour");
  expect(formatDuration(86400 * 3)).toBe("3 days");
  expect(formatAgo("2026-01-01T00:00:00Z", Date.parse("2026-01-01T00:00:04Z"))).toBe("just now");
  expect(formatAgo("2026-01-02T00:00:00Z", Date.parse("2026-01-01T00:00:00Z"))).toBe("in 1 day");
});

test("what the ledger calls an action is said as something that happened", () => {
  expect(happened("licence.assign")).toBe("licence assigned");
  expect(happened("purchase_order.create")).toBe("purchase order created");
  expect(happened("stock.put_away")).toBe("stock put away");
  expect(happened("team.edit")).toBe("team edited");
  expect(happened("scan.unknown")).toBe("scan not understood");
  expect(happened("receipt.undo")).toBe("receipt undone");
  expect(pluralOf("person")).toBe("people");
});
