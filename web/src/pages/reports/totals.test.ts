import { expect, test } from "vitest";
import type { TeamNode } from "@/pages/organisation/tree";
import { barsOf, findTeam, type Item, labelOf, linesOf, ranked, teamLines } from "./totals";

const team = (code: string, children: TeamNode[] = []): TeamNode => ({
  id: code,
  code,
  name: `Team ${code}`,
  kind: "team",
  children,
});
const tree = team("TOP", [team("N", [team("N-1")]), team("S")]);
const item = (name: string, code: string, amount: string): Item => ({ [name]: code, rows: 1, amount });

test("a team's line has those below it in it, and what it has itself stands beside them", () => {
  const rolled = [item("team", "TOP", "10.00"), item("team", "N", "7.00"), item("team", "N-1", "4.00")];
  const own = [item("owner", "TOP", "3.00"), item("owner", "N", "3.00"), item("owner", "N-1", "4.00")];
  expect(teamLines(tree, rolled, own).map((l) => [l.label, l.amount, l.filter, l.below])).toEqual([
    ["N Team N", "7.00", { team: "N" }, "N"],
    ["TOP itself", "3.00", { owner: "TOP" }, undefined],
  ]);
  expect(teamLines(findTeam(tree, "n"), rolled, own).map((l) => [l.label, l.amount])).toEqual([
    ["N-1 Team N-1", "4.00"],
    ["N itself", "3.00"],
  ]);
});

test("what has no value leads to the rows without one", () => {
  const [line] = linesOf("budget_kind", [{ budget_kind: null, rows: 2, amount: "1.00" }]);
  expect(line).toMatchObject({ label: "No budget", filter: { budget_kind: "null:" } });
  expect(barsOf([line!], "/x", { team: "N", budget_kind: "capex" })[0]!.search).toEqual({
    team: "N",
    budget_kind: "null:",
  });
  expect(labelOf("category", "patch_panel")).toBe("Patch panel");
});

test("the largest comes first, months stay in their order", () => {
  const lines = linesOf("vendor", [item("vendor", "a", "9.00"), item("vendor", "b", "10.00")]);
  expect(ranked("vendor", lines).map((line) => line.key)).toEqual(["b", "a"]);
  expect(ranked("month", lines).map((line) => line.key)).toEqual(["a", "b"]);
});
