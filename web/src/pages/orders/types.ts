/** The shapes of an order's record that its pages read. */
import type { Reference } from "@/api/refs";
import type { Action, Row } from "@/api/types";

export interface OrderLine {
  id: string;
  number: number;
  model: {
    id?: string;
    code?: string;
    name: string;
    part_number?: string | null;
    tracking?: string;
    manufacturer?: string;
  };
  description?: string | null;
  quantity: number;
  unit?: string | null;
  unit_price: string;
  line_total?: string;
  received: number;
  outstanding: number;
  /** Given up: neither expected nor paid for. */
  cancelled?: number;
  discount_percent?: string;
  tax_percent?: string;
  tolerance_percent?: number;
  deliver_to?: string | null;
  needed_by?: string | null;
  tax?: string | null;
  returned?: number;
  invoiced?: number;
  credited?: number;
  /** Received and kept, and charged for by no invoice. */
  to_invoice?: number;
  /** For which requests how much of it is. */
  requests?: {
    code: string;
    line: number;
    team: string;
    requester: string;
    quantity: number;
    received: number;
  }[];
}

export interface ApprovalStep {
  number: number;
  name: string;
  group?: string | null;
  mode: "one" | "some" | "all";
  needed?: number | null;
  status: string;
  decisions: {
    person: string;
    for?: string | null;
    agreed: boolean;
    reason?: string;
    at: string;
  }[];
}

export interface Approval {
  status: string;
  total: string;
  asked_at: string;
  amendment?: number | null;
  steps: ApprovalStep[];
}

export interface AmendmentChange {
  line: number | null;
  what: string;
  before?: string | null;
  after: string;
}

export interface Amendment {
  number: number;
  status: string;
  reason: string;
  asked_by: string;
  total_before: string;
  total_after: string;
  changes: AmendmentChange[];
  at: string;
}

export interface OrderReceipt {
  code: string;
  received_on: string;
  receiver?: string;
  location?: string;
  delivery_note?: string | null;
  lines?: {
    id: string;
    line: number;
    model: string;
    quantity: number;
    at: string;
    reversed?: boolean;
    returned?: number;
    assets: { code: string; serial?: string | null }[];
  }[];
}

export interface OrderRecord extends Row {
  id: string;
  code: string;
  status: string;
  vendor: Reference;
  team: Reference;
  requester?: Reference;
  approver?: Reference;
  deliver_to?: Reference;
  currency: string;
  total?: string;
  needed_by?: string | null;
  notes?: string | null;
  vendor_reference?: string | null;
  former_number?: string | null;
  /** The quote that it came of. */
  quote?: { code: string; reference: string } | null;
  created_at?: string;
  lines: OrderLine[];
  budget?: string | null;
  net?: string | null;
  tax?: string | null;
  freight?: string | null;
  base_total?: string | null;
  base_currency?: string;
  exchange_rate?: string | null;
  budget_state?: {
    code: string;
    currency: string;
    amount: string;
    left: string;
    more?: string | null;
    over_order: "stop" | "warn" | "board";
  } | null;
  approvals?: Approval[];
  amendments?: Amendment[];
  receipts?: OrderReceipt[];
  invoices?: {
    code: string;
    number: string;
    status: string;
    invoiced_on: string;
    total: string;
    currency: string;
    credited: string;
    held_for?: string[] | null;
  }[];
  returns?: {
    code: string;
    status: string;
    expects: string;
    rma_number: string;
    reason: string;
    at: string;
    pieces: number;
  }[];
  actions?: Action[];
}
