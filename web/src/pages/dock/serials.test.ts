import { expect, test } from "vitest";
import { linesOf, serialsOf } from "./serials";

test("serials are read however they were written", () => {
  expect(serialsOf(" A1\nB2,C3;\tD4  E5\r\n\r\n")).toEqual(["A1", "B2", "C3", "D4", "E5"]);
  expect(serialsOf(" \n")).toEqual([]);
});

test("only lines that something was typed for are announced", () => {
  expect(
    linesOf({
      1: { serials: "A1 B2", package: " C-7 " },
      2: { quantity: "40" },
      3: { quantity: " ", serials: "" },
    }),
  ).toEqual([
    { line: "1", serials: ["A1", "B2"], package: "C-7" },
    { line: "2", quantity: 40 },
  ]);
});
