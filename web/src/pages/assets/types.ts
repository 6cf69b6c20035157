/** The shape of an asset's record that its pages read. */
import type { Reference } from "@/api/refs";
import type { Action, Ref, Row } from "@/api/types";

export interface Place {
  kind: string;
  code?: string | null;
  text?: string | null;
  rack?: string | null;
  unit?: number | string | null;
  face?: string | null;
}

export interface AssetRecord extends Row {
  id: string;
  code: string;
  serial?: string | null;
  name?: string | null;
  status: string;
  model:
    | (Ref & { id?: string; part_number?: string; manufacturer?: string; u_height?: number | string })
    | string
    | null;
  manufacturer?: Reference;
  team: Reference;
  place?: Place | null;
  order?: { code: string; line?: number } | null;
  cost?: string | null;
  currency?: string | null;
  received_at?: string | null;
  warranty_ends?: string | null;
  notes?: string | null;
  aliases?: { id?: string; kind: string; value: string }[];
  licences?: { id?: string; code: string; entitlement?: string; model?: string | Ref; name?: string }[];
  actions?: Action[];
}

export interface Port {
  id: string;
  code?: string;
  name: string;
  kind: string;
  type?: string | null;
  label?: string | null;
  mgmt_only?: boolean;
  cable?: { code: string } | null;
  peer?: { asset_code: string; asset_name?: string | null; port_name: string; port_id: string } | null;
  actions?: Action[];
}
