import { expect, test } from "vitest";
import { periods } from "./periods";

test("periods begin and end on their days, over the turn of a year and in a leap year", () => {
  const told = Object.fromEntries(
    periods(new Date("2028-02-10T12:00:00Z")).map((one) => [one.label, one.value.slice(8)]),
  );
  expect(told).toEqual({
    "This month": "2028-02-01,2028-02-29",
    "Last month": "2028-01-01,2028-01-31",
    "This quarter": "2028-01-01,2028-03-31",
    "Last quarter": "2027-10-01,2027-12-31",
    "This year": "2028-01-01,2028-12-31",
    "Last year": "2027-01-01,2027-12-31",
  });
});
