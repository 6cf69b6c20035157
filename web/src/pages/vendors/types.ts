/** A vendor as the server tells it: what it keeps in lists of its own is typed here, the rest comes from the API's description. */
import type { components } from "@/api/schema.gen";

export interface Contact {
  id: string;
  version: string;
  name: string;
  role: string;
  email: string | null;
  phone: string | null;
  notes: string;
  retired_at: string | null;
}

export interface Address {
  id: string;
  version: string;
  kind: string;
  street: string;
  postal_code: string;
  city: string;
  region: string;
  country: string;
  notes: string;
  retired_at: string | null;
}

export interface LeadTime {
  model: string;
  name: string;
  days: number;
}

export type VendorRecord = Omit<components["schemas"]["Vendor"], "contacts" | "addresses" | "lead_times"> & {
  contacts: Contact[];
  addresses: Address[];
  lead_times: LeadTime[];
};

export type Scorecard = components["schemas"]["Scorecard"];
export type ScoreFigure = components["schemas"]["ScoreFigure"];
export type ScorePrice = components["schemas"]["ScorePrice"];
