/** A contract as the server tells it. */
import type { components } from "@/api/schema.gen";
import type { Ref } from "@/api/types";

export interface Cover {
  id: string;
  kind: "vendor" | "asset" | "model" | "entitlement";
  code: string;
  name: string | null;
  note: string;
}

export interface Price {
  id: string;
  model: string;
  name: string;
  from_quantity: number;
  unit_price: string;
}

export type ContractRecord = Omit<
  components["schemas"]["Contract"],
  "vendor" | "team" | "covers" | "prices"
> & {
  vendor: Ref;
  team: Ref;
  covers: Cover[];
  prices: Price[];
};

export type Calendar = components["schemas"]["ContractCalendar"];
export type Day = components["schemas"]["ContractDay"];
