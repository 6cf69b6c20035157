import { expect, test } from "vitest";
import { emptyLine } from "@/pages/orders/entry";
import { askingBody, askingFaults, emptyAsking, inAWeek, parseTaken } from "./entry";

const taken = { requisition: "REQ-1", line: 2, says: "A truck", model: null, quantity: "3" };

test("lines of requests stand in the address and are read from it", () => {
  expect(parseTaken("REQ-1:2,REQ-3:1,broken,REQ-4:x")).toEqual([
    { requisition: "REQ-1", line: 2 },
    { requisition: "REQ-3", line: 1 },
  ]);
  expect(parseTaken(undefined)).toEqual([]);
});

test("what was asked for in words needs a model", () => {
  const asking = { ...emptyAsking(inAWeek(0)), title: "Trucks", team: "A-2" };
  expect(asking.due_on).toBe("1970-01-08");
  expect(askingFaults(asking, [taken])).toEqual({ "REQ-1 2": "Which model is that?" });
  expect(askingFaults(asking, [{ ...taken, chosen: "truck" }])).toEqual({});
  expect(askingFaults(asking, []).lines).toBeTruthy();
});

test("an edit of what came from requests leaves the lines alone", () => {
  const asking = {
    ...emptyAsking("2027-01-01"),
    title: " Trucks ",
    team: "A-2",
    vendors: [{ code: "V", label: "V" }],
    lines: [{ ...emptyLine(), model: "m", quantity: "2" }],
  };
  expect(askingBody(asking, [{ ...taken, chosen: "truck" }])).toMatchObject({
    title: "Trucks",
    vendors: ["V"],
    lines: [{ model: "m", quantity: 2 }],
    requests: [{ requisition: "REQ-1", line: 2, quantity: 3, model: "truck" }],
  });
  expect(askingBody(asking, [], false)).not.toHaveProperty("lines");
});
