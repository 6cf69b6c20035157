/** A list of the server, whole: filters, table, tools and selection. Pages and tabs use it; the server's metadata drives it. */
import { useCallback, useMemo, useState } from "react";
import { useList, useListMeta } from "@/api/hooks";
import type { ListMeta, Row } from "@/api/types";
import { type Search, serverQuery } from "@/lib/filters";
import { formatQuantity, pluralOf, words } from "@/lib/format";
import { EmptyState } from "../EmptyState";
import { ProblemCard } from "../ProblemCard";
import { DataTable, rowId } from "./DataTable";
import { FilterBar } from "./FilterBar";
import { ListTools } from "./ListTools";
import classes from "./ListView.module.css";
import { useListSearch } from "./use-list-search";

export interface ListViewProps {
  name: string;
  onOpen?: (row: Row) => void;
  fixed?: Record<string, string>;
  /** Buttons for the chosen rows. */
  bulk?: (rows: Row[], clear: () => void) => React.ReactNode;
  empty?: React.ReactNode;
  /** Keep the list's own search apart from the page's URL (a list inside a tab). */
  local?: boolean;
  tools?: boolean;
}

const none: Record<string, string> = {};

export function ListView(props: ListViewProps) {
  const { meta, error, refetch, isPending } = useListMeta(props.name);
  if (error) return <ProblemCard error={error} onRetry={() => refetch()} />;
  if (!meta)
    return isPending ? (
      <div className={classes.waiting} />
    ) : (
      <p className="muted">The server has no list “{props.name}” yet.</p>
    );
  return <Known {...props} meta={meta} />;
}

function Known({
  meta,
  onOpen,
  fixed = none,
  bulk,
  empty,
  local,
  tools = true,
}: ListViewProps & { meta: ListMeta }) {
  const [search, change, replace] = useListSearch(local);
  const query = useMemo(() => ({ ...serverQuery(search), ...fixed }), [search, fixed]);
  const list = useList(meta.path, query);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total ?? null;
  const [chosen, setChosen] = useState<Set<string>>(new Set());

  const columns = useMemo(() => {
    const wanted = search.cols?.split(",");
    return meta.columns.filter((c) => (wanted ? wanted.includes(c.name) : c.shown) && !(c.name in fixed));
  }, [meta, search.cols, fixed]);
  const names = useMemo(() => columns.map((c) => c.name), [columns]);

  const onEnd = useCallback(() => {
    if (list.hasNextPage && !list.isFetchingNextPage) list.fetchNextPage();
  }, [list.hasNextPage, list.isFetchingNextPage, list.fetchNextPage]);
  const selection = bulk
    ? {
        chosen,
        toggle: (id: string) =>
          setChosen((before) => {
            const next = new Set(before);
            if (!next.delete(id)) next.add(id);
            return next;
          }),
        all: (on: boolean) => setChosen(on ? new Set(rows.map(rowId)) : new Set()),
      }
    : undefined;
  const chosenRows = rows.filter((row, index) => chosen.has(rowId(row, index)));
  const subject = total === 1 ? words(meta.subject) : pluralOf(meta.subject);
  const filtered = Object.keys(serverQuery(search)).some((k) => k !== "sort");

  return (
    <div className={classes.list}>
      <div className={classes.top}>
        <FilterBar meta={meta} search={search} onSearch={change} fixed={Object.keys(fixed)} />
        {tools && (
          <div className={classes.tools}>
            <ListTools
              meta={meta}
              search={search}
              columns={names}
              onSearch={change}
              onReplace={replace}
              fixed={fixed}
            />
          </div>
        )}
      </div>
      {list.error ? (
        <ProblemCard error={list.error} onRetry={() => list.refetch()} />
      ) : list.data && rows.length === 0 ? (
        filtered ? (
          <EmptyState title={`No ${subject} answer to these filters`}>
            Take one away, or look at another moment.
          </EmptyState>
        ) : (
          (empty ?? <EmptyState title={`No ${subject} yet`} />)
        )
      ) : (
        <DataTable
          name={meta.name}
          label={meta.title}
          columns={columns}
          rows={rows}
          total={total}
          busy={list.isFetching}
          sort={search.sort ?? meta.default_sort}
          onSort={(sort) => change({ sort })}
          onOpen={onOpen}
          onEnd={onEnd}
          selection={selection}
        />
      )}
      <div className={classes.foot} aria-live="polite">
        {chosen.size > 0 && bulk ? (
          <div className={classes.bulk} role="toolbar" aria-label="With the chosen rows">
            <span>{chosen.size} chosen</span>
            {bulk(chosenRows, () => setChosen(new Set()))}
          </div>
        ) : (
          <span className="faint small tabular">
            {total !== null
              ? `${formatQuantity(total)} ${subject}`
              : list.isPending
                ? ""
                : `${formatQuantity(rows.length)} shown`}
            {list.isFetching && !list.isPending ? " · refreshing" : ""}
          </span>
        )}
      </div>
    </div>
  );
}

export type { Search };
