/** The coloured band that says one is looking at the past. */
import { formatInstant } from "@/lib/format";
import classes from "./AsOf.module.css";
import { useAsOf, useSetAsOf } from "./as-of";

export function AsOfBand() {
  const asOf = useAsOf();
  const set = useSetAsOf();
  if (!asOf) return null;
  return (
    <div className={classes.band} role="status">
      <span>
        As of <b className="tabular">{formatInstant(asOf)}</b>. This is the past: nothing can be changed here.
      </span>
      <button type="button" onClick={() => set(null)}>
        Return to now
      </button>
    </div>
  );
}
