/** Editing a draft of a request for quotation in the same form. */
import { useParams } from "@tanstack/react-router";
import { useRecord } from "@/api/hooks";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { askingOf } from "./entry";
import { QuoteForm } from "./QuoteForm";
import type { QuoteRequestRecord } from "./types";

export function QuoteEdit() {
  const { code } = useParams({ strict: false }) as { code: string };
  const { data, error, refetch } = useRecord<QuoteRequestRecord>(
    `/quote-requests/${encodeURIComponent(code)}`,
  );
  return (
    <Page title={`Edit ${code}`}>
      {error ? <ProblemCard error={error} onRetry={() => refetch()} /> : null}
      {data && (
        <QuoteForm
          key={data.etag}
          draft={`quote-request ${code} ${data.etag}`}
          initial={askingOf(data.data)}
          editing={{
            code,
            etag: data.etag,
            keepsLines: data.data.lines.some((line) => line.requests.length > 0),
          }}
        />
      )}
    </Page>
  );
}
