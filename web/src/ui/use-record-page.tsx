/** The record that a page is about; until it is there, and when it cannot be had, the page to show instead. */
import { useRecord } from "@/api/hooks";
import { Page } from "./Page";
import { ProblemCard } from "./ProblemCard";

type RecordPage<T> =
  | { record: T; etag: string | null; instead: null }
  | { record: undefined; etag: null; instead: React.ReactElement };

export function useRecordPage<T>(path: string, title: string): RecordPage<T> {
  const { data, error, refetch } = useRecord<T>(path);
  if (data && !error) return { record: data.data, etag: data.etag, instead: null };
  const instead = (
    <Page title={title}>{error ? <ProblemCard error={error} onRetry={() => refetch()} /> : null}</Page>
  );
  return { record: undefined, etag: null, instead };
}
