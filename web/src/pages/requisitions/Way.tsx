/** The steps of a line as a picture: a row of marks on a line, on a phone one below the other. */
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import type { RequestLine, RequestRecord } from "./types";
import classes from "./Way.module.css";
import { type WayStep, wayOf } from "./way";

const heard: Record<WayStep["state"], string> = {
  done: "done",
  part: "under way",
  open: "still to come",
  ended: "ended here",
};

export function Way({ request, line }: { request: RequestRecord; line: RequestLine }) {
  const steps = wayOf(request, line);
  return (
    <ol className={classes.way} aria-label={`Way of line ${line.number}`}>
      {steps.map((step) => (
        <li key={step.name} className={classes.step} data-state={step.state}>
          <svg className={classes.mark} viewBox="0 0 16 16" aria-hidden="true">
            <Mark state={step.state} />
          </svg>
          <span className={classes.name}>
            {step.name}
            <span className="sr"> ({heard[step.state]})</span>
          </span>
          <span className={classes.says}>
            {step.says}
            {step.orders?.map((code) => (
              <Link key={code} to={pb.order(code)} className={`${classes.order} mono`}>
                {code}
              </Link>
            ))}
          </span>
        </li>
      ))}
    </ol>
  );
}

function Mark({ state }: { state: WayStep["state"] }) {
  if (state === "done")
    return (
      <path d="M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM7 11 4 8l1.2-1.2L7 8.6l3.8-3.8L12 6z" fill="currentColor" />
    );
  if (state === "ended")
    return (
      <path
        d="M3.5 3.5l9 9M12.5 3.5l-9 9"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      />
    );
  return (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" />
      {state === "part" && <path d="M2 8a6 6 0 0 0 12 0z" fill="currentColor" />}
    </>
  );
}
