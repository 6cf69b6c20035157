/** Editing a draft of a request in the same form. */
import { useParams } from "@tanstack/react-router";
import { useRecord } from "@/api/hooks";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { askingOf } from "./entry";
import { RequestForm } from "./RequestForm";
import type { RequestRecord } from "./types";

export function RequestEdit() {
  const { code } = useParams({ strict: false }) as { code: string };
  const { data, error, refetch } = useRecord<RequestRecord>(`/requisitions/${encodeURIComponent(code)}`);
  return (
    <Page title={`Edit ${code}`}>
      {error ? <ProblemCard error={error} onRetry={() => refetch()} /> : null}
      {data && (
        <RequestForm
          key={data.etag}
          draft={`requisition ${code} ${data.etag}`}
          initial={askingOf(data.data)}
          editing={{ code, etag: data.etag }}
        />
      )}
    </Page>
  );
}
