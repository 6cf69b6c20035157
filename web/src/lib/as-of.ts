/** The moment that the whole application shows. The URL holds it (`?as_of=`), so any view can be sent to a colleague. */

export const AS_OF = "as_of";

/** The moment asked for, as an RFC 3339 text, or null for now. */
export function currentAsOf(search = window.location.search): string | null {
  const value = new URLSearchParams(search).get(AS_OF);
  return value && !Number.isNaN(Date.parse(value)) ? value : null;
}

export const READ_ONLY_PAST = "You are looking at the past. Return to now to change anything.";
