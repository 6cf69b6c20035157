/** The bottom third, in thumb's reach: camera, typing, the next steps; and the field that hears the scanner. */
import { IconCamera, IconKeyboard, IconX } from "@tabler/icons-react";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { fromTyped, visible } from "@/lib/wedge";
import classes from "./Scan.module.css";
import type { Next } from "./types";
import { useWedge } from "./use-wedge";

const Camera = lazy(() => import("./Camera").then((module) => ({ default: module.Camera })));

interface Props {
  onScan: (text: string) => void;
  paused: boolean;
  refused: string | null;
  /** Whenever this changes, what the person chose is settled and the scanner is heard again. */
  settled: unknown;
  next: Next[];
  onAct: (next: Next) => void;
}

export function ScanField({ onScan, paused, refused, settled, next, onAct }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const current = useRef("");
  const [text, setText] = useState("");
  const [typing, setTyping] = useState(false);
  const [camera, setCamera] = useState(false);
  const put = (value: string) => {
    current.current = value;
    setText(value);
  };
  const done = () => {
    const value = fromTyped(current.current);
    put("");
    if (!refused) onScan(value);
  };
  useWedge({ field, text: current, onText: put, onDone: done, paused });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the change itself is the reason
  useEffect(() => field.current?.focus({ preventScroll: true }), [settled]);
  const steps = next.filter((n) => n.allowed !== false).slice(0, camera ? 0 : 3);

  return (
    <section className={classes.bottom} aria-label="Scan or choose the next step">
      {camera && (
        <Suspense fallback={<div className={classes.camera}>Opening the camera…</div>}>
          <Camera onScan={(value) => !refused && onScan(value)} />
        </Suspense>
      )}
      <div className={classes.field}>
        <input
          ref={field}
          aria-label="Scanned or typed code"
          placeholder={refused ?? (typing ? "Type a code, then Enter" : "The scanner writes here")}
          disabled={refused !== null}
          inputMode={typing ? "text" : "none"}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          value={visible(text)}
          onChange={(event) => put(fromTyped(event.currentTarget.value))}
          onPaste={(event) => {
            event.preventDefault();
            put(current.current + event.clipboardData.getData("text/plain"));
          }}
        />
        {(typing || text) && (
          <button type="button" className={classes.go} onClick={done}>
            Enter
          </button>
        )}
      </div>
      {steps.length > 0 && (
        <div className={classes.steps} role="group" aria-label="Next steps">
          {steps.map((step) => (
            <button
              key={`${step.name} ${step.label}`}
              type="button"
              className={classes.big}
              data-main={step.primary || undefined}
              onClick={() => onAct(step)}
            >
              {step.label}
            </button>
          ))}
        </div>
      )}
      <div className={classes.steps}>
        <button
          type="button"
          className={classes.big}
          onClick={() => setCamera(!camera)}
          aria-pressed={camera}
        >
          {camera ? (
            <IconX size={22} stroke={1.6} aria-hidden="true" />
          ) : (
            <IconCamera size={22} stroke={1.6} aria-hidden="true" />
          )}
          {camera ? "Close camera" : "Camera"}
        </button>
        <button
          type="button"
          className={classes.big}
          aria-pressed={typing}
          onClick={() => {
            setTyping(!typing);
            requestAnimationFrame(() => field.current?.focus());
          }}
        >
          <IconKeyboard size={22} stroke={1.6} aria-hidden="true" />
          {typing ? "Scanner" : "Type by hand"}
        </button>
      </div>
    </section>
  );
}
