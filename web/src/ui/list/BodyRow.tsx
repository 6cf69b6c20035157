/** One row of a list: a click anywhere but on a link or box opens it. */
import { memo } from "react";
import type { ListColumn, Row } from "@/api/types";
import { Cell, isNumeric, plainText } from "./Cell";
import classes from "./DataTable.module.css";

interface Props {
  row: Row;
  index: number;
  columns: ListColumn[];
  current: boolean;
  chosen?: boolean;
  onToggle?: () => void;
  onOpen?: (row: Row) => void;
  onFocusRow: () => void;
}

function BodyRowRaw({ row, index, columns, current, chosen, onToggle, onOpen, onFocusRow }: Props) {
  const open = (event: React.MouseEvent) => {
    onFocusRow();
    if ((event.target as HTMLElement).closest("a,button,input,label") || window.getSelection()?.toString())
      return;
    onOpen?.(row);
  };
  return (
    <tr
      aria-rowindex={index + 2}
      aria-current={current || undefined}
      data-current={current || undefined}
      data-chosen={chosen || undefined}
      data-opens={onOpen ? true : undefined}
      onClick={open}
    >
      {onToggle && (
        <td className={classes.check}>
          <input
            type="checkbox"
            aria-label={`Select ${plainText(row[columns[0]?.name ?? "code"])}`}
            checked={chosen ?? false}
            onChange={onToggle}
          />
        </td>
      )}
      {columns.map((column, at) => {
        const inside = <Cell column={column} row={row} />;
        const className = [at === 0 && classes.first, isNumeric(column.kind) && classes.number]
          .filter(Boolean)
          .join(" ");
        return at === 0 ? (
          <th key={column.name} scope="row" className={className} style={onToggle ? undefined : { left: 0 }}>
            {inside}
          </th>
        ) : (
          <td
            key={column.name}
            className={className}
            title={column.kind === "text" ? plainText(row[column.name]) : undefined}
          >
            {inside}
          </td>
        );
      })}
      <td className={classes.rest} />
    </tr>
  );
}

export const BodyRow = memo(BodyRowRaw);
