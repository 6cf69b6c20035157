/**
 * The table of every list: virtual rows, sticky header and first column, sorting, resizing, selection, and
 * the keys j k Enter x. Columns come from the server's description of the list.
 */

import { useElementSize, useMergedRef } from "@mantine/hooks";
import { columnResizingFeature, columnSizingFeature, tableFeatures, useTable } from "@tanstack/react-table";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { ListColumn, Row } from "@/api/types";
import { nextSort, readSort } from "@/lib/filters";
import { useHotkeys } from "@/lib/hotkeys";
import { BodyRow } from "./BodyRow";
import { isNumeric } from "./Cell";
import classes from "./DataTable.module.css";
import { HeadCell } from "./HeadCell";
import { loadSizes, saveSizes, startWidths } from "./sizes";

const features = tableFeatures({ columnSizingFeature, columnResizingFeature });
const ROW = 32;

interface Props {
  name: string;
  label: string;
  columns: ListColumn[];
  rows: Row[];
  total: number | null;
  busy: boolean;
  sort: string | undefined;
  onSort: (sort: string | undefined) => void;
  onOpen?: (row: Row) => void;
  onEnd?: () => void;
  selection?: {
    chosen: Set<string>;
    toggle: (id: string, range?: string[]) => void;
    all: (on: boolean) => void;
  };
}

export const rowId = (row: Row, index: number) => String(row.id ?? row.code ?? index);

export function DataTable({
  name,
  label,
  columns,
  rows,
  total,
  busy,
  sort,
  onSort,
  onOpen,
  onEnd,
  selection,
}: Props) {
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width: room } = useElementSize();
  const ref = useMergedRef(scroller, measured);
  const [at, setAt] = useState(-1);
  const check = selection ? 36 : 0;
  const definitions = useMemo(() => {
    const starts = startWidths(columns, room - check);
    return columns.map((c) => ({
      id: c.name,
      accessorFn: (row: Row) => row[c.name],
      size: starts[c.name],
      minSize: 56,
      maxSize: 800,
    }));
  }, [columns, room, check]);
  const table = useTable({
    features,
    data: rows,
    columns: definitions,
    columnResizeMode: "onChange",
    initialState: { columnSizing: loadSizes(name) },
  });
  const sizes = table.state.columnSizing;
  useEffect(() => saveSizes(name, sizes), [name, sizes]);

  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 16,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items[items.length - 1]?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - 30) onEnd?.();
  }, [lastIndex, rows.length, onEnd]);

  const move = (step: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, at + step));
    setAt(next);
    virtual.scrollToIndex(next, { align: "auto" });
  };
  const here = at >= 0 ? rows[at] : undefined;
  useHotkeys({
    j: () => move(1),
    k: () => move(-1),
    // biome-ignore lint/correctness/noComponentHookFactories: the name of a key, not of a component
    Enter: () => here && onOpen?.(here),
    x: () => here && selection?.toggle(rowId(here, at)),
  });

  const order = readSort(sort);
  const before = items[0]?.start ?? 0;
  const after = virtual.getTotalSize() - (items[items.length - 1]?.end ?? 0);
  const span = columns.length + (selection ? 1 : 0) + 1;
  const headers = table.getHeaderGroups()[0]?.headers ?? [];
  const width = table.getTotalSize() + check;

  return (
    <div ref={ref} className={classes.scroller} role="region" aria-label={label} tabIndex={0}>
      <table
        className={classes.table}
        style={{ minWidth: width }}
        aria-rowcount={total ?? -1}
        aria-busy={busy}
      >
        <caption className="sr">{label}</caption>
        <thead>
          <tr>
            {selection && (
              <th className={classes.check} scope="col">
                <input
                  type="checkbox"
                  aria-label="Select all rows shown"
                  checked={rows.length > 0 && selection.chosen.size === rows.length}
                  onChange={(event) => selection.all(event.currentTarget.checked)}
                />
              </th>
            )}
            {headers.map((header, index) => {
              const column = columns[index];
              if (!column) return null;
              const sorted = order.find((part) => part.column === column.name);
              return (
                <HeadCell
                  key={header.id}
                  column={column}
                  first={index === 0}
                  offset={check}
                  width={header.getSize()}
                  numeric={isNumeric(column.kind)}
                  sorted={sorted ? (sorted.descending ? "descending" : "ascending") : undefined}
                  onSort={column.sortable ? () => onSort(nextSort(order, column.name)) : undefined}
                  onResizeStart={header.getResizeHandler()}
                  onResizeKey={(by) =>
                    table.setColumnSizing({ ...sizes, [column.name]: Math.max(56, header.getSize() + by) })
                  }
                />
              );
            })}
            <th className={classes.rest} aria-hidden="true" />
          </tr>
        </thead>
        <tbody>
          {before > 0 && (
            <tr aria-hidden="true">
              <td colSpan={span} style={{ height: before, padding: 0, border: 0 }} />
            </tr>
          )}
          {items.map((item) => {
            const row = rows[item.index];
            if (!row) return null;
            const id = rowId(row, item.index);
            return (
              <BodyRow
                key={id}
                row={row}
                index={item.index}
                columns={columns}
                current={item.index === at}
                chosen={selection?.chosen.has(id)}
                onToggle={selection ? () => selection.toggle(id) : undefined}
                onOpen={onOpen}
                onFocusRow={() => setAt(item.index)}
              />
            );
          })}
          {after > 0 && (
            <tr aria-hidden="true">
              <td colSpan={span} style={{ height: after, padding: 0, border: 0 }} />
            </tr>
          )}
        </tbody>
      </table>
    </div>
  );
}
