/** One report: its filters, its rows, its exports, the moment it is of, and how it was counted. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useMemo } from "react";
import { useListMeta, useRead } from "@/api/hooks";
import type { Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { formatInstant } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { ListView } from "@/ui/list/ListView";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import type { ReportEntry } from "./types";

function fixedFilters(filters: ReportEntry["filters"]): Record<string, string> {
  if (!filters || Array.isArray(filters)) return {};
  return typeof filters === "string" ? Object.fromEntries(new URLSearchParams(filters)) : filters;
}

export function Report() {
  const { code } = useParams({ strict: false }) as { code: string };
  const navigate = useNavigate();
  const asOf = useAsOf();
  const reports = useRead<{ items: ReportEntry[] }>("/reports", {}, { staleTime: 600_000 });
  const report = reports.data?.items.find((r) => r.name === code);
  const { meta } = useListMeta(report?.list ?? "");
  const fixed = useMemo(() => fixedFilters(report?.filters), [report?.filters]);
  const open = (row: Row) => {
    const linked =
      meta?.columns.find((c) => c.link && c.kind === "code") ?? meta?.columns.find((c) => c.link);
    const value = linked ? row[linked.name] : row.code;
    const to = recordPath(
      linked?.link ?? "asset",
      typeof value === "object" && value ? (value as { code: string }).code : String(value ?? ""),
    );
    if (to) navigate({ to });
  };
  if (reports.error)
    return (
      <Page title={code}>
        <ProblemCard error={reports.error} onRetry={() => reports.refetch()} />
      </Page>
    );
  if (!report) return <Page title={reports.data ? `There is no report “${code}”` : "Report"}>{null}</Page>;
  return (
    <Page
      title={report.title}
      fill
      lead={
        <>
          <span>{report.description}</span>
          <span className="faint">{asOf ? `As of ${formatInstant(asOf)}` : "As of now"}</span>
        </>
      }
    >
      <ListView name={report.list} fixed={fixed} onOpen={open} />
    </Page>
  );
}
