import { expect, test } from "vitest";
import { acted, idle, looked, needsLook, requestOf } from "./context";
import type { Context, Match, QueuedScan, Resolved } from "./types";

const scan: QueuedScan = { id: "1", text: "x", at: "" };
const match = (kind: string, code: string): Match => ({
  kind,
  id: code,
  code,
  title: "T",
  how: "the whole text",
});
const resolved = (matches: Match[]): Resolved => ({
  parse: { text: "x", fields: [], meaning: {} },
  matches,
  outcome: matches.length === 0 ? "unknown" : "known",
  say: "",
  next: [],
});

test("scanning an order begins receiving it", () => {
  const step = looked(scan, resolved([match("purchase_order", "PO-2026-00042")]), idle);
  expect(step?.context).toMatchObject({ task: "receive", order: "PO-2026-00042" });
  expect(step?.card.tone).toBe("yes");
});

test("while receiving, a bin becomes the receiving bin, and everything else is left to the server", () => {
  const receiving: Context = { ...idle, task: "receive", order: "PO-1" };
  expect(looked(scan, resolved([match("bin", "WH1-RCV")]), receiving)?.context.location).toBe("WH1-RCV");
  expect(looked(scan, resolved([match("asset", "A-1")]), receiving)).toBeNull();
  expect(looked(scan, resolved([]), receiving)).toBeNull();
  expect(needsLook("[)>\u001e06\u001dS1", receiving)).toBe(false);
  expect(needsLook("CZJ0290K1M", receiving)).toBe(true);
});

test("received assets are kept for their labels", () => {
  const receiving: Context = { ...idle, task: "receive", order: "PO-1", location: "RCV" };
  const step = acted(
    scan,
    { outcome: "done", title: "Received", detail: "", records: [match("asset", "A-1")] },
    receiving,
  );
  expect(step.context.received).toEqual(["A-1"]);
  expect(requestOf({ text: "raw" }, step.context)).toEqual({
    text: "raw",
    task: "receive",
    purchase_order: "PO-1",
    location: "RCV",
  });
});

test("putting away gathers things until a bin is scanned", () => {
  let context: Context = { ...idle, task: "put_away" };
  for (const code of ["A-1", "A-1", "A-2"])
    context = looked(scan, resolved([match("asset", code)]), context)!.context;
  expect(context.codes).toEqual(["A-1", "A-2"]);
  expect(looked(scan, resolved([match("bin", "B1")]), context)).toBeNull();
  expect(acted(scan, { outcome: "done", title: "", detail: "" }, context).context.codes).toEqual([]);
});

test("a refusal changes nothing, and an unknown scan is a question", () => {
  const context: Context = { ...idle, task: "put_away", codes: ["A-1"] };
  expect(acted(scan, { outcome: "refused", title: "", detail: "" }, context)).toMatchObject({
    context,
    card: { tone: "no" },
  });
  expect(looked(scan, resolved([]), idle)?.card.tone).toBe("look");
});

test("what a carton does not say is asked for, and said with the same scan", () => {
  const receiving: Context = { ...idle, task: "receive", order: "PO-1" };
  const lines = [
    { number: 1, model: "Cable 1 m", outstanding: 4 },
    { number: 2, model: "Cable 2 m", outstanding: 10 },
  ];
  const which = acted(
    scan,
    { outcome: "look", title: "", detail: "", problem: { type: "/problems/which-line", lines } },
    receiving,
  );
  expect(which.card.next.map((n) => n.label)).toEqual(["1: Cable 1 m (4 open)", "2: Cable 2 m (10 open)"]);
  const again: QueuedScan = { ...scan, answer: which.card.next[1]?.answer };
  const problem = { type: "/problems/how-many" };
  const many = acted(again, { outcome: "look", title: "", detail: "", problem }, receiving);
  expect(many.card.next).toMatchObject([{ name: "count", answer: { line: "2" } }]);
  expect(requestOf({ ...again, answer: { line: "2", quantity: 7 } }, receiving)).toMatchObject({
    line: "2",
    quantity: 7,
  });
});
