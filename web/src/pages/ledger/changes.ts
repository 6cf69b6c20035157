/** The changes of an event as flat rows: the server tells each row of the books before and after. */
import type { Change, Row } from "@/api/types";

const bookkeeping = new Set(["opened_by", "valid_from", "closed_by", "valid_to", "id"]);

interface RowChange {
  table_name?: string;
  table?: string;
  row_id?: string;
  code?: string | null;
  before?: Row | null;
  after?: Row | null;
}

function columnsOf(change: RowChange): Change[] {
  const before = change.before ?? {};
  const after = change.after ?? {};
  const table = change.table_name ?? change.table ?? "";
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names
    .filter((name) => !bookkeeping.has(name))
    .filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null))
    .map((column) => ({
      table,
      code: change.code ?? table,
      column,
      before: before[column],
      after: after[column],
    }));
}

export function changesOf(changes: (Change | RowChange)[] | undefined): Change[] {
  return (changes ?? []).flatMap((change) => ("column" in change ? [change] : columnsOf(change)));
}
