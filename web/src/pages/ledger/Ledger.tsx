/** Everything that ever happened, and whether it is sealed. */
import { Link } from "@tanstack/react-router";
import { apiUrl } from "@/api/client";
import { useRead } from "@/api/hooks";
import type { Row } from "@/api/types";
import { formatQuantity, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { Instant } from "@/ui/values";
import classes from "./Ledger.module.css";

export function Ledger() {
  return (
    <ListPage
      title="Ledger"
      lead={<Seal />}
      list="events"
      open={(row) => pb.event(String(row.id))}
      empty={
        <EmptyState title="Nothing has happened yet">
          Every change anybody makes is one event here, and stays.
        </EmptyState>
      }
    />
  );
}

/** The state of the seal in a sentence: how much of the ledger is sealed, and the signed head to keep outside. */
function Seal() {
  const status = useRead<Row>("/ledger/status", {}, { keep: true, refetchInterval: 60_000 });
  const s = status.data;
  if (!s) return null;
  const sealed = s.sealed_events ?? s.tree_size ?? s.size ?? s.sealed;
  const waiting = s.unsealed_events ?? s.waiting ?? s.pending ?? s.unsealed;
  const at = s.sealed_at ?? s.last_sealed_at ?? s.checkpoint_at ?? s.at;
  const shown = Object.entries(s).filter(([, v]) => typeof v !== "object" && v !== null);
  return (
    <span className={classes.seal}>
      {typeof sealed === "number" ? (
        <span className="tabular">{formatQuantity(sealed)} events sealed</span>
      ) : (
        shown.slice(0, 3).map(([name, value]) => (
          <span key={name}>
            {words(name)} <span className="mono">{String(value)}</span>
          </span>
        ))
      )}
      {typeof waiting === "number" && (
        <span className="tabular">{formatQuantity(waiting)} waiting for the next seal</span>
      )}
      {typeof at === "string" && (
        <span>
          last seal <Instant at={at} ago />
        </span>
      )}
      <a href={apiUrl("/ledger/checkpoint", {}, null)} download="checkpoint.txt">
        Signed checkpoint
      </a>
      <Link to={pb.report("asset-register")}>Asset register</Link>
    </span>
  );
}
