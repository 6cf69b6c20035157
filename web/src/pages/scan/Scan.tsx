/** The scan page: what is being done, the last scan, and what the thumb needs. No scrolling to act. */
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useRef, useState } from "react";
import { useAsOf } from "@/app/as-of";
import { pb, recordPath } from "@/lib/paths";
import { LabelsDialog } from "@/pages/labels/LabelsButton";
import { useSearchValue } from "@/ui/use-tab";
import { NextDialog } from "./NextDialog";
import classes from "./Scan.module.css";
import { ScanCard } from "./ScanCard";
import { ScanField } from "./ScanField";
import { ScanNow } from "./ScanNow";
import { ScanRecent } from "./ScanRecent";
import type { Context, Next, Task } from "./types";
import { useScanQueue } from "./use-scan-queue";

type Dialog = { what: "labels"; codes: string[] } | { what: "next"; next: Next };

export function Scan() {
  const order = useSearchValue("order");
  const task = useSearchValue("task") as Task | null;
  const asOf = useAsOf();
  const navigate = useNavigate();
  const start = useRef<Partial<Context>>({
    ...(task ? { task } : {}),
    ...(order ? { order, received: [] } : {}),
  });
  const queue = useScanQueue(start.current);
  const [dialog, setDialog] = useState<Dialog | null>(null);
  useEffect(() => {
    document.title = "Scan · Quartermaster";
  }, []);
  const card = queue.cards[0] ?? null;

  const act = (next: Next) => {
    const record =
      card?.records.find((r) => next.href.includes(r.code) || next.label.includes(r.code)) ??
      card?.records[0];
    const page = record && recordPath(record.kind, record.code);
    if (next.name === "choose_line" && card) queue.scan(card.scan.text, next.answer);
    else if (next.name === "receive")
      queue.setContext({
        task: "receive",
        ...(record?.kind === "purchase_order" ? { order: record.code, received: [] } : {}),
        ...(record?.kind === "shipping_notice" ? { order: null, received: [] } : {}),
      });
    else if (next.name === "put_away")
      queue.setContext({ task: "put_away", codes: record?.kind === "asset" ? [record.code] : [] });
    else if (next.name === "place" && record) navigate({ to: pb.asset(record.code) });
    else if (next.method === "GET" && page) navigate({ to: page });
    else setDialog({ what: "next", next });
  };

  return (
    <div className={classes.page}>
      <h1 className="sr">Scan</h1>
      <ScanNow
        context={queue.context}
        waiting={queue.queue.length}
        reachable={queue.reachable}
        onContext={queue.setContext}
        onLabels={() => setDialog({ what: "labels", codes: queue.context.received })}
      />
      <ScanCard
        card={card}
        waiting={queue.queue[0] ?? null}
        reachable={queue.reachable}
        onShow={queue.show}
      />
      <ScanField
        onScan={(text) => queue.scan(text)}
        paused={dialog !== null}
        refused={asOf ? "Scanning changes the books; return to now first." : null}
        settled={`${queue.context.task} ${queue.context.location}`}
        next={card?.next ?? []}
        onAct={act}
      />
      <ScanRecent cards={queue.cards} />
      {dialog?.what === "labels" && (
        <LabelsDialog kind="asset" codes={dialog.codes} onClose={() => setDialog(null)} />
      )}
      {dialog?.what === "next" && card && (
        <NextDialog
          next={dialog.next}
          card={card}
          context={queue.context}
          onAgain={queue.scan}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
