/** A small table inside a record: named for those who hear it, reached by keyboard, and scrolled sideways on a phone. */
import table from "./table.module.css";

export type Head = string | { text: string; number?: boolean; hidden?: boolean; minWidth?: number };

interface Props {
  label: string;
  heads: Head[];
  className?: string;
  maxHeight?: number;
  /** The table's body, and its foot where it has one. */
  children: React.ReactNode;
}

export function SmallTable({ label, heads, className, maxHeight, children }: Props) {
  return (
    <section
      className={table.scroll}
      aria-label={label}
      tabIndex={0}
      style={maxHeight ? { maxHeight } : undefined}
    >
      <table className={className ? `${table.table} ${className}` : table.table}>
        <thead>
          <tr>
            {heads.map((head) => {
              const column: Exclude<Head, string> = typeof head === "string" ? { text: head } : head;
              const { text, number, hidden, minWidth } = column;
              return (
                <th
                  key={text}
                  scope="col"
                  className={number ? table.number : undefined}
                  style={minWidth ? { minWidth } : undefined}
                >
                  {hidden ? <span className="sr">{text}</span> : text}
                </th>
              );
            })}
          </tr>
        </thead>
        {children}
      </table>
    </section>
  );
}
