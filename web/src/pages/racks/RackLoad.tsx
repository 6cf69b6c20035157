/** Weight and power of a rack as bars. */
import { formatQuantity } from "@/lib/format";
import { Meter } from "@/ui/values";
import classes from "./Rack.module.css";
import type { Elevation } from "./types";

export function RackLoad({ elevation }: { elevation: Elevation }) {
  const weight = [Number(elevation.weight?.used_kg ?? 0), Number(elevation.weight?.max_kg ?? 0)] as const;
  const power = [Number(elevation.power?.used_w ?? 0), Number(elevation.power?.max_w ?? 0)] as const;
  const total = elevation.rack.u_height;
  const free = elevation.free?.front?.reduce((sum, [from, to]) => sum + (to - from + 1), 0);
  return (
    <div className={classes.load}>
      {free !== undefined && (
        <>
          <span>Units</span>
          <Meter value={total - free} max={total} label="Units taken in front" />
          <span className="tabular small">
            {formatQuantity(total - free)} of {total} U
          </span>
        </>
      )}
      <span>Weight</span>
      <Meter value={weight[0]} max={weight[1]} label="Weight" />
      <span className="tabular small">
        {formatQuantity(Math.round(weight[0] * 10) / 10)}{" "}
        {weight[1] ? `of ${formatQuantity(weight[1])} kg` : "kg"}
      </span>
      <span>Power</span>
      <Meter value={power[0]} max={power[1]} label="Power" />
      <span className="tabular small">
        {formatQuantity(power[0])} {power[1] ? `of ${formatQuantity(power[1])} W` : "W"}
      </span>
    </div>
  );
}
