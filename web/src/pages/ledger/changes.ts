/** The changes of an event as flat rows, from however the server groups its versions. */
import type { Change, Row } from "@/api/types";
import type { EventRecord } from "./LedgerEvent";

const bookkeeping = new Set(["opened_by", "valid_from", "closed_by", "valid_to", "id"]);

function fromVersion(version: Row): Change[] {
  if (Array.isArray(version.changes)) {
    return (version.changes as Change[]).map((change) => ({
      table: String(version.table ?? change.table ?? ""),
      code: (version.code as string | undefined) ?? change.code ?? String(version.table ?? ""),
      column: change.column,
      before: change.before,
      after: change.after,
    }));
  }
  const before = (version.before ?? version.closed ?? {}) as Row;
  const after = (version.after ?? version.opened ?? {}) as Row;
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => !bookkeeping.has(name),
  );
  return names
    .filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null))
    .map((column) => ({
      table: String(version.table ?? ""),
      code: (version.code as string | undefined) ?? String(version.table ?? ""),
      column,
      before: before[column],
      after: after[column],
    }));
}

export function changesOf(event: EventRecord): Change[] {
  if (Array.isArray(event.changes)) return event.changes;
  return (event.versions ?? []).flatMap(fromVersion);
}
