/** The story of a record: its events, newest first, with who, when, why and what changed. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useRead } from "@/api/hooks";
import type { Page, StoryItem } from "@/api/types";
import { capital, happened } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Diff } from "./Diff";
import { ProblemCard } from "./ProblemCard";
import classes from "./Story.module.css";
import { Instant } from "./values";

/** The story as the server tells it, for the records that have one. */
export function Story({ path }: { path: string }) {
  const story = useRead<{ items: StoryItem[] }>(path, {}, { keep: true });
  return <Entries items={story.data?.items} error={story.error} onRetry={() => story.refetch()} />;
}

/** For every other record: the events about it. */
export function EventStory({ id }: { id: string }) {
  const events = useRead<Page<EventRow>>(
    "/events",
    { subject_id: id, sort: "-at", limit: 100 },
    { keep: true },
  );
  const items = events.data?.items.map((event): StoryItem => ({ ...event, event_id: event.id }));
  return <Entries items={items} error={events.error} onRetry={() => events.refetch()} />;
}

interface EventRow {
  id: string;
  at: string;
  actor: string;
  action: string;
  reason?: string | null;
}

function Entries({ items, error, onRetry }: { items?: StoryItem[]; error: unknown; onRetry: () => void }) {
  return (
    <>
      <h2 className={classes.title}>Story</h2>
      {error ? <ProblemCard error={error} onRetry={onRetry} /> : null}
      {items && items.length === 0 && <p className="muted">Nothing has happened to it at this moment.</p>}
      <ol className={classes.story}>
        {items?.map((item) => (
          <StoryEntry key={item.event_id} item={item} />
        ))}
      </ol>
    </>
  );
}

function StoryEntry({ item }: { item: StoryItem }) {
  const [open, setOpen] = useState(false);
  const changes = item.changes ?? [];
  return (
    <li className={classes.entry}>
      <div className={classes.sentence}>{capital(item.sentence || happened(item.action))}</div>
      {item.reason && <div className={classes.reason}>“{item.reason}”</div>}
      <div className={classes.meta}>
        <span>
          {item.actor}
          {item.on_behalf_of && ` for ${item.on_behalf_of}`}
        </span>
        <Link to={pb.event(item.event_id)} className={classes.when}>
          <Instant at={item.at} />
        </Link>
        {changes.length > 0 && (
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? "hide changes" : `${changes.length} changed`}
          </button>
        )}
      </div>
      {open && <Diff changes={changes} />}
    </li>
  );
}
