import { expect, test } from "vitest";
import { slotsOf, topOf, unitText } from "./slots";
import type { Elevation } from "./types";

const asset = (code: string) => ({ code, status: "in_service" });
const elevation: Elevation = {
  rack: { code: "R12", u_height: 6 },
  placements: [
    { asset: asset("A-1"), face: "both", unit: 2, height: 2 },
    { asset: asset("A-2"), face: "front", unit: 5, height: 0.5 },
  ],
  free: { front: [], rear: [] },
};

test("units count from the bottom, or from the top in racks numbered downwards", () => {
  expect(topOf(1, 1, 42, false)).toBe(41);
  expect(topOf(17, 2, 42, false)).toBe(24);
  expect(topOf(17, 2, 42, true)).toBe(16);
});

test("a device is one slot on each face that it takes, every free unit is one", () => {
  expect(slotsOf(elevation, "front").map((s) => [s.unit, s.placement?.asset.code ?? "free"])).toEqual([
    [6, "free"],
    [5, "A-2"],
    [4, "free"],
    [2, "A-1"],
    [1, "free"],
  ]);
  expect(slotsOf(elevation, "rear").filter((s) => !s.placement)).toHaveLength(4);
});

test("a slot is written as its units", () => {
  expect(unitText(17, 2)).toBe("U17-U18");
  expect(unitText(3, 1)).toBe("U3");
});
