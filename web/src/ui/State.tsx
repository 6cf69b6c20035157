/** A state as a word with its shape and hue. The shape alone tells the stage to those who see no colour. */
import { capital, words } from "@/lib/format";
import { type Stage, stageOf, stateFill, stateInk } from "@/lib/states";
import classes from "./State.module.css";

const shapes: Record<Stage, React.ReactNode> = {
  expected: (
    <circle
      cx="6"
      cy="6"
      r="4.2"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeDasharray="2.4 2"
    />
  ),
  received: (
    <>
      <circle cx="6" cy="6" r="4.2" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M1.8 6a4.2 4.2 0 0 0 8.4 0z" fill="currentColor" />
    </>
  ),
  in_test: (
    <path d="M6 1.4 11 10.4H1z" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinejoin="round" />
  ),
  ready: <circle cx="6" cy="6" r="4.8" fill="currentColor" />,
  in_service: <rect x="1.4" y="1.4" width="9.2" height="9.2" rx="1" fill="currentColor" />,
  in_repair: <path d="M6 .6 11.4 6 6 11.4.6 6z" fill="currentColor" />,
  retired: (
    <>
      <rect
        x="1.8"
        y="1.8"
        width="8.4"
        height="8.4"
        rx="1"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
      />
      <path d="M3.5 6h5" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
  gone: (
    <path
      d="M2.2 2.2l7.6 7.6M9.8 2.2 2.2 9.8"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  ),
  plain: <rect x="2.5" y="5" width="7" height="2" rx="1" fill="currentColor" />,
  refused: (
    <>
      <circle cx="6" cy="6" r="4.6" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M2.8 9.2l6.4-6.4" stroke="currentColor" strokeWidth="1.6" />
    </>
  ),
};

export function StateShape({ state, size = 10 }: { state: string; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      style={{ color: stateInk(state), flex: "none" }}
    >
      {shapes[stageOf(state)]}
    </svg>
  );
}

/** The shape alone inside another drawing, 12 units square, in the state's own ink. */
export function StateGlyph({ state, x, y, size }: { state: string; x: number; y: number; size: number }) {
  return (
    <g
      transform={`translate(${x} ${y}) scale(${size / 12})`}
      style={{ color: stateInk(state) }}
      aria-hidden="true"
    >
      {shapes[stageOf(state)]}
    </g>
  );
}

export function State({ state, plain = false }: { state: string | null | undefined; plain?: boolean }) {
  if (!state) return null;
  return (
    <span
      className={classes.state}
      data-plain={plain || undefined}
      style={{ color: stateInk(state), background: plain ? undefined : stateFill(state) }}
    >
      <StateShape state={state} />
      {capital(words(state))}
    </span>
  );
}
