/** A vendor's answer as it is typed, and the request that it becomes. */
import { parsePrice } from "@/lib/format";
import type { Quote } from "./types";

export interface TypedOffer {
  price: string;
  days: string;
  minimum: string;
  note: string;
}

export interface TypedAnswer {
  vendor: string;
  currency: string;
  exchange_rate: string;
  freight: string;
  valid_until: string;
  answered_on: string;
  reference: string;
  note: string;
  lines: Record<number, TypedOffer>;
}

export const noOffer: TypedOffer = { price: "", days: "", minimum: "", note: "" };
const text = (value: unknown) => (value === null || value === undefined ? "" : String(value));

/** What was answered before, to be corrected; or nothing yet. */
export function typedOf(quote: Quote | undefined, base: string): TypedAnswer {
  const lines: Record<number, TypedOffer> = {};
  for (const line of quote?.lines ?? [])
    if (!line.missing)
      lines[line.line] = {
        price: text(line.unit_price),
        days: text(line.lead_time_days),
        minimum: text(line.min_quantity),
        note: text(line.note),
      };
  return {
    vendor: quote?.vendor.code ?? "",
    currency: quote?.currency ?? "",
    exchange_rate: quote?.currency && quote.currency !== base ? text(quote.exchange_rate) : "",
    freight: Number(quote?.freight ?? 0) > 0 ? text(quote?.freight) : "",
    valid_until: text(quote?.valid_until),
    answered_on: text(quote?.answered_on),
    reference: text(quote?.reference),
    note: text(quote?.note),
    lines,
  };
}

const whole = (value: string) => value.trim() === "" || /^\d{1,4}$/.test(value.trim());

/** What is wrong, by field; empty when it can be sent. Lines without a price are not offered. */
export function answerFaults(answer: TypedAnswer): Record<string, string> {
  const faults: Record<string, string> = {};
  if (!answer.vendor) faults.vendor = "Who answered?";
  const offers = Object.entries(answer.lines).filter(([, offer]) => offer.price.trim() !== "");
  if (offers.length === 0) faults.lines = "Enter at least one price.";
  for (const [line, offer] of offers) {
    if (parsePrice(offer.price) === null) faults[`${line} price`] = "A price, as 1234.50";
    if (!whole(offer.days)) faults[`${line} days`] = "Days, as 14";
    if (offer.minimum.trim() && !/^\d+(\.\d{1,3})?$/.test(offer.minimum.trim()))
      faults[`${line} minimum`] = "A number above 0";
  }
  return faults;
}

export function answerBody(answer: TypedAnswer) {
  const optional = (name: string, value: string) => (value.trim() ? { [name]: value.trim() } : {});
  return {
    vendor: answer.vendor,
    ...optional("currency", answer.currency),
    ...optional("exchange_rate", answer.exchange_rate.replace(",", ".")),
    ...optional("freight", parsePrice(answer.freight) ?? ""),
    ...optional("valid_until", answer.valid_until),
    ...optional("answered_on", answer.answered_on),
    ...optional("reference", answer.reference),
    ...optional("note", answer.note),
    lines: Object.entries(answer.lines)
      .filter(([, offer]) => offer.price.trim() !== "")
      .map(([line, offer]) => ({
        line: Number(line),
        unit_price: parsePrice(offer.price),
        ...(offer.days.trim() ? { lead_time_days: Number(offer.days) } : {}),
        ...(offer.minimum.trim() ? { min_quantity: Number(offer.minimum) } : {}),
        ...optional("note", offer.note),
      })),
  };
}
