import { describe, expect, it } from "vitest";
import { saidTerms, termsBody, termsFaults, termsOf } from "./terms";

describe("the terms of a line", () => {
  const kept = {
    discount_percent: "2.5",
    tax_percent: "19",
    tolerance_percent: "0",
    deliver_to: "DC1",
    needed_by: "2027-01-31",
  };

  it("come back as they were kept, without what says nothing", () => {
    expect(termsBody(termsOf(kept))).toEqual({
      discount_percent: "2.5",
      tax_percent: "19",
      deliver_to: "DC1",
      needed_by: "2027-01-31",
    });
    expect(termsBody(termsOf({}))).toEqual({});
  });

  it("are said in a few words", () => {
    expect(saidTerms(kept)).toBe("2.5 % off · tax 19 % · to DC1 · by 2027-01-31");
    expect(saidTerms({})).toBe("");
  });

  it("are percentages from nothing to all", () => {
    expect(termsFaults(termsOf(kept))).toEqual({});
    expect(
      Object.keys(
        termsFaults({
          ...termsOf(kept),
          tax_percent: "101",
          discount_percent: "-1",
          tolerance_percent: "much",
        }),
      ).sort(),
    ).toEqual(["discount_percent", "tax_percent", "tolerance_percent"]);
    expect(termsBody({ ...termsOf({}), tax_percent: "7,5" })).toEqual({ tax_percent: "7.5" });
  });
});
