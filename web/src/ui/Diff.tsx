/** What changed: column, before, after. */
import type { Change } from "@/api/types";
import { words } from "@/lib/format";
import classes from "./Diff.module.css";

function shown(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

export function Diff({ changes }: { changes: Change[] }) {
  return (
    <div className={classes.scroll} role="region" aria-label="Changes" tabIndex={0}>
      <table className={classes.diff}>
        <thead className="sr">
          <tr>
            <th>Record</th>
            <th>Before</th>
            <th>After</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change, index) => (
            <tr key={index}>
              <th scope="row">
                {words(change.column)}
                {change.code && <span className={classes.of}>{change.code}</span>}
              </th>
              <td>
                <del>{shown(change.before)}</del>
              </td>
              <td>
                <ins>{shown(change.after)}</ins>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
