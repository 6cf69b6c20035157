/** React Query over the client: reads are keyed by path, query and moment; a change makes every read fresh again. */
import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { useRef } from "react";
import { useAsOf } from "@/app/as-of";
import { get, type Query, read, type SendOptions, send } from "./client";
import type { components } from "./schema.gen";
import type { ListMeta, Me, Page, Row } from "./types";

interface ReadOptions {
  enabled?: boolean;
  /** Keep showing the last answer while a new one is on its way. */
  keep?: boolean;
  staleTime?: number;
  refetchInterval?: number;
}

export function useRead<T>(path: string | null, query: Query = {}, options: ReadOptions = {}) {
  const asOf = useAsOf();
  return useQuery({
    queryKey: ["read", path, query, asOf],
    queryFn: ({ signal }) => get<T>(path!, query, signal),
    enabled: path !== null && options.enabled !== false,
    placeholderData: options.keep ? keepPreviousData : undefined,
    staleTime: options.staleTime,
    refetchInterval: options.refetchInterval,
  });
}

/** A record together with its ETag, for pages that edit. */
export function useRecord<T>(path: string) {
  const asOf = useAsOf();
  return useQuery({
    queryKey: ["record", path, asOf],
    queryFn: ({ signal }) => read<T>(path, {}, signal),
    placeholderData: (previous, query) => (query?.queryKey[1] === path ? previous : undefined),
  });
}

export function useList(path: string | undefined, query: Query) {
  const asOf = useAsOf();
  return useInfiniteQuery({
    queryKey: ["list", path, query, asOf],
    queryFn: ({ pageParam, signal }) =>
      get<Page<Row>>(path!, { limit: 100, count: pageParam === "", cursor: pageParam, ...query }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    enabled: path !== undefined,
  });
}

export interface SendIntent extends SendOptions {
  path: string;
}

/**
 * A change. The same thing sent again before it succeeded goes under the same key, so that an answer which was lost on its way never
 * leads to doing it twice; a refusal takes its key back, and whatever else is sent has a key of its own.
 */
export function useSend<T = Row>() {
  const client = useQueryClient();
  const intent = useRef({ said: "", key: "" });
  return useMutation({
    mutationFn: ({ path, ...options }: SendIntent) => {
      const said = JSON.stringify([path, options.method, options.body, options.ifMatch]);
      if (intent.current.said !== said) intent.current = { said, key: crypto.randomUUID() };
      return send<T>(path, { idempotencyKey: intent.current.key, ...options });
    },
    onSuccess: () => {
      intent.current = { said: "", key: "" };
      return client.invalidateQueries();
    },
  });
}

export const useMe = () => useRead<Me>("/me", {}, { staleTime: 60_000 });

export function useListMeta(name: string) {
  const lists = useRead<{ lists: ListMeta[] }>("/lists", {}, { staleTime: 3_600_000 });
  return { ...lists, meta: lists.data?.lists.find((list) => list.name === name) };
}

/** What can be imported from a file, by whom, with which columns. */
export const useImportables = () =>
  useRead<components["schemas"]["Catalogue"]>("/imports", {}, { staleTime: 3_600_000 });
