/** Choosing among answers: whole, or line by line with the best price to begin with. */
import { formatMoney } from "@/lib/format";
import { answered, type QuoteRequestRecord } from "./types";

export const BY_LINE = "line by line";

/** Vendors whose answer can be taken whole, the cheapest first as the server gives them. */
export const wholes = (request: QuoteRequestRecord) =>
  request.quotes
    .filter((quote) => quote.status === "answered")
    .map((quote) => ({
      value: quote.vendor.code,
      label: `${quote.vendor.name}: ${formatMoney(quote.total, quote.currency ?? "EUR")} ${quote.currency}${quote.complete ? "" : ", not all lines"}`,
    }));

/** Who offers a line. */
export const offersOf = (request: QuoteRequestRecord, line: number) =>
  request.quotes
    .filter((quote) => answered(quote) && quote.status === "answered")
    .flatMap((quote) => {
      const offer = quote.lines.find((own) => own.line === line);
      if (!offer || offer.missing || offer.expired) return [];
      return [
        {
          value: quote.vendor.code,
          label: `${quote.vendor.name}: ${formatMoney(offer.net, quote.currency ?? "EUR")} ${quote.currency}`,
          best: offer.best_price === true,
        },
      ];
    });

/** The best price of each line, where there is one. */
export function bestOfEach(request: QuoteRequestRecord): Record<number, string> {
  const best: Record<number, string> = {};
  for (const line of request.lines) {
    const offers = offersOf(request, line.number);
    const one = offers.find((offer) => offer.best) ?? offers[0];
    if (one) best[line.number] = one.value;
  }
  return best;
}

export function choiceBody(whole: string, lines: Record<number, string>, deliverTo: string, reason: string) {
  return {
    ...(whole === BY_LINE
      ? {
          lines: Object.entries(lines)
            .filter(([, vendor]) => vendor)
            .map(([line, vendor]) => ({ line: Number(line), vendor })),
        }
      : { vendor: whole }),
    ...(deliverTo ? { deliver_to: deliverTo } : {}),
    ...(reason.trim() ? { reason: reason.trim() } : {}),
  };
}
