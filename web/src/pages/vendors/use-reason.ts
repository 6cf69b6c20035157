/** Why an action of the server's is not possible now, or null. */
import type { Action } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";

export function useReason(action: Action | undefined): string | null {
  const asOf = useAsOf();
  if (asOf) return READ_ONLY_PAST;
  return action && !action.allowed ? (action.reason ?? "Not possible now") : null;
}
