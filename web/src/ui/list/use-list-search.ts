/** Where a list keeps its filters: in the page's URL, or beside it when the list is a part of another page. */
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useCallback, useMemo, useState } from "react";
import { AS_OF } from "@/lib/as-of";
import type { Search } from "@/lib/filters";

export function useListSearch(local = false): [Search, (change: Search) => void, (search: Search) => void] {
  const navigate = useNavigate();
  const fromUrl = useRouterState({ select: (state) => state.location.searchStr });
  const [own, setOwn] = useState<Search>({});
  const search = useMemo(
    () => (local ? own : (Object.fromEntries(new URLSearchParams(fromUrl)) as Search)),
    [local, own, fromUrl],
  );
  const change = useCallback(
    (part: Search) => {
      const merge = (before: Search) =>
        Object.fromEntries(Object.entries({ ...before, ...part }).filter(([, v]) => v));
      if (local) setOwn(merge);
      else navigate({ to: ".", search: merge as never, replace: true });
    },
    [local, navigate],
  );
  const replace = useCallback(
    (next: Search) => {
      if (local) setOwn(next);
      else
        navigate({ to: ".", search: ((before: Search) => ({ ...next, [AS_OF]: before[AS_OF] })) as never });
    },
    [local, navigate],
  );
  return [search, change, replace];
}
