import { expect, test } from "vitest";
import { addressesOf } from "./addresses";

test("addresses are told apart however they were typed", () => {
  expect(addressesOf(" a@b.example, c@d.example;e@f.example\ng@h.example ,")).toEqual([
    "a@b.example",
    "c@d.example",
    "e@f.example",
    "g@h.example",
  ]);
  expect(addressesOf("  ")).toEqual([]);
});
