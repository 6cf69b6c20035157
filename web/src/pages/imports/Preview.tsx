/** What each row of the file would do, the refused ones first, and the button that does it all. */
import { formatQuantity, plural } from "@/lib/format";
import { ActionButton } from "@/ui/ActionBar";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import table from "@/ui/table.module.css";
import classes from "./Imports.module.css";
import type { Imported } from "./use-import";

interface Props {
  shown: Imported;
  busy: boolean;
  onImport: () => void;
}

export function Preview({ shown, busy, onImport }: Props) {
  const { rows, accepted, refused, items } = shown;
  return (
    <section aria-label="What the file would do">
      <div className={classes.summary}>
        <p>
          <b className="tabular">{plural(rows, "row")}</b>:{" "}
          <span className="tabular">{formatQuantity(accepted)}</span> would be taken,{" "}
          <span className="tabular">{formatQuantity(refused)}</span> refused.
          {rows > items.length && (
            <span className="muted">
              {" "}
              The first {items.length} are shown, the refused ones before the others.
            </span>
          )}
        </p>
        <ActionButton
          label={`Import ${plural(rows, "row")}`}
          primary
          loading={busy}
          reason={
            refused > 0
              ? `${refused === 1 ? "One row is" : `${formatQuantity(refused)} rows are`} refused, and a file is taken whole or not at all. Mend the file and choose it again.`
              : null
          }
          onClick={onImport}
        />
      </div>
      <SmallTable
        label="Rows of the file"
        heads={[{ text: "Line", number: true }, "Verdict", "What it does, or what is wrong"]}
        className={classes.rows}
      >
        <tbody>
          {items.map((item) => (
            <tr key={item.line}>
              <th scope="row" className={table.number}>
                {item.line}
              </th>
              <td>
                <State state={item.code === null || item.code === undefined ? "refused" : "taken"} />
              </td>
              <td className={classes.says}>
                {item.errors.length === 0 && item.says}
                {item.errors.map((error) => (
                  <span key={`${error.field} ${error.message}`} className={classes.fault}>
                    <code>{error.field}</code> {error.message}
                  </span>
                ))}
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
    </section>
  );
}
