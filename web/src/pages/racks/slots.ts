/** The geometry of an elevation: which slots a face has from top to bottom, and where each is drawn. */
import type { Elevation, Face, Placement } from "./types";

export interface Slot {
  /** Lowest unit of the slot. */
  unit: number;
  height: number;
  /** Distance of its top from the top of the rack, in units. */
  top: number;
  placement: Placement | null;
}

/** Distance from the top in units: counted from the bottom unless the rack numbers downwards. */
export function topOf(unit: number, height: number, total: number, descending: boolean): number {
  return descending ? unit - 1 : total - (unit - 1) - height;
}

/** All slots of a face, top first: each device one slot, each free unit one slot. */
export function slotsOf(elevation: Elevation, face: Face): Slot[] {
  const { u_height: total, descending_units: descending = false } = elevation.rack;
  const placed = elevation.placements.filter((p) => p.face === face || p.face === "both");
  const slots: Slot[] = placed.map((placement) => {
    const unit = Number(placement.unit);
    const height = Number(placement.height);
    return { unit, height, top: topOf(unit, height, total, descending), placement };
  });
  for (let unit = 1; unit <= total; unit++) {
    const taken = slots.some((s) => s.placement && s.unit < unit + 1 && s.unit + s.height > unit);
    if (!taken) slots.push({ unit, height: 1, top: topOf(unit, 1, total, descending), placement: null });
  }
  return slots.sort((a, b) => a.top - b.top);
}

/** `U17`, `U17-U18`, `U3.5`. */
export function unitText(unit: number, height: number): string {
  const last = unit + height - 1;
  return height <= 1 ? `U${unit}` : `U${unit}-U${last}`;
}
