/** What waits for me, most urgent first; how much of each sort lies on my desk; below it a few figures of my team with their trend. */
import { Link } from "@tanstack/react-router";
import { useRead } from "@/api/hooks";
import { capital, formatAgo, formatMoney, formatQuantity, words } from "@/lib/format";
import { pb, recordPath } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Sparkline } from "@/ui/Sparkline";
import { Desk, type DeskNumber } from "./Desk";
import classes from "./Home.module.css";

interface Waiting {
  kind: string;
  code: string;
  title: string;
  why?: string | null;
  urgency: number;
  at?: string | null;
  href?: string | null;
  action?: string | { label?: string; name?: string } | null;
}

interface HomeAnswer {
  greeting?: string;
  waiting: Waiting[];
  desk?: DeskNumber[];
  figures: {
    label: string;
    value: string | number;
    unit?: string | null;
    trend?: number[];
    href?: string | null;
  }[];
}

const urgencies: Record<number, string> = { 1: "Now", 2: "Soon", 3: "When there is time" };

export function Home() {
  const home = useRead<HomeAnswer>("/home", {}, { keep: true, refetchInterval: 60_000 });
  const { data } = home;
  return (
    <Page title={data?.greeting ?? "Home"}>
      {home.error ? <ProblemCard error={home.error} onRetry={() => home.refetch()} /> : null}
      {data && (
        <div className={classes.home}>
          <Section
            title={data.waiting.length > 0 ? `Waiting for you (${data.waiting.length})` : "Waiting for you"}
          >
            {data.waiting.length === 0 ? (
              <div className={classes.nothing}>
                <EmptyState
                  title="Nothing waits for you"
                  action={<Link to={pb.scan()}>Go to the scan page</Link>}
                >
                  Approvals, receipts, things to put away and refusals come up here, the most urgent first.
                </EmptyState>
              </div>
            ) : (
              <ul className={classes.list}>
                {data.waiting.map((item) => (
                  <WaitingRow key={`${item.kind} ${item.code} ${item.title}`} item={item} />
                ))}
              </ul>
            )}
          </Section>
          {data.desk && data.desk.length > 0 && <Desk numbers={data.desk} />}
          {data.figures.length > 0 && (
            <Section title="Your part of the books">
              <ul className={classes.figures}>
                {data.figures.map((figure) => (
                  <li key={figure.label}>
                    <Figure figure={figure} />
                  </li>
                ))}
              </ul>
            </Section>
          )}
        </div>
      )}
    </Page>
  );
}

/** Server hrefs are followed when they are pages; API addresses are not. */
const pageHref = (href: string | null | undefined) => (href && !href.startsWith("/api/") ? href : null);

function WaitingRow({ item }: { item: Waiting }) {
  const to = recordPath(item.kind, item.code) ?? pageHref(item.href) ?? pb.home();
  const action = typeof item.action === "string" ? item.action : item.action?.label;
  return (
    <li className={classes.row} data-urgency={item.urgency}>
      <span
        className={classes.mark}
        role="img"
        aria-label={urgencies[item.urgency] ?? ""}
        title={urgencies[item.urgency]}
      />
      <Link to={to} className={classes.what}>
        <span className={classes.title}>{item.title}</span>
        {item.why && <span className="muted">{item.why}</span>}
      </Link>
      <span className={`${classes.code} mono`}>{item.code}</span>
      <span className={classes.when}>{item.at ? formatAgo(item.at) : ""}</span>
      <Link to={to} className={classes.act} tabIndex={-1} aria-hidden="true">
        {action ? capital(words(action)) : "Open"}
      </Link>
    </li>
  );
}

function Figure({ figure }: { figure: HomeAnswer["figures"][number] }) {
  const money = figure.unit && /^[A-Z]{3}$/.test(figure.unit);
  const inside = (
    <>
      <span className={classes.value}>
        {money ? formatMoney(figure.value, figure.unit!) : formatQuantity(figure.value)}
        {figure.unit && <span className={classes.unit}>{figure.unit}</span>}
      </span>
      <span className="muted">{figure.label}</span>
      <Sparkline values={figure.trend ?? []} />
    </>
  );
  const to = pageHref(figure.href);
  return to ? (
    <Link to={to} className={classes.figure}>
      {inside}
    </Link>
  ) : (
    <div className={classes.figure}>{inside}</div>
  );
}
