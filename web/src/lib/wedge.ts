/**
 * Reads a keyboard-wedge scanner: turns its key events into the exact text that was in the code.
 * Control characters arrive as Ctrl chords, as Alt + keypad digits, or literally; a browser would take
 * the chords for shortcuts, so the page listens in the capture phase and prevents them.
 */

const GS = "\u001d";
const RS = "\u001e";
const EOT = "\u0004";

const chords: Record<string, string> = {
  "]": GS,
  "^": RS,
  "6": RS,
  d: EOT,
  D: EOT,
  "\\": "\u001c",
  _: "\u001f",
  "-": "\u001f",
};

export type WedgeKey = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey" | "metaKey">;

export type WedgeAnswer =
  | { kind: "pass" } // not ours: let the page have the key
  | { kind: "text"; text: string } // characters to add
  | { kind: "swallow" } // ours, but nothing to add yet
  | { kind: "done" }; // the suffix: the code is complete

/** Decodes one key after another. Keeps the digits of an Alt sequence between calls. */
export class WedgeDecoder {
  private altDigits = "";

  /** `hasText`: whether something was typed already, so that Tab as a suffix is told from Tab as navigation. */
  keyDown(event: WedgeKey, hasText: boolean): WedgeAnswer {
    if (event.metaKey) return { kind: "pass" };
    if (event.altKey) return this.altKey(event);
    if (event.ctrlKey) return this.ctrlKey(event, hasText);
    if (event.key === "Enter") return { kind: "done" };
    if (event.key === "Tab" && hasText) return { kind: "done" };
    if (event.key.length === 1 && event.key < " ") return { kind: "text", text: event.key };
    return { kind: "pass" };
  }

  /** Alt released: the digits typed meanwhile are one character (Alt+0029 is GS). */
  keyUp(event: Pick<KeyboardEvent, "key">): WedgeAnswer {
    if (event.key !== "Alt" || this.altDigits === "") return { kind: "pass" };
    const point = Number.parseInt(this.altDigits, 10);
    this.altDigits = "";
    return point > 0 && point < 256
      ? { kind: "text", text: String.fromCharCode(point) }
      : { kind: "swallow" };
  }

  private altKey(event: WedgeKey): WedgeAnswer {
    const digit =
      /^(?:Numpad|Digit)(\d)$/.exec(event.code)?.[1] ?? (/^\d$/.test(event.key) ? event.key : null);
    if (digit === null) return { kind: event.key === "Alt" ? "swallow" : "pass" };
    this.altDigits += digit;
    return { kind: "swallow" };
  }

  private ctrlKey(event: WedgeKey, hasText: boolean): WedgeAnswer {
    if (event.code === "BracketRight") return { kind: "text", text: GS };
    if (event.code === "Digit6") return { kind: "text", text: RS };
    const control = chords[event.key];
    if (control) return { kind: "text", text: control };
    if (hasText && /^[jm]$/i.test(event.key)) return { kind: "done" };
    return { kind: "pass" };
  }
}

const names: Record<string, string> = {
  "\u001d": "GS",
  "\u001e": "RS",
  "\u001f": "US",
  "\u001c": "FS",
  "\u0004": "EOT",
  "\u0000": "NUL",
};

/** Control characters made visible for a person: `[)>␞06␝S…`. */
export function visible(text: string): string {
  return text.replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)));
}

/** What a screen reader says for a control character. */
export const controlName = (c: string) => names[c] ?? "control";

/** The reverse for typing by hand: `<GS>`, `{GS}`, `␝` all mean the real character. */
export function fromTyped(text: string): string {
  return text
    .replace(/[<{[](GS|RS|US|FS|EOT|NUL)[>}\]]/gi, (_, name: string) => {
      const found = Object.entries(names).find(([, n]) => n === name.toUpperCase());
      return found?.[0] ?? "";
    })
    .replace(/[\u2400-\u241f]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0x2400));
}
