import { expect, test } from "vitest";
import { opensFor, shownNodes, type TeamNode } from "./tree";

const node = (code: string, name: string, children: TeamNode[] = []): TeamNode => ({
  id: code,
  code,
  name,
  kind: "team",
  children,
});
const root = node("ORG", "Organisation", [
  node("A", "Procurement", [node("A-1", "Buying"), node("A-2", "Warehouse")]),
  node("B", "Software"),
]);

test("only what is open is shown, with its level and place among its siblings", () => {
  expect(
    shownNodes(root, new Set(["ORG", "A"])).map((s) => [s.node.code, s.level, s.position, s.siblings]),
  ).toEqual([
    ["ORG", 1, 1, 1],
    ["A", 2, 1, 2],
    ["A-1", 3, 1, 2],
    ["A-2", 3, 2, 2],
    ["B", 2, 2, 2],
  ]);
});

test("searching opens the way to what was found", () => {
  expect([...opensFor(root, "ware")].sort()).toEqual(["A", "ORG"]);
});
