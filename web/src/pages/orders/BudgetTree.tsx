/** A budget among those that it was shared out of and into: for each a bar of where its money is. */
import { Link } from "@tanstack/react-router";
import { useRead } from "@/api/hooks";
import type { Page } from "@/api/types";
import { formatMoney } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ProblemCard } from "@/ui/ProblemCard";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import { Money } from "@/ui/values";
import classes from "./BudgetTree.module.css";
import { type BudgetRow, family, parts } from "./budget";

interface Props {
  budget: { code: string; fiscal_year: number; kind: string; currency: string };
}

const WORDS = { spent: "spent", committed: "committed", reserved: "reserved", shared: "shared out" };

export function BudgetTree({ budget }: Props) {
  const { fiscal_year, kind, currency } = budget;
  const budgets = useRead<Page<BudgetRow>>("/budgets", { fiscal_year, kind, currency, limit: 500 });
  if (budgets.error) return <ProblemCard error={budgets.error} onRetry={() => budgets.refetch()} />;
  const branches = family(budgets.data?.items ?? [], budget.code);
  return (
    <>
      <SmallTable
        label="Shares of the budget"
        heads={[
          "Team",
          { text: "Amount", number: true },
          { text: "Where it is", minWidth: 180 },
          { text: "Left", number: true },
        ]}
      >
        <tbody>
          {branches.map(({ budget: one, depth }) => (
            <tr key={one.code} aria-current={one.code === budget.code || undefined}>
              <td style={{ paddingLeft: 8 + depth * 20 }}>
                <Link
                  to={pb.budget(one.code)}
                  className={one.code === budget.code ? classes.here : undefined}
                >
                  {one.team}
                </Link>
              </td>
              <td className={table.number}>
                <Money amount={one.amount} currency={one.currency} />
              </td>
              <td>
                <Bar budget={one} />
              </td>
              <td className={table.number}>
                <span className={Number(one.left) < 0 ? classes.over : undefined}>
                  <Money amount={one.left} />
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
      <p className={classes.legend} aria-hidden="true">
        {Object.entries(WORDS).map(([name, words]) => (
          <span key={name}>
            <i data-part={name} /> {words}
          </span>
        ))}
      </p>
    </>
  );
}

function Bar({ budget }: { budget: BudgetRow }) {
  const shown = parts(budget);
  const said = shown
    .map((part) => `${formatMoney(part.amount, budget.currency)} ${WORDS[part.name]}`)
    .join(", ");
  return (
    <div role="img" aria-label={said || "untouched"} title={said || "untouched"} className={classes.bar}>
      {shown.map((part) => (
        <i key={part.name} data-part={part.name} style={{ width: `${part.share}%` }} />
      ))}
    </div>
  );
}
