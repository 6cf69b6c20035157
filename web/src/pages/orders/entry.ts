/** The state of the order-entry grid: its lines as typed, what they add up to, and the request they become. */
import { addMoney, multiplyMoney, parsePrice } from "@/lib/format";

export interface EntryLine {
  key: string;
  model: string;
  modelLabel: string;
  quantity: string;
  price: string;
  description: string;
  /** What the line was given elsewhere and the grid does not show: it stays with the line. */
  rest?: Record<string, unknown>;
}

export interface Entry {
  vendor: string;
  vendorLabel: string;
  team: string;
  teamLabel: string;
  deliver_to: string;
  deliverLabel: string;
  currency: string;
  needed_by: string;
  notes: string;
  /** Not in drafts of earlier versions. */
  budget?: string;
  budgetLabel?: string;
  freight?: string;
  exchange_rate?: string;
  lines: EntryLine[];
}

let counter = 0;
export const emptyLine = (): EntryLine => ({
  key: `${Date.now()}-${counter++}`,
  model: "",
  modelLabel: "",
  quantity: "1",
  price: "",
  description: "",
});

export const emptyEntry = (): Entry => ({
  vendor: "",
  vendorLabel: "",
  team: "",
  teamLabel: "",
  deliver_to: "",
  deliverLabel: "",
  currency: "EUR",
  needed_by: "",
  notes: "",
  lines: [emptyLine()],
});

export const isBlank = (line: EntryLine) => line.model === "" && line.price === "" && line.description === "";

export function quantityOf(line: EntryLine): number | null {
  const text = line.quantity.trim();
  return /^\d{1,9}$/.test(text) && Number(text) > 0 ? Number(text) : null;
}

export function lineTotal(line: EntryLine): string | null {
  const price = parsePrice(line.price);
  const quantity = quantityOf(line);
  return price !== null && quantity !== null ? multiplyMoney(price, quantity) : null;
}

export const entryTotal = (lines: EntryLine[]) => addMoney(lines.map((line) => lineTotal(line) ?? "0"));

/** What is still missing or wrong, by cell; empty when the order can be sent. */
export function entryFaults(entry: Entry): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!entry.vendor) faults.vendor = "Whom to buy from?";
  if (!entry.team) faults.team = "For which team?";
  if (!entry.deliver_to) faults.deliver_to = "Where shall it be delivered?";
  if (!/^[A-Z]{3}$/.test(entry.currency)) faults.currency = "Three letters, as EUR";
  const real = entry.lines.filter((line) => !isBlank(line));
  if (real.length === 0) faults.lines = "An order needs at least one line.";
  for (const line of real) {
    if (!line.model) faults[`${line.key} model`] = "Choose a model from the catalogue";
    if (quantityOf(line) === null) faults[`${line.key} quantity`] = "A whole number above 0";
    if (parsePrice(line.price) === null) faults[`${line.key} price`] = "A price, as 1234.50";
  }
  return faults;
}

/** What of a draft can still be changed: its lines, date, notes, budget, freight and rate. */
export function entryEdit(entry: Entry) {
  const { lines, exchange_rate } = entryBody(entry);
  return {
    lines,
    notes: entry.notes,
    needed_by: entry.needed_by || null,
    budget: entry.budget ?? "",
    freight: parsePrice(entry.freight ?? "") ?? "0",
    ...(exchange_rate ? { exchange_rate } : {}),
  };
}

export function entryBody(entry: Entry) {
  const freight = parsePrice(entry.freight ?? "");
  const rate = (entry.exchange_rate ?? "").trim().replace(",", ".");
  return {
    vendor: entry.vendor,
    team: entry.team,
    deliver_to: entry.deliver_to,
    currency: entry.currency,
    ...(entry.needed_by ? { needed_by: entry.needed_by } : {}),
    ...(entry.notes ? { notes: entry.notes } : {}),
    ...(entry.budget ? { budget: entry.budget } : {}),
    ...(freight ? { freight } : {}),
    ...(rate ? { exchange_rate: rate } : {}),
    lines: entry.lines
      .filter((line) => !isBlank(line))
      .map((line) => ({
        model: line.model,
        quantity: quantityOf(line),
        unit_price: parsePrice(line.price),
        ...(line.description ? { description: line.description } : {}),
        ...line.rest,
      })),
  };
}

/** Rows copied out of a spreadsheet: model or part number, quantity, price, with tabs or semicolons between. */
export function parsePasted(text: string): { find: string; quantity: string; price: string }[] {
  return text
    .split(/\r?\n/)
    .map((row) => row.split(/\t|;/).map((cell) => cell.trim()))
    .filter((cells) => cells[0])
    .map((cells) => ({ find: cells[0]!, quantity: cells[1] || "1", price: cells[2] ?? "" }));
}

/** Lines with pasted ones put where the caret was: over a line that is still empty, else after it. */
export function putRows(
  lines: EntryLine[],
  at: number,
  rows: EntryLine[],
  blank: (line: EntryLine) => boolean = isBlank,
): EntryLine[] {
  const here = lines[at];
  return here && blank(here) ? lines.toSpliced(at, 1, ...rows) : lines.toSpliced(at + 1, 0, ...rows);
}

/** Pasted rows as lines that name no model yet: words until somebody chooses. */
export const pastedLines = (text: string): EntryLine[] =>
  parsePasted(text).map((row) => ({
    ...emptyLine(),
    modelLabel: row.find,
    quantity: row.quantity,
    price: row.price,
  }));
