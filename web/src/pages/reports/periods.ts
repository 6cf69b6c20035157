/** Periods as filters: `between:2026-01-01,2026-12-31`. */
const day = (year: number, month: number, date: number) =>
  new Date(Date.UTC(year, month, date)).toISOString().slice(0, 10);

export function periods(now: Date): { value: string; label: string }[] {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  const quarter = Math.floor(month / 3) * 3;
  const from = (start: string, end: string) => `between:${start},${end}`;
  return [
    { value: from(day(year, month, 1), day(year, month + 1, 0)), label: "This month" },
    { value: from(day(year, month - 1, 1), day(year, month, 0)), label: "Last month" },
    { value: from(day(year, quarter, 1), day(year, quarter + 3, 0)), label: "This quarter" },
    { value: from(day(year, quarter - 3, 1), day(year, quarter, 0)), label: "Last quarter" },
    { value: from(day(year, 0, 1), day(year, 11, 31)), label: "This year" },
    { value: from(day(year - 1, 0, 1), day(year - 1, 11, 31)), label: "Last year" },
  ].filter((one, index, all) => all.findIndex((other) => other.value === one.value) === index);
}
