import { expect, test } from "vitest";
import type { ListColumn } from "@/api/types";
import {
  filtersOf,
  nextSort,
  operatorWord,
  readFilter,
  readSort,
  serverQuery,
  valueWords,
  writeFilter,
} from "./filters";

const column = (kind: ListColumn["kind"]): ListColumn => ({
  name: "c",
  label: "C",
  kind,
  sortable: true,
  filterable: true,
  shown: true,
});

test("a filter survives the way into the URL and back", () => {
  for (const text of ["A-3", "in:ready,in_test", "gte:10", "like:R740", "between:3,4", "null:", "not:gone"]) {
    expect(writeFilter(readFilter("c", text))).toBe(text);
  }
  expect(writeFilter({ operator: "in", value: "ready" })).toBe("ready");
});

test("a value with a colon of its own stays a value", () => {
  expect(readFilter("mac", "aa:bb:cc")).toEqual({ column: "mac", operator: "is", value: "aa:bb:cc" });
});

test("a filter reads like a sentence", () => {
  expect(operatorWord("is", column("team"))).toBe("at or below");
  expect(operatorWord("gte", column("date"))).toBe("since");
  expect(operatorWord("between", column("integer"))).toBe("from");
  expect(valueWords(readFilter("c", "between:3,4"), column("integer"))).toBe("3 to 4");
  expect(writeFilter({ operator: "between", value: "3," })).toBe("");
  expect(valueWords(readFilter("c", "in:in_test,ready"), column("state"))).toBe("in test or ready");
});

test("what steers the page is not sent as a filter", () => {
  const search = { status: "ready", sort: "-code", cols: "code,serial", as_of: "x", q: "r740" };
  expect(filtersOf(search).map((f) => f.column)).toEqual(["status"]);
  expect(serverQuery(search)).toEqual({ status: "ready", sort: "-code", q: "r740" });
});

test("a heading sorts up, down, then not", () => {
  expect(nextSort(readSort(undefined), "code")).toBe("code");
  expect(nextSort(readSort("code"), "code")).toBe("-code");
  expect(nextSort(readSort("-code"), "code")).toBeUndefined();
});
