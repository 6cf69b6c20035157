/** What was typed in a form, kept on this device until it is saved: a reload or a lost network costs nothing. */
import { useCallback, useEffect, useState } from "react";
import { readLocal, writeLocal } from "./local";

export function useDraft<T extends object>(
  name: string | null,
  initial: T,
): [T, (change: T | ((before: T) => T)) => void, () => void] {
  const key = name === null ? null : `draft.${name}`;
  const [values, setValues] = useState<T>(() =>
    key ? { ...initial, ...readLocal<Partial<T>>(key, {}) } : initial,
  );
  const [dirty, setDirty] = useState(false);
  useEffect(() => {
    if (dirty && key) writeLocal(key, values);
  }, [dirty, key, values]);
  const change = useCallback((next: T | ((before: T) => T)) => {
    setDirty(true);
    setValues(next);
  }, []);
  const forget = useCallback(() => {
    setDirty(false);
    if (key) writeLocal(key, null);
  }, [key]);
  return [values, change, forget];
}
