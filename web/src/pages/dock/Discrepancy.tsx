/** One report from the dock: what was not as it should be, and what became of it. */
import { useParams } from "@tanstack/react-router";
import { capital, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Documents } from "@/ui/documents/Documents";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { State } from "@/ui/State";
import { EventStory } from "@/ui/Story";
import { useRecordPage } from "@/ui/use-record-page";
import { Instant, Quantity } from "@/ui/values";
import type { Discrepancy as Report } from "./types";

export function Discrepancy() {
  const { code } = useParams({ strict: false }) as { code: string };
  const { record: one, instead } = useRecordPage<Report>(`/discrepancies/${encodeURIComponent(code)}`, code);
  if (instead) return instead;
  return (
    <Page
      title={one.code}
      heading={
        <>
          <Code value={one.code} size="lg" /> {capital(words(one.kind))} <State state={one.status} />
        </>
      }
      lead={
        <>
          <RefLink kind="vendor" value={one.vendor as never} />
          <span>
            on <Code value={one.purchase_order} to={pb.order(one.purchase_order)} />
          </span>
        </>
      }
      actions={<ActionBar actions={one.actions} subject={one.code} />}
      aside={<EventStory id={one.id} />}
    >
      <Section>
        <Facts
          items={[
            ["Pieces", <Quantity key="q" value={one.quantity as never} />],
            ["Order line", one.line && `${one.line.number} ${one.line.model}`],
            [
              "Serials",
              one.serials.length > 0 ? <span className="mono">{one.serials.join(", ")}</span> : null,
            ],
            ["Instead", one.found],
            ["Note", one.note],
            [
              "Shipping notice",
              one.shipping_notice && <Code value={one.shipping_notice} to={pb.notice(one.shipping_notice)} />,
            ],
            [
              "Reported",
              <span key="r">
                {one.reported_by}, <Instant at={one.reported_at} />
              </span>,
            ],
            ["Became", one.resolution],
            [
              "Settled",
              one.resolved_at && (
                <span>
                  {one.resolved_by}, <Instant at={one.resolved_at} />
                </span>
              ),
            ],
          ]}
        />
      </Section>
      <Documents kind="discrepancy" code={one.code} usual="photo" />
    </Page>
  );
}
