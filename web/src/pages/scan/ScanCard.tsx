/** The middle: the last scan as a large card, green, amber or red, with what it did and Undo. */
import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconBarcode,
  IconCircleCheck,
  IconCircleX,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { recordPath } from "@/lib/paths";
import { visible } from "@/lib/wedge";
import { State } from "@/ui/State";
import classes from "./Scan.module.css";
import type { Card, QueuedScan } from "./types";

interface Props {
  card: Card | null;
  waiting: QueuedScan | null;
  reachable: boolean;
  onShow: (card: Card) => void;
}

const icons = { yes: IconCircleCheck, look: IconAlertTriangle, no: IconCircleX };
const words = { yes: "Yes", look: "Look", no: "No" };

export function ScanCard({ card, waiting, reachable, onShow }: Props) {
  const send = useSend();
  if (waiting && !reachable)
    return (
      <section className={classes.card} data-tone="look" aria-live="assertive" aria-label="Last scan">
        <IconAlertTriangle size={40} stroke={1.5} aria-hidden="true" />
        <strong className={classes.title}>Kept, not sent yet</strong>
        <p>The server does not answer. Go on scanning: everything is kept here and sent in order.</p>
        <code className={classes.raw}>{visible(waiting.text)}</code>
      </section>
    );
  if (!card)
    return (
      <section className={classes.card} data-tone="none" aria-live="assertive" aria-label="Last scan">
        <IconBarcode size={56} stroke={1} aria-hidden="true" />
        <strong className={classes.title}>{waiting ? "Asking…" : "Ready"}</strong>
        <p className="muted">Pull the scanner’s trigger, or use the camera.</p>
      </section>
    );
  const { tone, scan } = card;
  const Icon = icons[tone];
  const undo = () => {
    if (!card.undo) return;
    const told = { scan, records: card.records, next: [] };
    send.mutate(
      { path: card.undo, body: { reason: "Undone on the scan page" } },
      {
        onSuccess: () => onShow({ ...told, tone: "yes", title: "Undone", detail: card.title }),
        onError: (error) => {
          const { body } = asProblem(error);
          onShow({ ...told, tone: "no", title: body.title, detail: body.detail ?? "" });
        },
      },
    );
  };
  return (
    <section
      className={classes.card}
      data-tone={tone}
      aria-live="assertive"
      aria-label="Last scan"
      key={scan.id}
    >
      <span className={classes.verdict}>
        <Icon size={32} stroke={1.6} aria-hidden="true" />
        {words[tone]}
      </span>
      <strong className={classes.title}>{card.title}</strong>
      {card.detail && <p className={classes.detail}>{card.detail}</p>}
      <div className={classes.cardFoot}>
        {card.records.slice(0, 3).map((record) => {
          const to = recordPath(record.kind, record.code);
          return to ? (
            <Link key={record.id} to={to} className="mono">
              {record.code}
            </Link>
          ) : (
            <span key={record.id} className="mono">
              {record.code}
            </span>
          );
        })}
        {card.records[0]?.state && <State state={card.records[0].state} />}
        {card.progress && (
          <span className="tabular">
            {card.progress.done} of {card.progress.of}
          </span>
        )}
        {card.undo && (
          <button type="button" className={classes.undo} onClick={undo} disabled={send.isPending}>
            <IconArrowBackUp size={16} stroke={1.8} aria-hidden="true" /> Undo
          </button>
        )}
      </div>
      <code className={classes.raw}>{visible(scan.text)}</code>
    </section>
  );
}
