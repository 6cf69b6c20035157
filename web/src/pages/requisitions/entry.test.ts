import { expect, test } from "vitest";
import { emptyLine } from "@/pages/orders/entry";
import { askingBody, askingFaults, emptyAsking } from "./entry";

const line = (part: object) => ({ ...emptyLine(), ...part });

test("what is missing is said by field and cell", () => {
  const bad = line({ modelLabel: "A truck", quantity: "0", price: "dear" });
  const faults = askingFaults({ ...emptyAsking(), lines: [bad, line({})] });
  expect(Object.keys(faults)).toEqual(["team", "reason", `${bad.key} quantity`, `${bad.key} price`]);
  expect(askingFaults(emptyAsking()).lines).toBeTruthy();
});

test("a model goes by its code, words go as words, an empty line does not go", () => {
  const lines = [
    line({ model: "srv", modelLabel: "Server", quantity: "3", price: "1,200.00" }),
    line({ modelLabel: "Hand truck", description: "250 kg", quantity: "1" }),
    line({}),
  ];
  expect(askingBody({ ...emptyAsking(), team: "A-2", reason: " Racks ", lines })).toEqual({
    team: "A-2",
    reason: "Racks",
    project: "",
    budget: undefined,
    lines: [
      { model: "srv", quantity: 3, estimated_price: "1200.00" },
      { description: "Hand truck: 250 kg", quantity: 1 },
    ],
  });
});
