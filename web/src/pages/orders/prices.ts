/** What is known of a model's price while it is ordered: agreed by contract, paid last, how long it takes. */
import { useRead } from "@/api/hooks";
import type { components } from "@/api/schema.gen";
import { formatDate, formatMoney, formatQuantity, plural } from "@/lib/format";
import { type EntryLine, quantityOf } from "./entry";

export type Prices = components["schemas"]["Prices"];

export function usePrices(line: EntryLine | undefined, vendor: string, currency: string) {
  const quantity = line ? (quantityOf(line) ?? 1) : 1;
  const wanted = line?.model ? `/models/${encodeURIComponent(line.model)}/prices` : null;
  return useRead<Prices>(wanted, { vendor, quantity, currency }, { keep: true, staleTime: 60_000 }).data;
}

/** The price that is suggested in the order's currency: the contract's, else the one paid to this vendor last. */
export function suggested(prices: Prices | undefined, currency: string): string | null {
  const from = [prices?.contract, prices?.last].find((one) => one && one.currency === currency);
  return from ? plain(from.unit_price, currency) : null;
}

/** As it is typed: without groups. */
const plain = (amount: string, currency: string) => formatMoney(amount, currency).replace(/\s/g, "");

/** All that is known, as sentences. */
export function known(prices: Prices | undefined): string[] {
  if (!prices) return [];
  const said: string[] = [];
  const money = (amount: string, currency: string) => `${formatMoney(amount, currency)} ${currency}`;
  const { contract, last, last_of_any: any, lead_time: lead } = prices;
  if (contract) {
    const more =
      Number(contract.from_quantity) > 1 ? ` from ${formatQuantity(contract.from_quantity)} on` : "";
    const until = contract.until ? ` until ${formatDate(contract.until)}` : "";
    said.push(`${money(contract.unit_price, contract.currency)}${more} by ${contract.contract}${until}`);
  }
  if (last) said.push(`last paid ${money(last.unit_price, last.currency)} on ${last.order}`);
  else if (any)
    said.push(`last paid ${money(any.unit_price, any.currency)} to ${any.vendor} on ${any.order}`);
  if (lead) said.push(`usually ${plural(lead.days, "day")}`);
  return said;
}
