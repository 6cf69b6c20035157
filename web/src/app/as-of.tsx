/** The as-of clock as React state: read from the router's search, set by navigating. */
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useCallback } from "react";
import { AS_OF, currentAsOf } from "@/lib/as-of";

export function useAsOf(): string | null {
  return useRouterState({ select: (state) => currentAsOf(state.location.searchStr) });
}

export function useSetAsOf() {
  const navigate = useNavigate();
  return useCallback(
    (moment: string | null) =>
      navigate({
        to: ".",
        search: ((before: Record<string, string | undefined>) => ({
          ...before,
          [AS_OF]: moment ?? undefined,
        })) as never,
      }),
    [navigate],
  );
}
