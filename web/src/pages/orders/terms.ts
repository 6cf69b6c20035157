/** What a line may have besides model, quantity and price, as it is typed and as it is said. */
import { parsePrice } from "@/lib/format";

export interface Terms {
  discount_percent: string;
  tax_percent: string;
  tolerance_percent: string;
  deliver_to: string;
  needed_by: string;
}

const PERCENTS = ["discount_percent", "tax_percent", "tolerance_percent"] as const;

export const termsOf = (rest: Record<string, unknown> = {}): Terms => {
  const text = (name: keyof Terms) =>
    rest[name] === undefined || rest[name] === null ? "" : String(rest[name]);
  return {
    discount_percent: zeroless(text("discount_percent")),
    tax_percent: zeroless(text("tax_percent")),
    tolerance_percent: zeroless(text("tolerance_percent")),
    deliver_to: text("deliver_to"),
    needed_by: text("needed_by"),
  };
};

const zeroless = (percent: string) => (Number(percent) === 0 ? "" : percent);

/** What is wrong with them, by field. */
export function termsFaults(terms: Terms): Partial<Record<keyof Terms, string>> {
  const faults: Partial<Record<keyof Terms, string>> = {};
  for (const name of PERCENTS) {
    const typed = terms[name].trim();
    const percent = typed === "" ? "0" : parsePrice(typed);
    if (percent === null || Number(percent) > 100) faults[name] = "A percentage from 0 to 100, as 2.5";
  }
  return faults;
}

/** As the request of an order has them; what is empty is left out. */
export function termsBody(terms: Terms): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const name of PERCENTS) {
    const percent = parsePrice(terms[name].trim());
    if (percent !== null && Number(percent) !== 0) body[name] = percent;
  }
  if (terms.deliver_to) body.deliver_to = terms.deliver_to;
  if (terms.needed_by) body.needed_by = terms.needed_by;
  return body;
}

/** In a few words, as they stand under the line's model. */
export function saidTerms(rest: Record<string, unknown> = {}): string {
  const terms = termsOf(rest);
  return [
    terms.discount_percent && `${terms.discount_percent} % off`,
    terms.tax_percent && `tax ${terms.tax_percent} %`,
    terms.tolerance_percent && `up to ${terms.tolerance_percent} % more`,
    terms.deliver_to && `to ${terms.deliver_to}`,
    terms.needed_by && `by ${terms.needed_by}`,
  ]
    .filter(Boolean)
    .join(" · ");
}
