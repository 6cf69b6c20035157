/** Listens to a keyboard-wedge scanner before the browser does, wherever the focus is, and keeps the field focused. */
import { useEffect, useRef } from "react";
import { WedgeDecoder } from "@/lib/wedge";

interface Options {
  field: React.RefObject<HTMLInputElement | null>;
  text: React.RefObject<string>;
  onText: (text: string) => void;
  onDone: () => void;
  paused: boolean;
}

const elsewhere = (target: EventTarget | null, field: HTMLInputElement | null) =>
  target instanceof HTMLElement &&
  target !== field &&
  target.closest('input,textarea,select,[role="dialog"],[role="menu"],[role="listbox"]') !== null;

export function useWedge({ field, text, onText, onDone, paused }: Options): void {
  const handlers = useRef({ onText, onDone });
  handlers.current = { onText, onDone };

  useEffect(() => {
    if (paused) return;
    const decoder = new WedgeDecoder();
    const take = (event: Event) => {
      event.preventDefault();
      event.stopPropagation();
    };
    const down = (event: KeyboardEvent) => {
      const here = field.current;
      if (elsewhere(event.target, here)) return;
      const onButton = event.target instanceof HTMLElement && event.target.closest("a,button") !== null;
      const hasText = text.current !== "";
      const answer = decoder.keyDown(event, hasText);
      if (answer.kind === "text") {
        take(event);
        handlers.current.onText(text.current + answer.text);
      } else if (answer.kind === "swallow") take(event);
      else if (answer.kind === "done") {
        if (onButton && !hasText) return; // Enter presses the button
        take(event);
        handlers.current.onDone();
      } else if (event.target !== here && event.key.length === 1 && !event.ctrlKey && !event.altKey) {
        if (onButton && event.key === " " && !hasText) return;
        take(event);
        handlers.current.onText(text.current + event.key);
        here?.focus({ preventScroll: true });
      }
    };
    const up = (event: KeyboardEvent) => {
      const answer = decoder.keyUp(event);
      if (answer.kind === "text") handlers.current.onText(text.current + answer.text);
    };
    const refocus = (event: Event) => {
      if (elsewhere(event.target, field.current)) return;
      setTimeout(() => {
        if (!document.querySelector('[role="dialog"],[role="menu"]'))
          field.current?.focus({ preventScroll: true });
      }, 50);
    };
    field.current?.focus({ preventScroll: true });
    window.addEventListener("keydown", down, true);
    window.addEventListener("keyup", up, true);
    window.addEventListener("click", refocus);
    return () => {
      window.removeEventListener("keydown", down, true);
      window.removeEventListener("keyup", up, true);
      window.removeEventListener("click", refocus);
    };
  }, [field, text, paused]);
}
