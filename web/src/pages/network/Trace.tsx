/** The trace of a port: a line through every cable and panel to the other end. */
import { Link, useParams } from "@tanstack/react-router";
import { Fragment } from "react";
import { useRead } from "@/api/hooks";
import { formatQuantity, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { State } from "@/ui/State";
import classes from "./Trace.module.css";

/** One port of the way, and how it was reached. */
interface Hop {
  step: number;
  via: "start" | "cable" | "panel";
  port_id: string;
  port: string;
  kind: string;
  type?: string | null;
  asset: string;
  asset_name: string;
  rack?: string | null;
  cable?: string | null;
  cable_kind?: string | null;
  color?: string | null;
  length_m?: string | null;
}

interface TraceAnswer {
  hops: Hop[];
  complete: boolean;
  ends?: unknown[];
  text?: string;
}

export function Trace() {
  const { code } = useParams({ strict: false }) as { code: string };
  const trace = useRead<TraceAnswer>(`/ports/${encodeURIComponent(code)}/trace`, {}, { keep: true });
  const first = trace.data?.hops[0];
  const title = first ? `Trace from ${first.asset}:${first.port}` : "Trace";
  return (
    <Page title={title} lead={trace.data?.text && <span>{trace.data.text}</span>}>
      {trace.error ? <ProblemCard error={trace.error} onRetry={() => trace.refetch()} /> : null}
      {trace.data && (
        <>
          <ol className={classes.line} aria-label="Hops">
            {trace.data.hops.map((hop) => (
              <Fragment key={hop.port_id}>
                {hop.via === "cable" && <Cable hop={hop} />}
                {hop.via === "panel" && (
                  <li className={classes.panel}>
                    <span className="small muted">through</span>
                    <span className="mono">{hop.asset}</span>
                  </li>
                )}
                <PortBox hop={hop} />
              </Fragment>
            ))}
            {!trace.data.complete && (
              <li className={classes.break}>
                <span>The path ends here: nothing is connected beyond.</span>
              </li>
            )}
          </ol>
          <p>
            <State state={trace.data.complete ? "connected" : "open"} />{" "}
            {trace.data.complete ? "Both ends are found." : "One end is open."}
          </p>
        </>
      )}
    </Page>
  );
}

function Cable({ hop }: { hop: Hop }) {
  const color = hop.color && /^(#[0-9a-f]{3,8}|[a-z]+)$/i.test(hop.color) ? hop.color : "var(--qm-ink-3)";
  return (
    <li className={classes.cable}>
      <span className={classes.wire} style={{ background: color }} aria-hidden="true" />
      <span className={classes.tag}>
        <span className="mono">{hop.cable}</span>
        <span>{[hop.color, hop.cable_kind].filter(Boolean).join(" ")}</span>
        {hop.length_m && <span className="tabular">{formatQuantity(hop.length_m)} m</span>}
      </span>
      <span className={classes.wire} style={{ background: color }} aria-hidden="true" />
    </li>
  );
}

function PortBox({ hop }: { hop: Hop }) {
  return (
    <li className={classes.port}>
      <Link to={pb.asset(hop.asset)} search={{ tab: "ports" } as never} className={classes.asset}>
        {hop.asset}
      </Link>
      <strong className="mono">{hop.port}</strong>
      <span className="small muted">
        {[hop.asset_name, words(hop.kind), hop.type].filter(Boolean).join(" · ")}
      </span>
      {hop.rack && <span className="small muted mono">{hop.rack}</span>}
    </li>
  );
}
