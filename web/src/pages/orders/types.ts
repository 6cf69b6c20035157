/** The shapes of an order's record that its pages read. */
import type { Action, Ref, Row } from "@/api/types";

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

export interface OrderRecord extends Row {
  id: string;
  code: string;
  status: string;
  vendor: Ref | null;
  team: Ref | null;
  requester?: Ref | string | null;
  approver?: Ref | string | null;
  deliver_to?: Ref | string | null;
  currency: string;
  total?: string;
  needed_by?: string | null;
  notes?: string | null;
  vendor_reference?: string | null;
  created_at?: string;
  lines: OrderLine[];
  receipts?: { code: string; received_at?: string; at?: string; by?: string; received_by?: string }[];
  actions?: Action[];
}

/** A person or place that the server gives as a plain name or as a reference. */
export function nameOf(value: Ref | string | null | undefined): string | null {
  if (!value) return null;
  return typeof value === "string" ? value : (value.name ?? value.code);
}

export const codeOfRef = (value: Ref | string | null | undefined): string | null =>
  !value ? null : typeof value === "string" ? value : value.code;
