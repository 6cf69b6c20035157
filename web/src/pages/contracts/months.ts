/** Days of contracts sorted into months. */
import type { Day } from "./types";

/** What a day is, as the calendar says it. */
export const sayings: Record<string, string> = {
  notice: "Last day to give notice",
  end: "Ends",
  renew: "Renews itself",
};

export interface Month {
  /** `2027-02` */
  month: string;
  days: Day[];
}

/** Every month from a day to a day, with its days in their order; those without any too. */
export function byMonth(from: string, to: string, items: Day[]): Month[] {
  const months: Month[] = [];
  let [year, month] = from.split("-").map(Number) as [number, number];
  for (;;) {
    const name = `${year}-${String(month).padStart(2, "0")}`;
    if (name > to.slice(0, 7)) return months;
    months.push({ month: name, days: items.filter((day) => day.day.startsWith(name)) });
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
  }
}

const written = new Intl.DateTimeFormat(undefined, { month: "long", year: "numeric", timeZone: "UTC" });

export const monthName = (month: string) => written.format(new Date(`${month}-01T00:00:00Z`));
