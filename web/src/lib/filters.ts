/** A list's filters as the URL holds them (`status=in:ready,in_test`) and as a sentence says them. */
import type { ListColumn } from "@/api/types";
import { formatDate, words } from "./format";

export type Operator =
  | "is"
  | "in"
  | "not"
  | "gte"
  | "lte"
  | "gt"
  | "lt"
  | "between"
  | "like"
  | "null"
  | "notnull";

export interface Filter {
  column: string;
  operator: Operator;
  value: string;
}

const prefixed = /^(in|not|gte|lte|gt|lt|between|like|null|notnull):(.*)$/s;

export function readFilter(column: string, text: string): Filter {
  const match = prefixed.exec(text);
  return match
    ? { column, operator: match[1] as Operator, value: match[2] ?? "" }
    : { column, operator: "is", value: text };
}

export function writeFilter({ operator, value }: Pick<Filter, "operator" | "value">): string {
  if (operator === "null" || operator === "notnull") return `${operator}:`;
  if (value === "") return "";
  if (operator === "in" && !value.includes(",")) return value;
  if (operator === "between" && value.split(",").filter(Boolean).length < 2) return "";
  return operator === "is" ? value : `${operator}:${value}`;
}

/** Which questions make sense for a kind of column. */
export function operatorsFor(column: ListColumn): Operator[] {
  if (column.values?.length) return ["in", "not"];
  switch (column.kind) {
    case "integer":
    case "decimal":
    case "money":
    case "date":
    case "instant":
      return ["gte", "lte", "between", "null", "notnull"];
    case "boolean":
    case "team":
    case "uuid":
      return ["is"];
    default:
      return ["is", "like", "not", "null", "notnull"];
  }
}

const operatorWords: Record<Operator, string> = {
  is: "is",
  in: "is",
  not: "is not",
  gte: "at least",
  lte: "at most",
  gt: "more than",
  lt: "less than",
  between: "from",
  like: "contains",
  null: "is empty",
  notnull: "is known",
};

export function operatorWord(operator: Operator, column?: ListColumn): string {
  const when = column?.kind === "date" || column?.kind === "instant";
  if (when && operator === "gte") return "since";
  if (when && operator === "lte") return "until";
  if (column?.kind === "team" && operator === "is") return "at or below";
  return operatorWords[operator];
}

export function valueWords(filter: Filter, column?: ListColumn): string {
  if (filter.operator === "null" || filter.operator === "notnull") return "";
  const day = column?.kind === "date" || column?.kind === "instant";
  if (filter.operator === "between")
    return filter.value
      .split(",")
      .map((bound) => (day ? formatDate(bound) : bound))
      .join(" to ");
  if (day) return formatDate(filter.value);
  if (column?.kind === "boolean") return filter.value === "true" ? "yes" : "no";
  return filter.value
    .split(",")
    .map((v) => (column?.kind === "state" ? words(v) : v))
    .join(" or ");
}

/** Search parameters that steer the page and are no filters. */
export const STEERING = new Set(["q", "sort", "cols", "as_of", "tab", "by", "cursor", "limit"]);

export type Search = Record<string, string | undefined>;

export function filtersOf(search: Search): Filter[] {
  return Object.entries(search)
    .filter(([name, value]) => !STEERING.has(name) && value)
    .map(([name, value]) => readFilter(name, value!));
}

/** The query that the server gets for the rows: filters, text and sort, without what only the page needs. */
export function serverQuery(search: Search): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of Object.entries(search)) {
    if (value && name !== "cols" && name !== "tab" && name !== "by" && name !== "as_of") query[name] = value;
  }
  return query;
}

export type Sort = { column: string; descending: boolean }[];

export function readSort(text: string | undefined): Sort {
  return (text ?? "")
    .split(",")
    .filter(Boolean)
    .map((part) => ({ column: part.replace(/^-/, ""), descending: part.startsWith("-") }));
}

/** Clicking a heading: up, down, then back to the list's own order. */
export function nextSort(current: Sort, column: string): string | undefined {
  const now = current.length === 1 && current[0]!.column === column ? current[0]! : null;
  if (!now) return column;
  return now.descending ? undefined : `-${column}`;
}
