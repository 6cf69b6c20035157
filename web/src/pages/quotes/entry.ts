/** The state of the form that asks vendors, and the request that it becomes. */

import { codeOf, nameOf } from "@/api/refs";
import { type EntryLine, emptyLine, isBlank, quantityOf } from "@/pages/orders/entry";
import type { QuoteRequestRecord } from "./types";

export interface NamedVendor {
  code: string;
  label: string;
}

/** A line of a request by a team, as it is taken along. */
export interface TakenLine {
  requisition: string;
  line: number;
  says: string;
  /** Null where it was asked for in words. */
  model: string | null;
  quantity: string;
  chosen?: string;
}

export interface Asking {
  title: string;
  team: string;
  teamLabel: string;
  due_on: string;
  deliver_to: string;
  deliverLabel: string;
  budget: string;
  notes: string;
  vendors: NamedVendor[];
  lines: EntryLine[];
}

export const emptyAsking = (due: string): Asking => ({
  title: "",
  team: "",
  teamLabel: "",
  due_on: due,
  deliver_to: "",
  deliverLabel: "",
  budget: "",
  notes: "",
  vendors: [],
  lines: [emptyLine()],
});

/** In a week: what most vendors are given. */
export function inAWeek(now = Date.now()): string {
  return new Date(now + 7 * 86_400_000).toISOString().slice(0, 10);
}

export function askingFaults(asking: Asking, taken: TakenLine[]): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!asking.title.trim()) faults.title = "What is it about?";
  if (!asking.team) faults.team = "For which team?";
  if (!asking.due_on) faults.due_on = "Until which day?";
  const real = asking.lines.filter((line) => !isBlank(line));
  if (real.length + taken.length === 0) faults.lines = "Say what vendors shall offer: at least one line.";
  for (const line of real) {
    if (!line.model) faults[`${line.key} model`] = "Choose a model from the catalogue";
    if (quantityOf(line) === null) faults[`${line.key} quantity`] = "A whole number above 0";
  }
  for (const line of taken)
    if (line.model === null && !line.chosen)
      faults[`${line.requisition} ${line.line}`] = "Which model is that?";
  return faults;
}

export function askingBody(asking: Asking, taken: TakenLine[], withLines = true) {
  return {
    title: asking.title.trim(),
    due_on: asking.due_on,
    notes: asking.notes,
    ...(asking.deliver_to ? { deliver_to: asking.deliver_to } : {}),
    budget: asking.budget,
    vendors: asking.vendors.map((vendor) => vendor.code),
    ...(withLines
      ? {
          lines: asking.lines
            .filter((line) => !isBlank(line))
            .map((line) => ({
              model: line.model,
              quantity: quantityOf(line),
              ...(line.description ? { description: line.description } : {}),
              ...line.rest,
            })),
          requests: taken.map((line) => ({
            requisition: line.requisition,
            line: line.line,
            ...(line.quantity.trim() ? { quantity: Number(line.quantity) } : {}),
            ...(line.chosen ? { model: line.chosen } : {}),
          })),
        }
      : {}),
  };
}

export function askingOf(request: QuoteRequestRecord): Asking {
  return {
    title: request.title,
    team: codeOf(request.team) ?? "",
    teamLabel: nameOf(request.team) ?? "",
    due_on: request.due_on,
    deliver_to: codeOf(request.deliver_to) ?? "",
    deliverLabel: nameOf(request.deliver_to) ?? "",
    budget: request.budget ?? "",
    notes: request.notes,
    vendors: request.quotes.map((quote) => ({ code: quote.vendor.code, label: quote.vendor.name })),
    lines: request.lines.map((line) => ({
      ...emptyLine(),
      model: line.model.code,
      modelLabel: line.model.name,
      quantity: String(line.quantity),
      description: line.description,
      rest: line.needed_by ? { needed_by: line.needed_by } : {},
    })),
  };
}

/** `REQ-2026-00001:2,REQ-2026-00003:1` as it stands in an address. */
export function parseTaken(text: string | undefined): { requisition: string; line: number }[] {
  return (text ?? "")
    .split(",")
    .map((part) => part.split(":"))
    .filter(([code, line]) => code && /^\d+$/.test(line ?? ""))
    .map(([code, line]) => ({ requisition: code!, line: Number(line) }));
}
