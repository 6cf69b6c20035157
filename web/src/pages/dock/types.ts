/** The shapes of what the dock's pages read. */
import type { components } from "@/api/schema.gen";
import type { Action } from "@/api/types";

export interface NoticeLine {
  number: number;
  line: number;
  model: { code: string; name: string };
  package: string;
  lot: string;
  quantity: number;
  arrived: number;
  unit: string;
  serials: number;
  expected: number;
  missing: number;
  beyond: number;
}

export type Notice = components["schemas"]["ShippingNoticeRow"] & { lines: NoticeLine[]; actions?: Action[] };
export type Discrepancy = components["schemas"]["DiscrepancyRow"] & {
  line?: { number: number; model: string } | null;
  actions?: Action[];
};
