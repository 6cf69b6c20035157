/** The reports that the server knows. */
import { Link } from "@tanstack/react-router";
import { useRead } from "@/api/hooks";
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import classes from "./Reports.module.css";
import type { ReportEntry } from "./types";

export function Reports() {
  const reports = useRead<{ items: ReportEntry[] }>("/reports", {}, { staleTime: 600_000 });
  return (
    <Page title="Reports" lead="Every report can be asked as of a past moment, and leaves as CSV or XLSX.">
      {reports.error ? <ProblemCard error={reports.error} onRetry={() => reports.refetch()} /> : null}
      {reports.data?.items.length === 0 && <EmptyState title="No reports yet" />}
      <ul className={classes.list}>
        {reports.data?.items.map((report) => (
          <li key={report.name}>
            <Link to={pb.report(report.name)} className={classes.item}>
              <strong>{report.title}</strong>
              <span className="muted">{report.description}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Page>
  );
}
