/** A report of sums: filters, amounts by month, amounts by what one chooses as bars with the table beside; every bar leads to its rows. */
import { Button, Select } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { apiUrl } from "@/api/client";
import { useListMeta } from "@/api/hooks";
import { useAsOf } from "@/app/as-of";
import { formatInstant, formatMoney, plural } from "@/lib/format";
import { MonthColumns } from "@/ui/charts/MonthColumns";
import { RankedBars } from "@/ui/charts/RankedBars";
import { EmptyState } from "@/ui/EmptyState";
import { FilterBar } from "@/ui/list/FilterBar";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Siblings } from "@/ui/Siblings";
import { PeriodSelect } from "./Period";
import { moneyReports } from "./siblings";
import classes from "./TotalsPage.module.css";
import { TotalsTable } from "./TotalsTable";
import { barsOf } from "./totals";
import { useFilters, useLines, useTotals } from "./use-totals";

interface Props {
  title: string;
  /** What it counts, in a sentence. */
  counted: string;
  list: string;
  /** The page of its rows. */
  rows: string;
  month: { by: string; label: string };
  /** What it can be summed by, the first of itself. */
  dimensions: { value: string; label: string }[];
  /** The column of days that a period is chosen of. */
  day?: string;
  empty: React.ReactNode;
}

export function TotalsPage({ title, counted, list, rows, month, dimensions, day, empty }: Props) {
  const { meta } = useListMeta(list);
  const { search, change, filters } = useFilters();
  const asOf = useAsOf();
  const by = dimensions.find((one) => one.value === search.by)?.value ?? dimensions[0]!.value;
  const of = dimensions.find((one) => one.value === by)!.label.toLowerCase();
  const months = useTotals(list, month.by, filters);
  const { lines, data, error, refetch } = useLines(list, by, filters);
  const total = data?.total;
  const currency = data?.currency ?? "EUR";
  const fault = months.error ?? error;
  return (
    <Page
      title={title}
      lead={
        <>
          <span>{counted}</span>
          <span className="faint">{asOf ? `As of ${formatInstant(asOf)}` : "As of now"}</span>
        </>
      }
      actions={
        <Exports list={list} query={{ ...filters, by, ...(by === "team" ? { rolled: "true" } : {}) }} />
      }
    >
      <Siblings items={moneyReports} />
      <div className={classes.filters}>
        {day && <PeriodSelect column={day} search={search} onSearch={change} />}
        {meta && <FilterBar meta={meta} search={search} onSearch={change} />}
      </div>
      {fault ? (
        <ProblemCard error={fault} onRetry={() => refetch()} />
      ) : total && total.rows === 0 ? (
        empty
      ) : total ? (
        <>
          <p className={classes.total}>
            <strong>
              {formatMoney(total.amount, currency)} {currency}
            </strong>{" "}
            <Link to={rows} search={filters as never}>
              {plural(total.rows, "line")}
            </Link>
            {total.amount_net && (
              <span className="muted">
                {" "}
                of which {formatMoney(total.amount_net, currency)} {currency} before tax
              </span>
            )}
          </p>
          <Section title={month.label}>
            <MonthColumns
              label={`${title}: ${month.label.toLowerCase()}`}
              bars={barsOf(
                (months.data?.items ?? []).map((item) => ({
                  ...item,
                  key: String(item[month.by] ?? ""),
                  label: "",
                  filter: { [month.by]: item[month.by] === null ? "null:" : String(item[month.by]) },
                })),
                rows,
                filters,
              )}
              currency={currency}
            />
          </Section>
          <Section
            title={`By ${of}`}
            actions={
              <Select
                aria-label="Sum by"
                data={dimensions}
                value={by}
                allowDeselect={false}
                onChange={(value) =>
                  value && change({ by: value === dimensions[0]!.value ? undefined : value })
                }
              />
            }
          >
            {lines.length === 0 ? (
              <EmptyState title={`Nothing below ${filters.team ?? "it"}`}>Take the filter away.</EmptyState>
            ) : (
              <div className={classes.beside}>
                <RankedBars
                  label={`${title} by ${of}`}
                  bars={barsOf(lines, rows, filters)}
                  currency={currency}
                />
                <TotalsTable
                  label={`${title} by ${of}, in figures`}
                  head={dimensions.find((one) => one.value === by)!.label}
                  lines={lines}
                  total={total}
                  currency={currency}
                  rows={rows}
                  filters={filters}
                  onBelow={by === "team" ? (team) => change({ team }) : undefined}
                />
              </div>
            )}
          </Section>
        </>
      ) : null}
    </Page>
  );
}

/** What is on screen as files: the sums, under the same filters and as of the same moment. */
export function Exports({ list, query }: { list: string; query: Record<string, string> }) {
  return (
    <>
      {(["csv", "xlsx"] as const).map((format) => (
        <Button
          key={format}
          component="a"
          leftSection={<IconDownload size={15} stroke={1.6} />}
          href={apiUrl(`/${list}/totals`, { ...query, format })}
          download={`${list}-totals.${format}`}
          aria-label={`Export ${format.toUpperCase()}`}
        >
          {format.toUpperCase()}
        </Button>
      ))}
    </>
  );
}
