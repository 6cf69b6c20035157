/** A keyboard-wedge scanner: types what a code contains as fast as a real one, separators as Ctrl chords, Enter at the end. */
import type { Page } from "@playwright/test";

const chords: Record<string, string> = { "\u001d": "Control+]", "\u001e": "Control+6", "\u0004": "Control+d" };

export async function scan(page: Page, text: string): Promise<void> {
  for (const character of text) {
    const chord = chords[character];
    if (chord) await page.keyboard.press(chord);
    else await page.keyboard.type(character);
  }
  await page.keyboard.press("Enter");
}

/** A carton's label of ISO/IEC 15434 format 06: order, part number, quantity, serial. */
export function carton({ order, part, quantity = 1, serial }: { order?: string; part?: string; quantity?: number; serial?: string }): string {
  const fields = [order && `K${order}`, part && `1P${part}`, `Q${quantity}`, serial && `S${serial}`].filter(Boolean);
  return `[)>\u001e06\u001d${fields.join("\u001d")}\u001e\u0004`;
}
