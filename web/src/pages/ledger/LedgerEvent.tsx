/** One event of the ledger: who, when, why, from where, and every row version it opened or closed. */
import { useParams } from "@tanstack/react-router";
import { nameOf } from "@/api/refs";
import type { Ref, Row } from "@/api/types";
import { capital, happened, words } from "@/lib/format";
import { recordPath } from "@/lib/paths";
import { Code } from "@/ui/Code";
import { Diff } from "@/ui/Diff";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { State } from "@/ui/State";
import { useRecordPage } from "@/ui/use-record-page";
import { Instant } from "@/ui/values";
import { changesOf } from "./changes";

export interface EventRecord extends Row {
  id: string;
  at: string;
  actor?: Ref | string | null;
  on_behalf_of?: Ref | string | null;
  action: string;
  sentence?: string | null;
  subject_kind?: string | null;
  subject_code?: string | null;
  subject?: string | null;
  subject_id?: string | null;
  team?: Ref | string | null;
  reason?: string | null;
  request_id?: string | null;
  device?: string | null;
  /** Its place in the sealed tree; null until the next seal. */
  leaf?: number | null;
  details?: Record<string, unknown> | null;
  changes?: Parameters<typeof changesOf>[0];
}

export function LedgerEvent() {
  const { code } = useParams({ strict: false }) as { code: string };
  const { record: event, instead } = useRecordPage<EventRecord>(
    `/events/${encodeURIComponent(code)}`,
    "Event",
  );
  if (instead) return instead;
  const title = capital(event.sentence || happened(event.action));
  const about = event.subject_code ?? event.subject;
  const subject = recordPath(event.subject_kind, about);
  const changes = changesOf(event.changes);
  return (
    <Page
      title={title}
      lead={<Instant at={event.at} />}
      actions={
        event.leaf !== undefined ? (
          <State state={typeof event.leaf === "number" ? "sealed" : "unsealed"} />
        ) : undefined
      }
    >
      <Section>
        <Facts
          items={[
            ["Who", nameOf(event.actor)],
            event.on_behalf_of ? ["On behalf of", nameOf(event.on_behalf_of)] : null,
            [
              "What",
              <span key="a" className="mono">
                {event.action}
              </span>,
            ],
            [
              "About",
              about ? <Code value={about} to={subject} /> : event.subject_kind && words(event.subject_kind),
            ],
            ["Team", nameOf(event.team)],
            ["Why", event.reason],
            ["From device", event.device],
            ["Request", event.request_id && <Code value={event.request_id} />],
            ["Event", <Code key="id" value={event.id} />],
            typeof event.leaf === "number"
              ? [
                  "Leaf of the seal",
                  <span key="l" className="tabular">
                    {event.leaf}
                  </span>,
                ]
              : null,
            ...Object.entries(event.details ?? {}).map(
              ([name, value]) =>
                [
                  capital(words(name)),
                  <span key={name} className="mono">
                    {typeof value === "object" ? JSON.stringify(value) : String(value)}
                  </span>,
                ] as [string, React.ReactNode],
            ),
          ]}
        />
      </Section>
      <Section title="What changed">
        {changes.length > 0 ? (
          <Diff changes={changes} />
        ) : (
          <p className="muted">No row of the books changed by it.</p>
        )}
      </Section>
    </Page>
  );
}
