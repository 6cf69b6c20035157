/** The shapes of a request for quotation that its pages read. */
import type { Reference } from "@/api/refs";
import type { Action, Row } from "@/api/types";

export interface AskedLine {
  number: number;
  model: { code: string; name: string; part_number?: string | null };
  description: string;
  quantity: number;
  unit: string;
  needed_by?: string | null;
  requests: { code: string; line: number; team: string; quantity: number }[];
}

export interface OfferLine {
  line: number;
  missing: boolean;
  unit_price?: string;
  /** At least the vendor's minimum, where fewer are asked. */
  buys?: number;
  net?: string;
  base_net?: string | null;
  lead_time_days?: number | null;
  min_quantity?: number | null;
  above_asked?: boolean;
  valid_until?: string | null;
  expired?: boolean;
  note?: string;
  best_price?: boolean;
  best_lead_time?: boolean;
  chosen?: boolean;
}

export interface Quote {
  vendor: { code: string; name: string };
  status: string;
  currency: string | null;
  exchange_rate?: string | null;
  freight: string;
  valid_until?: string | null;
  reference: string;
  note: string;
  answered_on?: string | null;
  late: boolean;
  expired: boolean;
  complete: boolean;
  total?: string | null;
  base_total?: string | null;
  lead_time_days?: number | null;
  best_total: boolean;
  best_lead_time: boolean;
  order?: string | null;
  lines: OfferLine[];
}

export interface QuoteRequestRecord extends Row {
  code: string;
  status: string;
  title: string;
  notes: string;
  due_on: string;
  team: Reference;
  buyer: string;
  deliver_to?: Reference;
  budget?: string | null;
  base_currency: string;
  created_at: string;
  sent_at?: string | null;
  decided_at?: string | null;
  lines: AskedLine[];
  quotes: Quote[];
  actions?: Action[];
}

export const answered = (quote: Quote) => ["answered", "chosen", "not_chosen"].includes(quote.status);
