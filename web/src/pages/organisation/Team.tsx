/** One team: what it does, who is in it, which positions are unfilled, and what it owns. */
import { Link, useParams } from "@tanstack/react-router";
import { useRecord } from "@/api/hooks";
import { nameOf } from "@/api/refs";
import type { Action, Ref, Row } from "@/api/types";
import { formatMoney, formatQuantity, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { State } from "@/ui/State";
import { EventStory } from "@/ui/Story";
import table from "@/ui/table.module.css";
import classes from "./Team.module.css";

interface TeamRecord extends Row {
  id: string;
  code: string;
  name: string;
  kind: string;
  description?: string | null;
  scope?: string[] | string | null;
  tasks?: string[] | string | null;
  parent?: Ref | null;
  path?: Ref[];
  children?: Ref[];
  owns?: {
    assets?: number;
    stock?: number;
    orders?: number;
    entitlements?: number;
    cost?: string | { amount: string; currency: string }[];
    currency?: string;
  };
  roles?: { title: string; description?: string | null; person?: Ref | string | null }[];
  people?: { id?: string; name: string; title?: string | null; email?: string | null }[];
  actions?: Action[];
}

const listOf = (value: string[] | string | null | undefined) =>
  !value ? [] : Array.isArray(value) ? value : [value];

export function Team() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/teams/${encodeURIComponent(code)}`;
  const { data, error, refetch } = useRecord<TeamRecord>(path);
  if (error)
    return (
      <Page title={code}>
        <ProblemCard error={error} onRetry={() => refetch()} />
      </Page>
    );
  const team = data?.data;
  if (!team) return <Page title={code}>{null}</Page>;
  const scope = listOf(team.scope);
  const tasks = listOf(team.tasks);
  return (
    <Page
      title={`${team.code} ${team.name}`}
      heading={
        <>
          <span className="mono muted">{team.code}</span> {team.name}
        </>
      }
      lead={
        <>
          {words(team.kind)}
          {team.parent && (
            <span>
              in <Link to={pb.team(team.parent.code)}>{team.parent.name ?? team.parent.code}</Link>
            </span>
          )}
        </>
      }
      actions={<ActionBar actions={team.actions} subject={team.code} />}
      aside={<EventStory id={team.id} />}
    >
      {team.description && <p className={classes.about}>{team.description}</p>}
      {team.owns && <Owns team={team} />}
      {(scope.length > 0 || tasks.length > 0) && (
        <div className={classes.columns}>
          {scope.length > 0 && <Bullets title="Scope" items={scope} />}
          {tasks.length > 0 && <Bullets title="Tasks" items={tasks} />}
        </div>
      )}
      {team.children && team.children.length > 0 && (
        <Section title="Below it">
          <ul className={classes.children}>
            {team.children.map((child) => (
              <li key={child.code}>
                <Link to={pb.team(child.code)}>
                  <span className="mono">{child.code}</span> {child.name}
                </Link>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Section title="Positions">
        {team.roles && team.roles.length > 0 ? (
          <table className={table.table}>
            <tbody>
              {team.roles.map((role) => (
                <tr key={role.title}>
                  <th scope="row">{role.title}</th>
                  <td>{role.person ? nameOf(role.person) : <State state="unfilled" />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <p className="muted">No positions are described.</p>
        )}
      </Section>
      {team.people && team.people.length > 0 && (
        <Section title="People">
          <ul className={classes.children}>
            {team.people.map((person) => (
              <li key={person.id ?? person.name}>
                {person.name} <span className="muted">{person.title}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

/** What the team and all below it own; each figure opens the list behind it. */
function Owns({ team }: { team: TeamRecord }) {
  const { owns } = team;
  if (!owns) return null;
  const search = { team: team.code } as never;
  const cost = Array.isArray(owns.cost)
    ? owns.cost[0]
    : owns.cost
      ? { amount: owns.cost, currency: owns.currency ?? "" }
      : null;
  const figures: [string, React.ReactNode, string][] = [
    ["Assets", formatQuantity(owns.assets ?? 0), pb.assets()],
    ["Stock lines", formatQuantity(owns.stock ?? 0), pb.stock()],
    ["Orders", formatQuantity(owns.orders ?? 0), pb.orders()],
    ["Entitlements", formatQuantity(owns.entitlements ?? 0), pb.licences()],
  ];
  return (
    <Section title="Owns, with all below it">
      <ul className={classes.figures}>
        {figures.map(([label, value, to]) => (
          <li key={label}>
            <Link to={to} search={search}>
              <span className={classes.value}>{value}</span>
              <span className="muted">{label}</span>
            </Link>
          </li>
        ))}
        {cost && (
          <li>
            <Link to={pb.report("asset-register")} search={search}>
              <span className={classes.value}>{formatMoney(cost.amount, cost.currency || "EUR")}</span>
              <span className="muted">Cost {cost.currency}</span>
            </Link>
          </li>
        )}
      </ul>
    </Section>
  );
}

function Bullets({ title, items }: { title: string; items: string[] }) {
  return (
    <Section title={title}>
      <ul className={classes.bullets}>
        {items.map((item) => (
          <li key={item}>{item}</li>
        ))}
      </ul>
    </Section>
  );
}
