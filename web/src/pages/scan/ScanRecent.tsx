/** On a wide screen, the scans before the last. */
import { formatInstant } from "@/lib/format";
import classes from "./Scan.module.css";
import type { Card } from "./types";

export function ScanRecent({ cards }: { cards: Card[] }) {
  return (
    <section className={classes.recent} aria-label="Scans before">
      <h2>Scans</h2>
      {cards.length === 0 && <p className="muted">Each scan of this visit is listed here.</p>}
      <ol>
        {cards.map((card) => (
          <li key={card.scan.id + card.title} data-tone={card.tone}>
            <span>{card.title}</span>
            <time dateTime={card.scan.at} className="faint small">
              {formatInstant(card.scan.at)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}
