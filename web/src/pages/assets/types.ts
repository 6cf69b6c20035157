/** The shape of an asset's record that its pages read. */
import type { Reference } from "@/api/refs";
import type { Action, Row } from "@/api/types";

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
  /** Code of its model; `model_name` is what people call it. */
  model: Reference;
  model_name?: string;
  manufacturer?: Reference;
  part_number?: string | null;
  team: Reference;
  team_name?: string | null;
  custodian?: string | null;
  place?: Place | null;
  order?: Reference;
  order_line?: number | null;
  receipt?: string | null;
  vendor?: string | null;
  cost?: string | null;
  currency?: string | null;
  received_at?: string | null;
  received_by?: string | null;
  warranty_ends?: string | null;
  function?: string | null;
  classification?: string | null;
  verified_at?: string | null;
  verified_by?: string | null;
  lot?: string | null;
  country?: string | null;
  notes?: string | null;
  aliases?: { id?: string; kind: string; value: string }[];
  licences?: { entitlement: string; title: string; assigned_at?: string }[];
  contents?: { code: string; model: string; serial?: string | null; bay?: string | null }[];
  actions?: Action[];
}

export interface Port {
  id: string;
  /** `A-000482-7:eth0` */
  code: string;
  name: string;
  kind: string;
  type?: string | null;
  label?: string | null;
  mgmt_only?: boolean;
  /** Code of the cable in it. */
  cable?: string | null;
  peer_port_id?: string | null;
  peer_asset?: string | null;
  peer_name?: string | null;
  peer_port?: string | null;
  actions?: Action[];
}
