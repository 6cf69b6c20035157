/** One cell of a list by its column's kind. Rows may carry a value plain or as `{code, name}`. */
import { Link } from "@tanstack/react-router";
import type { ListColumn, Row } from "@/api/types";
import { recordPath } from "@/lib/paths";
import { State } from "../State";
import { Day, Instant, Money, Quantity } from "../values";

const isRef = (value: unknown): value is { code?: string; name?: string; title?: string } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function plainText(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (isRef(value)) return value.name ?? value.title ?? value.code ?? "";
  if (Array.isArray(value)) return value.map(plainText).join(", ");
  return String(value);
}

/** The code that a linked cell opens: the value itself, a code inside it, or a `<column>_code` beside it. */
function linkOf(column: ListColumn, row: Row): string | null {
  if (!column.link) return null;
  const value = row[column.name];
  const beside = row[`${column.name}_code`] ?? row[`${column.name}_id`];
  const code = isRef(value) ? value.code : (beside ?? value ?? (column.kind === "code" ? row.id : null));
  return recordPath(column.link, code === null || code === undefined ? null : String(code));
}

export const isNumeric = (kind: ListColumn["kind"]) =>
  kind === "integer" || kind === "decimal" || kind === "money";

export function Cell({ column, row }: { column: ListColumn; row: Row }) {
  const value = row[column.name];
  if (value === null || value === undefined || value === "") return null;
  const to = linkOf(column, row);
  const text = plainText(value);
  switch (column.kind) {
    case "state":
      return <State state={text} />;
    case "money": {
      const currency = row[`${column.name}_currency`] ?? row.currency;
      return <Money amount={text} currency={typeof currency === "string" ? currency : undefined} />;
    }
    case "integer":
    case "decimal":
      return (
        <Quantity
          value={text}
          unit={
            column.unit ?? (typeof row.unit === "string" && column.name === "quantity" ? row.unit : undefined)
          }
        />
      );
    case "instant":
      return <Instant at={text} />;
    case "date":
      return <Day at={text} />;
    case "boolean":
      return value === true ? "yes" : "no";
    case "team":
      return (
        <>
          {isRef(value) && value.code && value.code !== text && (
            <span className="mono faint">{value.code} </span>
          )}
          {to ? <Link to={to}>{text}</Link> : text}
        </>
      );
    case "code":
    case "mono":
    case "uuid":
      return to ? (
        <Link to={to} className="mono">
          {isRef(value) ? (value.code ?? text) : text}
        </Link>
      ) : (
        <span className="mono">{text}</span>
      );
    default:
      return to ? <Link to={to}>{text}</Link> : text;
  }
}
