import { expect, test } from "vitest";
import { fromTyped, visible, WedgeDecoder, type WedgeKey } from "./wedge";

type Press = Partial<WedgeKey> & { key: string; up?: boolean };

/** Plays key presses as a scanner sends them and gives the texts that came complete. */
function play(presses: Press[]): string[] {
  const decoder = new WedgeDecoder();
  const done: string[] = [];
  let text = "";
  for (const press of presses) {
    const key = { code: "", ctrlKey: false, altKey: false, metaKey: false, ...press };
    const answer = press.up ? decoder.keyUp(key) : decoder.keyDown(key, text !== "");
    if (answer.kind === "text") text += answer.text;
    if (answer.kind === "pass" && key.key.length === 1 && !press.up) text += key.key;
    if (answer.kind === "done") {
      done.push(text);
      text = "";
    }
  }
  return done;
}

const typed = (text: string): Press[] => [...text].map((key) => ({ key }));
const enter: Press = { key: "Enter" };

test("a plain code ends at Enter", () => {
  expect(play([...typed("A-000482-7"), enter, ...typed("B1"), enter])).toEqual(["A-000482-7", "B1"]);
});

test("Ctrl chords become the separators of ISO/IEC 15434", () => {
  const presses: Press[] = [
    ...typed("[)>"),
    { key: "^", code: "Digit6", ctrlKey: true },
    ...typed("06"),
    { key: "]", code: "BracketRight", ctrlKey: true },
    ...typed("SCZJ0290K1M"),
    { key: "6", code: "Digit6", ctrlKey: true },
    { key: "d", code: "KeyD", ctrlKey: true },
    enter,
  ];
  expect(play(presses)).toEqual(["[)>\u001e06\u001dSCZJ0290K1M\u001e\u0004"]);
});

test("a German layout still finds GS by the physical key", () => {
  expect(
    play([...typed("S1"), { key: "+", code: "BracketRight", ctrlKey: true }, ...typed("Q1"), enter]),
  ).toEqual(["S1\u001dQ1"]);
});

test("Alt+0029 on the keypad is GS", () => {
  const alt = (digit: string): Press => ({ key: digit, code: `Numpad${digit}`, altKey: true });
  const presses: Press[] = [
    ...typed("S1"),
    { key: "Alt", code: "AltLeft", altKey: true },
    ...["0", "0", "2", "9"].map(alt),
    { key: "Alt", up: true },
    ...typed("Q1"),
    enter,
  ];
  expect(play(presses)).toEqual(["S1\u001dQ1"]);
});

test("Tab ends a code only when there is one", () => {
  const decoder = new WedgeDecoder();
  const tab = { key: "Tab", code: "Tab", ctrlKey: false, altKey: false, metaKey: false };
  expect(decoder.keyDown(tab, false).kind).toBe("pass");
  expect(decoder.keyDown(tab, true).kind).toBe("done");
});

test("the browser keeps its own shortcuts", () => {
  const decoder = new WedgeDecoder();
  expect(
    decoder.keyDown({ key: "k", code: "KeyK", ctrlKey: true, altKey: false, metaKey: false }, false).kind,
  ).toBe("pass");
  expect(
    decoder.keyDown({ key: "v", code: "KeyV", ctrlKey: true, altKey: false, metaKey: false }, false).kind,
  ).toBe("pass");
});

test("control characters are shown, and can be typed", () => {
  expect(visible("06\u001dS1")).toBe("06␝S1");
  expect(fromTyped("06<GS>S1␝Q2{RS}")).toBe("06\u001dS1\u001dQ2\u001e");
});
