import { expect, test } from "vitest";
import { GROUP } from "@/lib/format";
import { known, type Prices, suggested } from "./prices";

const paid = (unit_price: string, currency: string) => ({
  order: "PO-2026-00001",
  vendor: "NORTHWIND",
  on: "2026-03-01",
  unit_price,
  currency,
});
const contract = {
  contract: "CT-2026-00001",
  unit_price: "6020",
  currency: "EUR",
  from_quantity: "10",
  until: null,
};
const all: Prices = {
  contract,
  last: paid("6150", "EUR"),
  last_of_any: paid("6150", "EUR"),
  lead_time: { days: 21, of: "vendor" },
};

test("the contract's price comes before the last one paid, and none in another currency", () => {
  expect(suggested(all, "EUR")).toBe("6020.00");
  expect(suggested({ ...all, contract: null }, "EUR")).toBe("6150.00");
  expect(suggested(all, "USD")).toBeNull();
  expect(suggested(undefined, "EUR")).toBeNull();
});

test("what is known is said in words", () => {
  expect(known(all)).toEqual([
    `6${GROUP}020.00 EUR from 10 on by CT-2026-00001`,
    `last paid 6${GROUP}150.00 EUR on PO-2026-00001`,
    "usually 21 days",
  ]);
  expect(known({ ...all, contract: null, last: null, lead_time: null })).toEqual([
    `last paid 6${GROUP}150.00 EUR to NORTHWIND on PO-2026-00001`,
  ]);
});
