/** How numbers, money, instants and durations are written, everywhere. */

export const MINUS = "\u2212";

/** Narrow no-break space between groups of three digits: no locale takes it for a decimal sign. */
export const GROUP = "\u202f";

/** Splits a decimal string into grouped whole part and fraction, without going through a float. */
function groupDecimal(text: string): { sign: string; whole: string; fraction: string } {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return { sign: "", whole: text, fraction: "" };
  const whole = (match[2] ?? "0").replace(/^0+(?=\d)/, "").replace(/\B(?=(\d{3})+(?!\d))/g, GROUP);
  return { sign: match[1] ? MINUS : "", whole, fraction: match[3] ?? "" };
}

const minorUnits: Record<string, number> = {
  JPY: 0,
  KRW: 0,
  CLP: 0,
  ISK: 0,
  BHD: 3,
  KWD: 3,
  JOD: 3,
  TND: 3,
  OMR: 3,
};

/** `"1234.5600"`, `"EUR"` -> `1 234.56`. Digits beyond the minor unit are kept when they say something. */
export function formatMoney(amount: string | number | null | undefined, currency = "EUR"): string {
  if (amount === null || amount === undefined || amount === "") return "";
  const { sign, whole, fraction } = groupDecimal(String(amount));
  const digits = minorUnits[currency] ?? 2;
  let kept = fraction.replace(/0+$/, "");
  if (kept.length < digits) kept = kept.padEnd(digits, "0");
  return `${sign}${whole}${kept ? `.${kept}` : ""}`;
}

/** A whole or decimal quantity with thin groups: `12 000`, `3.5`. */
export function formatQuantity(value: string | number | null | undefined): string {
  if (value === null || value === undefined || value === "") return "";
  const { sign, whole, fraction } = groupDecimal(String(value));
  const kept = fraction.replace(/0+$/, "");
  return `${sign}${whole}${kept ? `.${kept}` : ""}`;
}

/** Exact product of a decimal price string and an integer quantity, to four places, as a decimal string. */
export function multiplyMoney(price: string, quantity: number): string {
  const scaled = toScaled(price);
  return scaled === null || !Number.isSafeInteger(quantity)
    ? "0.0000"
    : fromScaled(scaled * BigInt(quantity));
}

export function addMoney(amounts: string[]): string {
  return fromScaled(amounts.reduce((sum, amount) => sum + (toScaled(amount) ?? 0n), 0n));
}

function toScaled(text: string): bigint | null {
  const match = /^(-?)(\d+)(?:\.(\d{0,4}))?$/.exec(text.trim());
  if (!match) return null;
  const value = BigInt(match[2] + (match[3] ?? "").padEnd(4, "0"));
  return match[1] ? -value : value;
}

function fromScaled(value: bigint): string {
  const sign = value < 0n ? "-" : "";
  const digits = (value < 0n ? -value : value).toString().padStart(5, "0");
  return `${sign}${digits.slice(0, -4)}.${digits.slice(-4)}`;
}

/** What a person types as a price (`1,234.5`, `1 234,50`) as a decimal string, or null when it is no price. */
export function parsePrice(text: string): string | null {
  let value = text.trim().replace(/[\s'\u202f\u2009]/g, "");
  if (/^\d{1,3}(\.\d{3})+,\d{1,4}$/.test(value)) value = value.replace(/\./g, "").replace(",", ".");
  else if (/^\d+,\d{1,2}$/.test(value)) value = value.replace(",", ".");
  else value = value.replace(/,(?=\d{3}(\D|$))/g, "");
  return /^\d+(\.\d{1,4})?$/.test(value) ? value : null;
}

const dateTime = new Intl.DateTimeFormat(undefined, {
  year: "numeric",
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
});
const dayOnly = new Intl.DateTimeFormat(undefined, { year: "numeric", month: "short", day: "numeric" });

export function formatInstant(iso: string | null | undefined): string {
  if (!iso) return "";
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : dateTime.format(at);
}

export function formatDate(iso: string | null | undefined): string {
  if (!iso) return "";
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T12:00:00` : iso);
  return Number.isNaN(at.getTime()) ? iso : dayOnly.format(at);
}

const steps: [number, string][] = [
  [60, "second"],
  [60, "minute"],
  [24, "hour"],
  [7, "day"],
  [4.35, "week"],
  [12, "month"],
  [Number.POSITIVE_INFINITY, "year"],
];

/** `95` seconds -> `2 minutes`: the largest unit that a person would say. */
export function formatDuration(seconds: number): string {
  let value = Math.abs(seconds);
  for (const [size, unit] of steps) {
    const rounded = Math.round(value);
    if (rounded < size) return `${rounded} ${unit}${rounded === 1 ? "" : "s"}`;
    value /= size;
  }
  return "";
}

/** `3 minutes ago`, `in 2 days`, `just now`. */
export function formatAgo(iso: string, now = Date.now()): string {
  const seconds = (now - new Date(iso).getTime()) / 1000;
  if (Number.isNaN(seconds)) return iso;
  if (Math.abs(seconds) < 10) return "just now";
  return seconds > 0 ? `${formatDuration(seconds)} ago` : `in ${formatDuration(seconds)}`;
}

/** `in_service` -> `in service`; `partly_received` -> `partly received`. */
export const words = (name: string) => name.replace(/[_-]+/g, " ");

/** First letter large, for headings and buttons. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Several of what a list names one of: `asset` -> `assets`, `api_token` -> `api tokens`. */
export function pluralOf(noun: string): string {
  const text = words(noun);
  if (/person$/.test(text)) return text.replace(/person$/, "people");
  if (/(stock|s)$/.test(text)) return text;
  if (/[^aeiou]y$/.test(text)) return `${text.slice(0, -1)}ies`;
  return /(x|sh|ch)$/.test(text) ? `${text}es` : `${text}s`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatQuantity(count)} ${count === 1 ? one : many}`;
}

const irregular: Record<string, string> = {
  put_away: "put away",
  take_back: "taken back",
  count: "counted",
  submit: "submitted",
  tell: "told",
  find: "found",
  give: "given",
  send: "sent",
  make: "made",
  set: "set",
  first_administrator: "made the first administrator",
  unknown: "not understood",
  reset: "reset",
  undo: "undone",
  withdraw: "withdrawn",
};

/** An action of the ledger as something that happened: `licence.assign` -> `licence assigned`. */
export function happened(action: string): string {
  const parts = action.split(".");
  const verb = parts.pop() ?? "";
  const [first = "", ...rest] = verb.split("_");
  const past = (word: string) =>
    irregular[word] ??
    (word.endsWith("e")
      ? `${word}d`
      : /[^aeiou]y$/.test(word)
        ? `${word.slice(0, -1)}ied`
        : word.endsWith("ed")
          ? word
          : `${word}ed`);
  const done = irregular[verb] ?? [past(first), ...rest].join(" ");
  return words([...parts, done].join(" "));
}
