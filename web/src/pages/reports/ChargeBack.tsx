/** What each team is charged in a period: by division and team, kind of budget and category; each figure leads to its invoices. */
import { Link } from "@tanstack/react-router";
import { useListMeta, useRead } from "@/api/hooks";
import { useAsOf } from "@/app/as-of";
import { formatInstant, formatMoney, formatQuantity, plural } from "@/lib/format";
import { pb } from "@/lib/paths";
import { RankedBars } from "@/ui/charts/RankedBars";
import { EmptyState } from "@/ui/EmptyState";
import { FilterBar } from "@/ui/list/FilterBar";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Siblings } from "@/ui/Siblings";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import { Dash } from "@/ui/values";
import { PeriodSelect } from "./Period";
import { moneyReports } from "./siblings";
import { Exports } from "./TotalsPage";
import classes from "./TotalsPage.module.css";
import { barsOf, filterOf, type Item, labelOf, type Totals } from "./totals";
import { useFilters } from "./use-totals";

const BY = "division,division_name,owner,team_name,budget_kind,category";

export function ChargeBack() {
  const { meta } = useListMeta("spend");
  const { search, change, filters } = useFilters();
  const asOf = useAsOf();
  const { data, error, refetch } = useRead<Totals>("/spend/totals", { ...filters, by: BY }, { keep: true });
  const teams = useRead<Totals>("/spend/totals", { ...filters, by: "owner,team_name" }, { keep: true });
  const fault = error ?? teams.error;
  const currency = data?.currency ?? "EUR";
  return (
    <Page
      title="Charge-back"
      lead={
        <>
          <span>
            What each team is charged for what it ordered, credit notes taken off; all teams together come to
            the spend of the period.
          </span>
          <span className="faint">{asOf ? `As of ${formatInstant(asOf)}` : "As of now"}</span>
        </>
      }
      actions={<Exports list="spend" query={{ ...filters, by: BY }} />}
    >
      <Siblings items={moneyReports} />
      <div className={classes.filters}>
        <PeriodSelect column="day" search={search} onSearch={change} />
        {meta && <FilterBar meta={meta} search={search} onSearch={change} />}
      </div>
      {fault ? (
        <ProblemCard error={fault} onRetry={() => refetch()} />
      ) : data && data.total.rows === 0 ? (
        <EmptyState title="No team is charged" action={<Link to={pb.invoices()}>Invoices</Link>}>
          Choose another period or take a filter away; teams are charged what their orders' invoices come to.
        </EmptyState>
      ) : data ? (
        <>
          <p className={classes.total}>
            <strong>
              {formatMoney(data.total.amount, currency)} {currency}
            </strong>{" "}
            <Link to={pb.spendLines()} search={filters as never}>
              {plural(data.total.rows, "line")}
            </Link>
          </p>
          <Section title="By team">
            <RankedBars
              label="Charged by team"
              bars={barsOf(
                (teams.data?.items ?? []).map((item) => ({
                  ...item,
                  key: String(item.owner),
                  label: `${item.owner} ${item.team_name}`,
                  filter: { owner: String(item.owner) },
                })),
                pb.spendLines(),
                filters,
              )}
              currency={currency}
            />
          </Section>
          <Section title="In detail">
            <SmallTable
              label="Charged by division, team, kind of budget and category"
              heads={[
                "Division",
                "Team",
                "Capex or opex",
                "Category",
                { text: "Lines", number: true },
                { text: `Before tax, ${currency}`, number: true },
                { text: `Amount, ${currency}`, number: true },
              ]}
            >
              <tbody>
                {data.items.map((item) => (
                  <Charged key={keyOf(item)} item={item} filters={filters} currency={currency} />
                ))}
              </tbody>
            </SmallTable>
          </Section>
        </>
      ) : null}
    </Page>
  );
}

const keyOf = (item: Item) => [item.owner, item.budget_kind, item.category].join(" ");

function Charged({
  item,
  filters,
  currency,
}: {
  item: Item;
  filters: Record<string, string>;
  currency: string;
}) {
  const behind = {
    ...filters,
    ...filterOf("owner", item.owner),
    ...filterOf("budget_kind", item.budget_kind),
    ...filterOf("category", item.category),
  };
  return (
    <tr>
      <td>
        {item.division ? (
          <Link to={pb.team(String(item.division))}>
            {item.division} {item.division_name}
          </Link>
        ) : (
          <Dash />
        )}
      </td>
      <th scope="row">
        {item.owner} {item.team_name}
      </th>
      <td>{labelOf("budget_kind", item.budget_kind)}</td>
      <td>{labelOf("category", item.category)}</td>
      <td className={table.number}>{formatQuantity(item.rows)}</td>
      <td className={table.number}>{formatMoney(item.amount_net, currency)}</td>
      <td className={table.number}>
        <Link
          to={pb.spendLines()}
          search={behind as never}
          aria-label={`Lines of ${item.owner}, ${labelOf("category", item.category)}: ${formatMoney(item.amount, currency)} ${currency}`}
        >
          {formatMoney(item.amount, currency)}
        </Link>
      </td>
    </tr>
  );
}
