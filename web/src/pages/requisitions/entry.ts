/** The state of the form that asks, and the request that it becomes. */
import { parsePrice } from "@/lib/format";
import { type EntryLine, emptyLine, isBlank as isBlankOrder, quantityOf } from "@/pages/orders/entry";
import type { RequestRecord } from "./types";

export interface Asking {
  team: string;
  teamLabel: string;
  reason: string;
  project: string;
  needed_by: string;
  budget: string;
  lines: EntryLine[];
}

export const emptyAsking = (): Asking => ({
  team: "",
  teamLabel: "",
  reason: "",
  project: "",
  needed_by: "",
  budget: "",
  lines: [emptyLine()],
});

/** A line of words has no model, but something typed where the model stands. */
export const isBlank = (line: EntryLine) => isBlankOrder(line) && line.modelLabel.trim() === "";

/** What is still missing or wrong, by cell; empty when it can be sent. */
export function askingFaults(asking: Asking): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!asking.team) faults.team = "For which team?";
  if (!asking.reason.trim()) faults.reason = "What is it for?";
  const real = asking.lines.filter((line) => !isBlank(line));
  if (real.length === 0) faults.lines = "Say what is needed: at least one line.";
  for (const line of real) {
    if (!line.model && !line.modelLabel.trim())
      faults[`${line.key} model`] = "Choose a model, or say what it is";
    if (quantityOf(line) === null) faults[`${line.key} quantity`] = "A whole number above 0";
    if (line.price.trim() && parsePrice(line.price) === null)
      faults[`${line.key} price`] = "A price, as 1234.50";
  }
  return faults;
}

function lineBody(line: EntryLine) {
  const words = line.model
    ? line.description
    : [line.modelLabel, line.description].filter((t) => t.trim()).join(": ");
  const price = parsePrice(line.price);
  return {
    ...(line.model ? { model: line.model } : {}),
    ...(words ? { description: words } : {}),
    quantity: quantityOf(line),
    ...(price ? { estimated_price: price } : {}),
    ...line.rest,
  };
}

export function askingBody(asking: Asking) {
  return {
    team: asking.team,
    ...askingEdit(asking),
    ...(asking.budget ? { budget: asking.budget } : { budget: undefined }),
  };
}

/** What of a draft can still be changed: all but its team. */
export function askingEdit(asking: Asking) {
  return {
    reason: asking.reason.trim(),
    project: asking.project.trim(),
    ...(asking.needed_by ? { needed_by: asking.needed_by } : {}),
    budget: asking.budget,
    lines: asking.lines.filter((line) => !isBlank(line)).map(lineBody),
  };
}

export function askingOf(request: RequestRecord): Asking {
  const team = typeof request.team === "object" && request.team ? request.team : null;
  return {
    team: team?.code ?? "",
    teamLabel: team?.name ?? team?.code ?? "",
    reason: request.reason,
    project: request.project,
    needed_by: request.needed_by ?? "",
    budget: request.budget ?? "",
    lines: request.lines.map((line) => ({
      ...emptyLine(),
      model: line.model?.code ?? "",
      modelLabel: line.model?.name ?? line.description,
      quantity: String(line.quantity),
      price: line.estimated_price ?? "",
      description: line.model ? line.description : "",
      rest: line.needed_by && line.needed_by !== request.needed_by ? { needed_by: line.needed_by } : {},
    })),
  };
}
