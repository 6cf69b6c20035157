/** A new request for quotation, perhaps of lines that teams asked for: they stand in the address. */
import { useSearch } from "@tanstack/react-router";
import { useRead } from "@/api/hooks";
import type { Page as ApiPage, Row } from "@/api/types";
import { chosenOf } from "@/pages/requisitions/bundle";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { parseTaken } from "./entry";
import { QuoteForm } from "./QuoteForm";

export function QuoteNew() {
  const { requests } = useSearch({ strict: false }) as { requests?: string };
  const taken = parseTaken(requests);
  const codes = [...new Set(taken.map((line) => line.requisition))].join(",");
  const lines = useRead<ApiPage<Row>>(taken.length > 0 ? "/requisition-lines" : null, {
    code: `in:${codes}`,
    limit: 1000,
  });
  const found = (lines.data?.items ?? [])
    .map(chosenOf)
    .filter((line) => taken.some((t) => t.requisition === line.requisition && t.line === line.line))
    .map((line) => ({ ...line, quantity: String(line.left) }));
  return (
    <Page title="New request for quotation">
      {lines.error ? <ProblemCard error={lines.error} onRetry={() => lines.refetch()} /> : null}
      {(taken.length === 0 || lines.data) && (
        <QuoteForm draft={requests ? `quote-request ${requests}` : "quote-request"} from={found} />
      )}
    </Page>
  );
}
