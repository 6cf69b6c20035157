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
  created_at?: string;
  lines: OrderLine[];
  budget?: string | null;
  receipts?: OrderReceipt[];
  actions?: Action[];
}
