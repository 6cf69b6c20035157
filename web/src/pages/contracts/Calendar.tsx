/** When contracts end, renew themselves, or have to be given notice by: twelve months to look at, and the same as a list. */
import { Button } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { apiUrl } from "@/api/client";
import { useRead } from "@/api/hooks";
import { capital, formatDate, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { Code } from "@/ui/Code";
import { EmptyState } from "@/ui/EmptyState";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Siblings } from "@/ui/Siblings";
import { SmallTable } from "@/ui/SmallTable";
import classes from "./Calendar.module.css";
import { byMonth, monthName, sayings } from "./months";
import type { Day, Calendar as Days } from "./types";

export function Calendar() {
  const { data, error, refetch } = useRead<Days>("/contract-calendar", { months: 12 }, { keep: true });
  return (
    <Page
      title="Calendar of contracts"
      actions={
        <Button
          component="a"
          href={apiUrl("/contract-calendar.ics")}
          download="contracts.ics"
          leftSection={<IconDownload size={15} stroke={1.6} />}
        >
          iCalendar
        </Button>
      }
    >
      <Siblings items={orderSiblings} />
      {error ? <ProblemCard error={error} onRetry={() => refetch()} /> : null}
      {data && (
        <>
          <ol className={classes.months} aria-label="The next twelve months">
            {byMonth(data.from, data.to, data.items).map(({ month, days }) => (
              <li key={month} className={classes.month} data-empty={days.length === 0 || undefined}>
                <h2 className={classes.name}>{monthName(month)}</h2>
                <ul className={classes.days}>
                  {days.map((day) => (
                    <Mark key={`${day.contract} ${day.what}`} day={day} />
                  ))}
                </ul>
              </li>
            ))}
          </ol>
          <Section title="As a list">
            {data.items.length === 0 ? (
              <EmptyState title="Nothing in the next twelve months">
                Ends of <Link to={pb.contracts()}>contracts</Link>, and the last days to give notice before
                them, come up here.
              </EmptyState>
            ) : (
              <SmallTable
                label="Days of contracts"
                heads={["Day", "What", "Contract", "Title", "Kind", "Vendor", "Team"]}
              >
                <tbody>
                  {data.items.map((day) => (
                    <tr key={`${day.contract} ${day.what}`}>
                      <th scope="row">{formatDate(day.day)}</th>
                      <td>{sayings[day.what]}</td>
                      <td>
                        <Code value={day.contract} to={pb.contract(day.contract)} bare />
                      </td>
                      <td>{day.title}</td>
                      <td>{day.kind === "nda" ? "NDA" : capital(words(day.kind))}</td>
                      <td>{day.vendor}</td>
                      <td>{day.team}</td>
                    </tr>
                  ))}
                </tbody>
              </SmallTable>
            )}
          </Section>
        </>
      )}
    </Page>
  );
}

function Mark({ day }: { day: Day }) {
  return (
    <li className={classes.day} data-what={day.what}>
      <span className={classes.number}>{Number(day.day.slice(8))}</span>
      <Link to={pb.contract(day.contract)} className={classes.what}>
        <span className={classes.says}>{sayings[day.what]}</span>
        <span>
          {day.title} <span className="muted">{day.vendor}</span>
        </span>
      </Link>
    </li>
  );
}
