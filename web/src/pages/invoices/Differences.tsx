/** What does not match, in words; what was let pass says by whom. */
import classes from "./Invoice.module.css";
import type { Difference } from "./types";

export function Differences({ of }: { of: Difference[] }) {
  return of.map((one) => (
    <div key={one.kind} className={one.released_by ? classes.released : classes.open}>
      {one.says}
      {one.released_by && (
        <div className="faint small">
          Released by {one.released_by}: {one.release_reason}
        </div>
      )}
    </div>
  ));
}
