/** An invoice as it is typed, and the request that it makes. */
import { parsePrice } from "@/lib/format";
import type { OrderLine } from "@/pages/orders/types";

export interface TypedLine {
  quantity?: string;
  price?: string;
  tax?: string;
}

export interface Entry {
  number: string;
  invoiced_on: string;
  due_on: string;
  total: string;
  freight: string;
  other: string;
  otherWhat: string;
  lines: Record<number, TypedLine>;
}

export const emptyEntry = (today: string): Entry => ({
  number: "",
  invoiced_on: today,
  due_on: "",
  total: "",
  freight: "",
  other: "",
  otherWhat: "",
  lines: {},
});

/** What the field of a line holds: as typed, or what was received and is not charged for yet. */
export const quantityOf = (line: OrderLine, typed: TypedLine | undefined): string =>
  typed?.quantity ?? ((line.to_invoice ?? 0) > 0 ? String(line.to_invoice) : "");

const number = (text: string): number | null => {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() === "" || Number.isNaN(value) || value < 0 ? null : value;
};

/** The lines that charge for something; null for a field that is no number. */
function charged(lines: OrderLine[], entry: Entry) {
  return lines.flatMap((line) => {
    const typed = entry.lines[line.number];
    const text = quantityOf(line, typed);
    if (text.trim() === "" || Number(text) === 0) return [];
    const price = typed?.price?.trim() ? parsePrice(typed.price) : undefined;
    const tax = typed?.tax?.trim() ? parsePrice(typed.tax) : undefined;
    return [{ line: line.number, quantity: number(text), unit_price: price, tax_percent: tax }];
  });
}

const amount = (text: string) => (text.trim() ? parsePrice(text) : undefined);

export function faultsOf(lines: OrderLine[], entry: Entry): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!entry.number.trim()) faults.number = "The number on the invoice.";
  if (!entry.invoiced_on) faults.invoiced_on = "The day on the invoice.";
  const charges = charged(lines, entry);
  for (const line of charges) {
    if (line.quantity === null) faults[`quantity ${line.line}`] = "A number.";
    if (line.unit_price === null) faults[`price ${line.line}`] = "A price.";
    if (line.tax_percent === null) faults[`tax ${line.line}`] = "Per cent.";
  }
  for (const field of ["total", "freight", "other"] as const)
    if (amount(entry[field]) === null) faults[field] = "An amount such as 12.50.";
  if (amount(entry.other) && !entry.otherWhat.trim()) faults.otherWhat = "Say what it is for.";
  if (charges.length === 0 && !amount(entry.freight) && !amount(entry.other))
    faults.lines = "Say how many are charged for.";
  return faults;
}

export function bodyOf(order: string, lines: OrderLine[], entry: Entry): object {
  const said = (value: object) =>
    Object.fromEntries(Object.entries(value).filter(([, v]) => v !== undefined && v !== ""));
  const extra: object[] = [];
  if (amount(entry.freight)) extra.push({ kind: "freight", unit_price: amount(entry.freight) });
  if (amount(entry.other))
    extra.push({ kind: "other", description: entry.otherWhat.trim(), unit_price: amount(entry.other) });
  return said({
    order,
    number: entry.number.trim(),
    invoiced_on: entry.invoiced_on,
    due_on: entry.due_on,
    total: amount(entry.total),
    lines: [...charged(lines, entry).map(said), ...extra],
  });
}
