/** References to other records: some answers give `{code, name}`, others the bare code or name. */
import type { Ref } from "./types";

export type Reference = Ref | string | null | undefined;

/** A person or place in words. */
export function nameOf(value: Reference): string | null {
  if (!value) return null;
  return typeof value === "string" ? value : (value.name ?? value.code);
}

export function codeOf(value: Reference): string | null {
  if (!value) return null;
  return typeof value === "string" ? value : value.code;
}
