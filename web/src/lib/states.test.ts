import { expect, test } from "vitest";
import { STAGES, stageOf } from "./states";

test("every lifecycle stage is its own", () => {
  expect(STAGES.map(stageOf)).toEqual(STAGES);
});

test("states of orders borrow the stage they mean, and an unknown state is plain", () => {
  expect(stageOf("Partly Received")).toBe("received");
  expect(stageOf("rejected")).toBe("refused");
  expect(stageOf("something new")).toBe("plain");
});
