import { expect, test } from "vitest";
import type { RequestLine, RequestRecord } from "./types";
import { wayOf } from "./way";

const line: RequestLine = {
  id: "1",
  number: 1,
  model: { code: "m", name: "Server", tracking: "serialised" },
  description: "",
  quantity: 4,
  unit: "pcs",
  bundled: 0,
  to_order: 4,
  ordered: 0,
  received: 0,
  put_away: 0,
  placed: 0,
  orders: [],
};
const order = {
  code: "PO-1",
  status: "ordered",
  vendor: { code: "v", name: "V" },
  line: 1,
  model: { code: "m", name: "Server", tracking: "serialised" },
  quantity: 4,
  received: 0,
  expected_on: "2027-01-31",
  assets: [],
};
const request = (status: string, decision?: string) => ({ status, decision }) as RequestRecord;
const told = (status: string, part: Partial<RequestLine>, decision?: string) =>
  wayOf(request(status, decision), { ...line, ...part }).map((s) => `${s.name}: ${s.state}`);

test("each step is done, under way or open", () => {
  expect(told("draft", {})).toEqual([
    "Asked: part",
    "Accepted: open",
    "Ordered: open",
    "Received: open",
    "Put away: open",
    "In place: open",
  ]);
  expect(told("ordered", { bundled: 4, ordered: 4, received: 2, put_away: 1, orders: [order] })).toEqual([
    "Asked: done",
    "Accepted: done",
    "Ordered: done",
    "Received: part",
    "Put away: part",
    "In place: open",
  ]);
  expect(wayOf(request("ordered"), { ...line, ordered: 4, orders: [order] })[3]?.says).toContain("Expected");
});

test("what is refused or withdrawn ends there, with the reason", () => {
  expect(wayOf(request("refused", "No money"), line)[1]).toEqual({
    name: "Refused",
    state: "ended",
    says: "No money",
  });
  expect(told("accepted", { refused: "On the shelf" })).toEqual(["Asked: done", "Refused: ended"]);
  expect(told("withdrawn", {})).toEqual(["Asked: done", "Withdrawn: ended"]);
});

test("pieces that are counted end with their receipt", () => {
  const cable = { ...order, model: { ...order.model, tracking: "counted" } };
  expect(told("fulfilled", { ordered: 4, received: 4, orders: [cable] }).at(-1)).toBe("Received: done");
});
