/** What the server says of a rack's elevation. */
export type Face = "front" | "rear";

export interface Placement {
  asset: {
    code: string;
    name?: string | null;
    serial?: string | null;
    status: string;
    model?: string | { name: string } | null;
    manufacturer?: string | null;
    full_depth?: boolean;
  };
  face: Face | "both";
  unit: number | string;
  height: number | string;
}

export interface Elevation {
  rack: { code: string; name?: string | null; u_height: number; descending_units?: boolean };
  placements: Placement[];
  free: Record<Face, [number, number][]>;
  weight?: { used_kg?: number | string | null; max_kg?: number | string | null } | null;
  power?: { used_w?: number | string | null; max_w?: number | string | null } | null;
}
