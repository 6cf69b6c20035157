/** Keyboard shortcuts: single keys and two-key sequences (`g a`), silent while somebody types. */
import { useEffect, useRef } from "react";

type Handler = (event: KeyboardEvent) => unknown;
export type Keys = Record<string, Handler | undefined>;

/** Is the event meant for a field or an open dialog rather than for the page? */
export function isTyping(event: Pick<KeyboardEvent, "target">): boolean {
  const target = event.target as HTMLElement | null;
  if (!target || typeof target.closest !== "function") return false;
  return (
    target.closest(
      'input:not([type="checkbox"]),textarea,select,[contenteditable="true"],[role="dialog"],[role="menu"],[role="listbox"]',
    ) !== null
  );
}

/** `Ctrl+k`, `?`, `Enter`: the name under which a press is looked up. */
export function keyName(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string {
  const chord = event.ctrlKey || event.metaKey;
  return `${chord ? "Ctrl+" : ""}${event.altKey ? "Alt+" : ""}${event.key.length === 1 && chord ? event.key.toLowerCase() : event.key}`;
}

const PATIENCE = 900;

export function useHotkeys(keys: Keys, enabled = true): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    if (!enabled) return;
    let first = "";
    let firstAt = 0;
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      const name = keyName(event);
      const typing = isTyping(event);
      if (typing && !name.startsWith("Ctrl+")) return;
      const onControl = (event.target as HTMLElement | null)?.closest?.("a,button,summary");
      if (name === "Enter" && onControl) return;
      const sequence = first && event.timeStamp - firstAt < PATIENCE ? `${first} ${name}` : "";
      const found = (sequence && current.current[sequence]) || current.current[name];
      first = name;
      firstAt = event.timeStamp;
      if (!found) return;
      if (sequence && current.current[sequence]) first = "";
      event.preventDefault();
      found(event);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [enabled]);
}
