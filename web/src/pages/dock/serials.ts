/** Serials as they are pasted from a vendor's mail or sheet: one a line, or between commas, semicolons, tabs or blanks. */
export const serialsOf = (text: string): string[] =>
  text
    .split(/[\s,;]+/)
    .map((serial) => serial.trim())
    .filter((serial) => serial !== "");

/** A quantity as it was typed; what is no number goes as it is, and the server says so. */
export function pieces(text: string): number | string {
  const number = Number(text.trim().replace(",", "."));
  return text.trim() === "" || Number.isNaN(number) ? text : number;
}

export interface Announced {
  quantity: string;
  serials: string;
  package: string;
}

/** What the server is told of the lines that something was typed for. */
export function linesOf(typed: Record<number, Partial<Announced>>): Record<string, unknown>[] {
  return Object.entries(typed).flatMap(([line, { quantity = "", serials = "", package: carton = "" }]) => {
    const list = serialsOf(serials);
    if (quantity.trim() === "" && list.length === 0) return [];
    return [
      {
        line,
        ...(quantity.trim() === "" ? {} : { quantity: pieces(quantity) }),
        ...(list.length > 0 ? { serials: list } : {}),
        ...(carton.trim() === "" ? {} : { package: carton.trim() }),
      },
    ];
  });
}
