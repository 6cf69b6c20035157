/** A column's heading: sorts on click, is resized by its edge with the pointer or the arrow keys. */
import type { ListColumn } from "@/api/types";
import classes from "./DataTable.module.css";

interface Props {
  column: ListColumn;
  first: boolean;
  offset: number;
  width: number;
  numeric: boolean;
  sorted?: "ascending" | "descending";
  onSort?: () => void;
  onResizeStart: (event: unknown) => void;
  onResizeKey: (by: number) => void;
}

export function HeadCell({
  column,
  first,
  offset,
  width,
  numeric,
  sorted,
  onSort,
  onResizeStart,
  onResizeKey,
}: Props) {
  const mark = sorted === "ascending" ? "↑" : sorted === "descending" ? "↓" : "";
  return (
    <th
      scope="col"
      aria-sort={sorted}
      className={[first && classes.first, numeric && classes.number].filter(Boolean).join(" ")}
      style={{ width, minWidth: width, maxWidth: width, left: first ? offset : undefined }}
    >
      {onSort ? (
        <button type="button" className={classes.sort} onClick={onSort}>
          {column.label}
          <span aria-hidden="true" className={classes.mark}>
            {mark}
          </span>
        </button>
      ) : (
        <span className={classes.sort}>{column.label}</span>
      )}
      <div
        role="separator"
        aria-orientation="vertical"
        aria-label={`Width of ${column.label}`}
        aria-valuenow={Math.round(width)}
        aria-valuemin={56}
        aria-valuemax={800}
        tabIndex={-1}
        className={classes.grip}
        onMouseDown={onResizeStart}
        onTouchStart={onResizeStart}
        onKeyDown={(event) => {
          if (event.key === "ArrowRight") onResizeKey(8);
          if (event.key === "ArrowLeft") onResizeKey(-8);
        }}
      />
    </th>
  );
}
