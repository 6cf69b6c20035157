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
import classes from "./Scan.module.css";
import { type Answer, type Card, type QueuedScan, toneOf } from "./types";

interface Props {
  card: Card | null;
  waiting: QueuedScan | null;
  reachable: boolean;
  onAct: (next: NonNullable<Answer["next"]>[number]) => void;
  onShow: (card: Card) => void;
}

const icons = { yes: IconCircleCheck, look: IconAlertTriangle, no: IconCircleX };
const words = { yes: "Yes", look: "Look", no: "No" };

export function ScanCard({ card, waiting, reachable, onShow }: Props) {
  const send = useSend<Answer>();
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
  const tone = toneOf(card);
  const Icon = icons[tone];
  const { answer, scan } = card;
  const to = recordPath(answer.record?.kind, answer.record?.code);
  const undo = () => {
    if (!answer.undo?.href) return;
    send.mutate(
      {
        path: answer.undo.href,
        method: (answer.undo.method as "POST") ?? "POST",
        body: answer.undo.body ?? { reason: "Undone on the scan page" },
      },
      {
        onSuccess: () =>
          onShow({
            scan,
            answer: { outcome: "done", title: "Undone", detail: answer.title, record: answer.record },
          }),
        onError: (error) => {
          const { body } = asProblem(error);
          onShow({
            scan,
            answer: { outcome: "refused", title: body.title, detail: body.detail, record: answer.record },
          });
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
      <strong className={classes.title}>{answer.title}</strong>
      {answer.detail && <p className={classes.detail}>{answer.detail}</p>}
      {answer.problem?.detail && answer.problem.detail !== answer.detail && (
        <p className={classes.detail}>{answer.problem.detail}</p>
      )}
      <div className={classes.cardFoot}>
        {to && answer.record && (
          <Link to={to} className="mono">
            {answer.record.code}
          </Link>
        )}
        {answer.progress && (
          <span className="tabular">
            {answer.progress.done} of {answer.progress.of}
          </span>
        )}
        {answer.undo?.href && (
          <button type="button" className={classes.undo} onClick={undo} disabled={send.isPending}>
            <IconArrowBackUp size={16} stroke={1.8} aria-hidden="true" /> Undo
          </button>
        )}
      </div>
      <code className={classes.raw}>{visible(scan.text)}</code>
    </section>
  );
}
