import { expect, test } from "vitest";
import { after, idle, requestOf } from "./context";
import type { Answer } from "./types";

const look = (kind: string, code: string, next: string[] = []): Answer => ({
  outcome: "look",
  title: code,
  record: { kind, code },
  next: next.map((name) => ({ name, label: name, allowed: true })),
});

test("scanning an order that can be received begins receiving it", () => {
  const context = after(idle, look("purchase_order", "PO-2026-00042", ["receive"]));
  expect(context).toMatchObject({ task: "receive", order: "PO-2026-00042" });
  expect(after(idle, look("purchase_order", "PO-2026-00042"))).toEqual(idle);
});

test("while receiving, a bin becomes the receiving bin and received assets are kept for their labels", () => {
  let context = after({ ...idle, task: "receive", order: "PO-1" }, look("bin", "WH1-RCV"));
  context = after(context, {
    outcome: "done",
    title: "Received",
    record: { kind: "asset", code: "A-000001-X" },
  });
  expect(context).toMatchObject({ location: "WH1-RCV", received: ["A-000001-X"] });
  expect(requestOf("raw", context)).toEqual({
    text: "raw",
    task: "receive",
    purchase_order: "PO-1",
    location: "WH1-RCV",
  });
});

test("putting away gathers things until a bin is scanned", () => {
  let context = after({ ...idle, task: "put_away" }, look("asset", "A-1"));
  context = after(context, look("asset", "A-1"));
  context = after(context, look("asset", "A-2"));
  expect(context.codes).toEqual(["A-1", "A-2"]);
  expect(after(context, { outcome: "done", title: "Put away" }).codes).toEqual([]);
});

test("a refusal changes nothing", () => {
  const context = { ...idle, task: "put_away" as const, codes: ["A-1"] };
  expect(after(context, { ...look("asset", "A-2"), outcome: "refused" })).toBe(context);
});
