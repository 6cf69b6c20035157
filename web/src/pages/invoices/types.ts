/** The shapes of invoices and returns that their pages read. */
import type { Reference } from "@/api/refs";
import type { Action, Row } from "@/api/types";

export interface Difference {
  kind: string;
  says: string;
  excess: string;
  released_by?: string | null;
  release_reason?: string | null;
}

export interface InvoiceLine {
  number: number;
  kind: "order" | "freight" | "other";
  order_line?: number | null;
  model?: string | null;
  part_number?: string | null;
  description: string;
  unit?: string | null;
  ordered?: number | null;
  received?: number | null;
  returned: number;
  invoiced: number;
  order_price?: string | null;
  order_discount: string;
  quantity: number;
  unit_price: string;
  discount_percent: string;
  net: string;
  tax: string;
  credited: number;
  credited_net: string;
  differences: Difference[];
}

export interface CreditNote {
  code: string;
  number: string;
  status: string;
  credited_on: string;
  reason: string;
  total: string;
  return?: string | null;
}

export interface InvoiceRecord extends Row {
  code: string;
  number: string;
  status: string;
  vendor: Reference;
  team: Reference;
  order: string;
  budget?: string | null;
  invoiced_on: string;
  due_on?: string | null;
  currency: string;
  order_currency: string;
  exchange_rate: string;
  total: string;
  net: string;
  tax: string;
  credited: string;
  left_to_pay: string;
  notes: string;
  entered_by: string;
  entered_at: string;
  approved_at?: string | null;
  paid_on?: string | null;
  payment_reference: string;
  differences: Difference[];
  lines: InvoiceLine[];
  releases: { person: string; reason: string; at: string }[];
  credit_notes: CreditNote[];
  actions?: Action[];
}

export interface ReturnRecord extends Row {
  code: string;
  status: string;
  order: string;
  vendor: Reference;
  rma_number: string;
  reason: string;
  expects: string;
  carrier: string;
  returned_by: string;
  returned_at: string;
  lines: {
    line: number;
    model: string;
    receipt: string;
    quantity: number;
    assets: { code: string; serial?: string | null }[];
  }[];
  credit_notes: {
    code: string;
    number: string;
    invoice: string;
    total: string;
    currency: string;
    status: string;
  }[];
  actions?: Action[];
}
