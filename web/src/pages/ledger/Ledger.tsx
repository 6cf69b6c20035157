/** Everything that ever happened, and whether it is sealed. */
import { apiUrl } from "@/api/client";
import { useRead } from "@/api/hooks";
import { formatQuantity, plural } from "@/lib/format";
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

interface SealStatus {
  events: number;
  sealed: number;
  sealed_at: string | null;
}

/** The state of the seal in a sentence: how much of the ledger is sealed, and the signed head to keep outside. */
function Seal() {
  const status = useRead<SealStatus>("/ledger/status", {}, { keep: true, refetchInterval: 60_000 });
  const seal = status.data;
  if (!seal) return null;
  const waiting = seal.events - seal.sealed;
  return (
    <span className={classes.seal}>
      <span className="tabular">{plural(seal.sealed, "event")} sealed</span>
      {waiting > 0 && <span className="tabular">{formatQuantity(waiting)} waiting for the next seal</span>}
      {seal.sealed_at && (
        <span>
          last seal <Instant at={seal.sealed_at} ago />
        </span>
      )}
      <a href={apiUrl("/ledger/checkpoint", {}, null)} download="checkpoint.txt">
        Signed checkpoint
      </a>
    </span>
  );
}
