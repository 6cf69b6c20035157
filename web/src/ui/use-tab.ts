/** The open tab, held by the URL. */
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useCallback } from "react";

export function useTab(first: string): [string, (tab: string) => void] {
  const navigate = useNavigate();
  const tab =
    useRouterState({ select: (state) => new URLSearchParams(state.location.searchStr).get("tab") }) ?? first;
  const set = useCallback(
    (next: string) =>
      navigate({
        to: ".",
        replace: true,
        search: ((before: object) => ({ ...before, tab: next === first ? undefined : next })) as never,
      }),
    [navigate, first],
  );
  return [tab, set];
}

/** One other value of the page's search, for pages that are steered by the address. */
export function useSearchValue(name: string): string | null {
  return useRouterState({ select: (state) => new URLSearchParams(state.location.searchStr).get(name) });
}
