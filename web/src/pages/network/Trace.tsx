/** The trace of a port: a line through every cable and panel to the other end. */
import { Link, useParams } from "@tanstack/react-router";
import { useRead } from "@/api/hooks";
import { words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { State } from "@/ui/State";
import classes from "./Trace.module.css";

interface Hop {
  kind: string;
  code?: string | null;
  name?: string | null;
  port_name?: string | null;
  asset_code?: string | null;
  asset_name?: string | null;
  port_kind?: string | null;
  type?: string | null;
  color?: string | null;
  length_m?: string | number | null;
  text?: string | null;
  place?: string | null;
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
  const first = trace.data?.hops.find((h) => h.kind === "port");
  const title = first
    ? `Trace from ${first.asset_code ?? ""}:${first.port_name ?? first.name ?? ""}`
    : "Trace";
  return (
    <Page title={title} lead={trace.data?.text && <span>{trace.data.text}</span>}>
      {trace.error ? <ProblemCard error={trace.error} onRetry={() => trace.refetch()} /> : null}
      {trace.data && (
        <>
          <ol className={classes.line} aria-label="Hops">
            {trace.data.hops.map((hop, index) => (
              <HopBox key={index} hop={hop} />
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

function HopBox({ hop }: { hop: Hop }) {
  if (hop.kind === "cable") {
    const color = hop.color && /^(#[0-9a-f]{3,8}|[a-z]+)$/i.test(hop.color) ? hop.color : "var(--qm-ink-3)";
    return (
      <li className={classes.cable}>
        <span className={classes.wire} style={{ background: color }} aria-hidden="true" />
        <span className={classes.tag}>
          <span className="mono">{hop.code}</span>
          {hop.color && <span>{hop.color}</span>}
          {hop.length_m && <span className="tabular">{Number(hop.length_m)} m</span>}
        </span>
        <span className={classes.wire} style={{ background: color }} aria-hidden="true" />
      </li>
    );
  }
  if (hop.kind === "front_rear" || hop.kind === "panel") {
    return (
      <li className={classes.panel}>
        <span className="small muted">through the panel</span>
        <span className="mono">{hop.text ?? hop.asset_code ?? hop.code}</span>
      </li>
    );
  }
  return (
    <li className={classes.port}>
      {hop.asset_code ? (
        <Link to={pb.asset(hop.asset_code)} search={{ tab: "ports" } as never} className={classes.asset}>
          {hop.asset_code}
        </Link>
      ) : null}
      <strong className="mono">{hop.port_name ?? hop.name ?? hop.code}</strong>
      <span className="small muted">
        {[hop.asset_name, hop.port_kind && words(hop.port_kind), hop.type].filter(Boolean).join(" · ")}
      </span>
    </li>
  );
}
