/** The shapes of a request's record that its pages read. */
import type { Reference } from "@/api/refs";
import type { Action, Row } from "@/api/types";

export interface RequestAsset {
  code: string;
  serial?: string | null;
  status: string;
  place?: string | null;
}

export interface RequestOrder {
  code: string;
  status: string;
  vendor: { code: string; name: string };
  line: number;
  model: { code: string; name: string; tracking: string };
  quantity: number;
  received: number;
  ordered_at?: string | null;
  expected_on?: string | null;
  assets: RequestAsset[];
}

export interface RequestLine {
  id: string;
  number: number;
  /** Null where it was asked for in words. */
  model: { code: string; name: string; part_number?: string | null; tracking: string } | null;
  description: string;
  quantity: number;
  unit: string;
  needed_by?: string | null;
  estimated_price?: string | null;
  refused?: string | null;
  bundled: number;
  to_order: number;
  ordered: number;
  received: number;
  put_away: number;
  placed: number;
  orders: RequestOrder[];
}

export interface RequestRecord extends Row {
  id: string;
  code: string;
  status: string;
  team: Reference;
  requester: string;
  reason: string;
  project: string;
  needed_by?: string | null;
  budget?: string | null;
  currency: string;
  estimate: string;
  over_budget: boolean;
  board?: { name: string; agreed_by?: string | null } | null;
  decided_by?: string | null;
  decision?: string | null;
  created_at: string;
  submitted_at?: string | null;
  decided_at?: string | null;
  lines: RequestLine[];
  actions?: Action[];
}
