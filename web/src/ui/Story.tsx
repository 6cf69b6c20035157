/** The story of a record: its events, newest first, with who, when, why and what changed. */
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useRead } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import type { StoryItem } from "@/api/types";
import { capital, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Diff } from "./Diff";
import { ProblemCard } from "./ProblemCard";
import classes from "./Story.module.css";
import { Instant } from "./values";

export function Story({ path }: { path: string }) {
  const story = useRead<{ items: StoryItem[] }>(path, {}, { keep: true });
  return (
    <>
      <h2 className={classes.title}>Story</h2>
      {story.error && asProblem(story.error).status !== 404 ? (
        <ProblemCard error={story.error} onRetry={() => story.refetch()} />
      ) : null}
      {story.data && story.data.items.length === 0 && (
        <p className="muted">Nothing has happened to it at this moment.</p>
      )}
      <ol className={classes.story}>
        {story.data?.items.map((item) => (
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
      <div className={classes.sentence}>
        {item.sentence ? capital(item.sentence) : capital(words(item.action.replace(/^.*\./, "")))}
      </div>
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
