/** One team: what it does, who is in it, which positions are unfilled, and what it owns. */
import { Link, useParams } from "@tanstack/react-router";
import type { Reference } from "@/api/refs";
import type { Action, Row } from "@/api/types";
import { formatMoney, formatQuantity, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { State } from "@/ui/State";
import { EventStory } from "@/ui/Story";
import table from "@/ui/table.module.css";
import { useRecordPage } from "@/ui/use-record-page";
import classes from "./Team.module.css";

interface TeamRecord extends Row {
  id: string;
  code: string;
  name: string;
  kind: string;
  parent?: Reference;
  description?: string;
  what_they_do?: string;
  scope: string[];
  tasks: string[];
  children: { code: string; name: string; kind: string }[];
  owns: {
    assets: number;
    orders: number;
    entitlements: number;
    stock_models: number;
    cost: { currency: string; amount: string }[];
  };
  roles: { title: string; description?: string | null; person: string | null }[];
  people: { id: string; name: string; email?: string | null }[];
  actions?: Action[];
}

export function Team() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/teams/${encodeURIComponent(code)}`;
  const { record: team, instead } = useRecordPage<TeamRecord>(path, code);
  if (instead) return instead;
  const { scope, tasks } = team;
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
              in <RefLink kind="team" value={team.parent} />
            </span>
          )}
        </>
      }
      actions={<ActionBar actions={team.actions} subject={team.code} />}
      aside={<EventStory id={team.id} />}
    >
      {[...new Set([team.description, team.what_they_do])].filter(Boolean).map((text) => (
        <p key={text} className={classes.about}>
          {text}
        </p>
      ))}
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
                  <td>{role.person ?? <State state="unfilled" />}</td>
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
              <li key={person.id}>
                {person.name} <span className="mono faint">{person.email}</span>
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
  const search = { team: team.code } as never;
  const cost = owns.cost[0];
  const figures: [string, React.ReactNode, string][] = [
    ["Assets", formatQuantity(owns.assets), pb.assets()],
    ["Stocked models", formatQuantity(owns.stock_models), pb.stock()],
    ["Orders", formatQuantity(owns.orders), pb.orders()],
    ["Entitlements", formatQuantity(owns.entitlements), pb.licences()],
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
              <span className={classes.value}>{formatMoney(cost.amount, cost.currency)}</span>
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
