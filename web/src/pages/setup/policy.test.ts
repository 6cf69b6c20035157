import { describe, expect, it } from "vitest";
import { emptyPolicy, emptyStep, moved, policyBody, policyFaults, sentence, typedOf } from "./policy";

const thin = (text: string) => text.replace(/\u202f/g, " ");
const of = (part: object, ...steps: object[]) => ({
  ...emptyPolicy(),
  ...part,
  steps: steps.map((step) => ({ ...emptyStep(), name: "A step", ...step })),
});

describe("what a policy says", () => {
  it("names amount, kind, team and category, and who decides in which order", () => {
    const policy = of(
      {
        min_total: "10000",
        team: "A-2",
        teamLabel: "A-2 Division C",
        budget_kind: "capex",
        category: "server",
      },
      { group: "BUYERS", groupLabel: "Buyers" },
      { group: "CAPEX", groupLabel: "the CapEx board", mode: "some", needed: "2" },
    );
    expect(thin(sentence(policy, "EUR"))).toBe(
      "Capex orders from 10 000.00 EUR of A-2 Division C and the teams below with something of the category server: one of Buyers, then two of the CapEx board.",
    );
  });

  it("says who decides where no group is named", () => {
    expect(sentence(of({}, {}, { mode: "all" }, { mode: "some", needed: "3" }), "EUR")).toBe(
      "All orders: one approver of the order's team, then all approvers of the order's team, then three approvers of the order's team.",
    );
  });

  it("stays a sentence while it is half typed", () => {
    expect(sentence(of({ min_total: "abc" }, { mode: "some", group: "CAPEX" }), "EUR")).toBe(
      "All orders: some of CAPEX.",
    );
    expect(sentence({ ...emptyPolicy(), steps: [] }, "EUR")).toBe("All orders: nobody yet.");
  });
});

describe("a policy as it is typed", () => {
  it("moves a step up and down and never out of the list", () => {
    const { steps } = of({}, { name: "a" }, { name: "b" }, { name: "c" });
    const names = (list: { name: string }[]) => list.map((step) => step.name).join("");
    expect(names(moved(steps, 2, -1))).toBe("acb");
    expect(names(moved(steps, 0, 1))).toBe("bac");
    expect(names(moved(steps, 0, -1))).toBe("abc");
    expect(names(moved(steps, 2, 1))).toBe("abc");
  });

  it("says what is missing at its field", () => {
    expect(policyFaults(of({ min_total: "much" }, { name: "", mode: "some", needed: "1" }))).toEqual({
      code: "A short code, such as LARGE.",
      name: "What people call it.",
      min_total: "An amount, such as 10000.",
      "steps[0].name": "What this step is called.",
      "steps[0].needed": "From 2 up.",
    });
  });

  it("gives the server back what it read", () => {
    const body = {
      code: "LARGE",
      name: "Large",
      position: 10,
      min_total: "50000",
      category: null,
      budget_kind: "opex",
      team: null,
      steps: [{ name: "Board", group: "CAPEX", mode: "some", needed: 2 }],
    };
    const steps = [{ ...body.steps[0], number: 1 }];
    expect(policyBody(typedOf({ ...body, id: "1", version: "1", steps }))).toEqual(body);
  });
});
