/** The way of a line from the asking to the rack, as steps. */
import { formatDate, formatQuantity } from "@/lib/format";
import type { RequestLine, RequestRecord } from "./types";

export interface WayStep {
  name: string;
  /** Done, under way, still to come, or where it ended. */
  state: "done" | "part" | "open" | "ended";
  says: string;
  orders?: string[];
}

const reached = (have: number, all: number): WayStep["state"] =>
  have >= all ? "done" : have > 0 ? "part" : "open";
const of = (have: number, all: number) => `${formatQuantity(have)} of ${formatQuantity(all)}`;

export function wayOf(request: RequestRecord, line: RequestLine): WayStep[] {
  const asked: WayStep = {
    name: "Asked",
    state: request.status === "draft" ? "part" : "done",
    says: request.status === "draft" ? "A draft yet" : formatQuantity(line.quantity),
  };
  const ended = line.refused ?? (request.status === "refused" ? (request.decision ?? "") : null);
  if (ended !== null) return [asked, { name: "Refused", state: "ended", says: ended }];
  if (request.status === "withdrawn")
    return [asked, { name: "Withdrawn", state: "ended", says: request.decision ?? "" }];
  const accepted = !["draft", "submitted"].includes(request.status);
  const live = line.orders.filter((order) => order.quantity > 0);
  const expected = live
    .map((order) => order.expected_on)
    .filter((day): day is string => !!day)
    .sort()
    .at(-1);
  const steps: WayStep[] = [
    asked,
    {
      name: "Accepted",
      state: accepted ? "done" : "open",
      says: accepted ? "" : request.status === "submitted" ? "Waits for a buyer" : "",
    },
    {
      name: "Ordered",
      state: reached(line.ordered, line.quantity),
      says:
        line.ordered > 0
          ? of(line.ordered, line.quantity)
          : line.bundled > 0
            ? "The order is not out yet"
            : "",
      orders: live.map((order) => order.code),
    },
    {
      name: "Received",
      state: reached(line.received, line.quantity),
      says:
        line.received > 0
          ? of(line.received, line.quantity)
          : line.ordered > 0 && expected
            ? `Expected ${formatDate(expected)}`
            : "",
    },
  ];
  // Pieces that are counted have no places of their own.
  const tracked =
    live.length > 0
      ? live.some((order) => order.model.tracking === "serialised")
      : line.model?.tracking === "serialised";
  if (!tracked) return steps;
  return [
    ...steps,
    {
      name: "Put away",
      state: reached(line.put_away, line.quantity),
      says: line.put_away > 0 ? of(line.put_away, line.quantity) : "",
    },
    {
      name: "In place",
      state: reached(line.placed, line.quantity),
      says: line.placed > 0 ? of(line.placed, line.quantity) : "",
    },
  ];
}
