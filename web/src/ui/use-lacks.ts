/** Why the viewer may not do what only one role does; null where they may. The server has the last word. */
import { useMe } from "@/api/hooks";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { words } from "@/lib/format";

export function useLacks(...roles: string[]): string | null {
  const asOf = useAsOf();
  const { data: me } = useMe();
  if (asOf) return READ_ONLY_PAST;
  if (!me || me.roles.some((role) => role === "administrator" || roles.includes(role))) return null;
  return `Needs the role ${[...roles, "administrator"].map(words).join(" or ")}.`;
}
