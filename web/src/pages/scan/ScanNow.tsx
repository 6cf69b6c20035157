/** The top third: the task, its order or batch, its bin, its progress; the queue and the network. */
import { SegmentedControl } from "@mantine/core";
import { useRead } from "@/api/hooks";
import { plural } from "@/lib/format";
import { expected } from "@/pages/orders/lines";
import type { OrderRecord } from "@/pages/orders/types";
import { RecordPicker } from "@/ui/RecordPicker";
import { Meter } from "@/ui/values";
import classes from "./Scan.module.css";
import type { Context, Task } from "./types";

interface Props {
  context: Context;
  waiting: number;
  reachable: boolean;
  onContext: (part: Partial<Context>) => void;
  onLabels: () => void;
}

const tasks: { value: Task; label: string }[] = [
  { value: "look_up", label: "Look up" },
  { value: "receive", label: "Receive" },
  { value: "put_away", label: "Put away" },
];

export function ScanNow({ context, waiting, reachable, onContext, onLabels }: Props) {
  return (
    <section className={classes.now} aria-label="What is being done">
      <div className={classes.bar}>
        <SegmentedControl
          aria-label="Task"
          data={tasks}
          value={context.task}
          onChange={(task) => onContext({ task: task as Task, codes: [] })}
          size="sm"
          fullWidth
          style={{ flex: 1 }}
        />
        <span className={classes.network} data-off={!reachable || undefined} role="status">
          <span className={classes.dot} aria-hidden="true" />
          {reachable ? (waiting > 0 ? `${waiting} in queue` : "Online") : `No network · ${waiting} waiting`}
        </span>
      </div>
      {context.task === "look_up" && (
        <p className={classes.task}>Scan anything: a tag, a bin, an order, a carton.</p>
      )}
      {context.task === "receive" && (
        <Receiving context={context} onContext={onContext} onLabels={onLabels} />
      )}
      {context.task === "put_away" && (
        <>
          <p className={classes.task}>
            {context.codes.length === 0
              ? "Scan the things, then the bin."
              : `${plural(context.codes.length, "thing")} in hand. Scan the bin to put them away.`}
          </p>
          <p className={classes.codes}>
            {context.codes.slice(-6).join("  ")}
            {context.codes.length > 0 && (
              <button type="button" className={classes.inline} onClick={() => onContext({ codes: [] })}>
                Start over
              </button>
            )}
          </p>
        </>
      )}
    </section>
  );
}

function Receiving({ context, onContext, onLabels }: Pick<Props, "context" | "onContext" | "onLabels">) {
  const order = useRead<OrderRecord>(
    context.order ? `/purchase-orders/${encodeURIComponent(context.order)}` : null,
    {},
    { keep: true },
  );
  if (!context.order)
    return <p className={classes.task}>Scan the order’s code, or a piece that its vendor announced.</p>;
  const lines = order.data?.lines ?? [];
  const done = lines.reduce((sum, line) => sum + Number(line.received), 0);
  const of = lines.reduce((sum, line) => sum + expected(line), 0);
  const open = lines.filter((line) => Number(line.outstanding) > 0);
  return (
    <>
      <div className={classes.task}>
        <span className="mono">{context.order}</span>
        <span className={classes.progress}>
          {done} of {of}
        </span>
      </div>
      <Meter value={done} max={of} label={`Received of ${context.order}`} warn={2} />
      <p className={classes.lines}>
        {open.length === 0 && of > 0
          ? "Everything has arrived."
          : open.map((line) => (
              <span key={line.id}>
                <b className="tabular">{line.outstanding}</b> × {line.model.name}
              </span>
            ))}
      </p>
      <div className={classes.into}>
        <RecordPicker
          aria-label="Receiving bin"
          placeholder="Receiving bin: scan or choose"
          target="locations"
          filter={{ kind: "bin" }}
          value={context.location ?? ""}
          display={context.location ? `Into ${context.location}` : ""}
          onChange={(location) => onContext({ location: location || null })}
        />
        {context.received.length > 0 && (
          <button type="button" className={classes.labels} onClick={onLabels}>
            Labels ({context.received.length})
          </button>
        )}
      </div>
    </>
  );
}
