/** The sums that a report asks for, under the filters of its address. */
import { useMemo } from "react";
import { useRead } from "@/api/hooks";
import { serverQuery } from "@/lib/filters";
import type { TeamNode } from "@/pages/organisation/tree";
import { useListSearch } from "@/ui/list/use-list-search";
import { findTeam, type Line, linesOf, ranked, type Totals, teamLines } from "./totals";

export function useTotals(list: string, by: string, filters: Record<string, string>, enabled = true) {
  const rolled = by === "team" ? { rolled: "true" } : {};
  return useRead<Totals>(`/${list}/totals`, { ...filters, by, ...rolled }, { keep: true, enabled });
}

/** The filters of the address as the server takes them, without what is for rows only. */
export function useFilters() {
  const [search, change, replace] = useListSearch();
  const filters = useMemo(() => {
    const { sort: _sort, ...rest } = serverQuery(search);
    return rest;
  }, [search]);
  return { search, change, replace, filters };
}

/** A report's lines by a column; by team, those of the teams below the one that is filtered by. */
export function useLines(list: string, by: string, filters: Record<string, string>) {
  const teams = by === "team";
  const sums = useTotals(list, by, filters);
  const own = useTotals(list, "owner", filters, teams);
  const tree = useRead<{ root: TeamNode | null }>(teams ? "/teams/tree" : null, {}, { keep: true });
  const lines = useMemo<Line[]>(() => {
    if (!sums.data || sums.data.by[0] !== by) return [];
    if (!teams) return ranked(by, linesOf(by, sums.data.items));
    return tree.data && own.data
      ? ranked(
          by,
          teamLines(findTeam(tree.data.root ?? undefined, filters.team), sums.data.items, own.data.items),
        )
      : [];
  }, [by, teams, sums.data, own.data, tree.data, filters.team]);
  return { lines, data: sums.data, error: sums.error ?? own.error ?? tree.error, refetch: sums.refetch };
}
