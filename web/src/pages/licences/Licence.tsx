/** One entitlement: seats given and free, who has them, assign and release. */
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { codeOf, nameOf, type Reference } from "@/api/refs";
import type { Action, Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { plural, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionBar, ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { Code } from "@/ui/Code";
import { EmptyState } from "@/ui/EmptyState";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { SmallTable } from "@/ui/SmallTable";
import { EventStory } from "@/ui/Story";
import { useRecordPage } from "@/ui/use-record-page";
import { Day, Instant, Meter, Money } from "@/ui/values";
import { AssignSeat } from "./AssignSeat";

interface Seat {
  id: string;
  kind: "asset" | "person" | "team";
  holder: string;
  holder_name?: string | null;
  note?: string | null;
  assigned_at: string;
}

interface Entitlement extends Row {
  id: string;
  code: string;
  /** Code of the software's model; `title` is its name. */
  model: Reference;
  title?: string;
  publisher?: string;
  vendor?: Reference;
  team?: Reference;
  order?: Reference;
  order_line?: number | null;
  metric: string;
  seats: number;
  assigned: number;
  free: number;
  starts_on?: string;
  ends_on?: string | null;
  cost?: string | null;
  currency?: string | null;
  notes?: string | null;
  assignments: Seat[];
  actions?: Action[];
}

export function Licence() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/entitlements/${encodeURIComponent(code)}`;
  const { record: one, instead } = useRecordPage<Entitlement>(path, code);
  const [assigning, setAssigning] = useState(false);
  if (instead) return instead;
  const order = codeOf(one.order);
  return (
    <Page
      title={one.code}
      heading={
        <>
          <Code value={one.code} size="lg" /> {one.publisher} {one.title ?? nameOf(one.model)}
        </>
      }
      lead={
        <span>
          {plural(one.free, "seat")} free of {one.seats}
        </span>
      }
      actions={
        <ActionBar actions={one.actions} subject={one.code} own={{ assign: () => setAssigning(true) }} />
      }
      aside={<EventStory id={one.id} />}
    >
      <Section>
        <div style={{ display: "grid", gap: 4, maxWidth: 420, marginBottom: 12 }}>
          <Meter value={one.assigned} max={one.seats} label="Seats assigned" warn={1} />
          <span className="small tabular">
            {one.assigned} of {one.seats} seats assigned, counted by {words(one.metric)}
          </span>
        </div>
        <Facts
          items={[
            ["Vendor", nameOf(one.vendor)],
            ["Owner", <RefLink key="t" kind="team" value={one.team} />],
            [
              "Bought on",
              order && (
                <span key="o">
                  <Code value={order} to={pb.order(order)} />
                  {one.order_line ? ` line ${one.order_line}` : ""}
                </span>
              ),
            ],
            ["Software", <RefLink key="m" kind="model" value={one.model} />],
            ["Cost", one.cost && <Money amount={one.cost} currency={one.currency} />],
            ["Valid from", one.starts_on && <Day at={one.starts_on} />],
            ["Valid until", one.ends_on ? <Day at={one.ends_on} /> : "without end"],
          ]}
        />
      </Section>
      <Section title="Seats given">
        <Seats entitlement={one} />
      </Section>
      {assigning && <AssignSeat entitlement={one.code} onClose={() => setAssigning(false)} />}
    </Page>
  );
}

function Seats({ entitlement }: { entitlement: Entitlement }) {
  const asOf = useAsOf();
  const [releasing, setReleasing] = useState<Seat | null>(null);
  const seats = entitlement.assignments;
  if (seats.length === 0) return <EmptyState title="No seat is given yet" />;
  return (
    <>
      <SmallTable
        label="Seats given"
        heads={["Given to", "Since", "Note", { text: "Actions", hidden: true }]}
      >
        <tbody>
          {seats.map((seat) => (
            <tr key={seat.id}>
              <th scope="row">
                <RefLink kind={seat.kind} value={seat.holder} />
                {seat.holder_name && seat.holder_name !== seat.holder && (
                  <span className="muted"> {seat.holder_name}</span>
                )}
              </th>
              <td>
                <Instant at={seat.assigned_at} />
              </td>
              <td>{seat.note}</td>
              <td style={{ textAlign: "right" }}>
                <ActionButton
                  label="Release"
                  of={`the seat of ${seat.holder}`}
                  reason={asOf ? READ_ONLY_PAST : null}
                  onClick={() => setReleasing(seat)}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
      {releasing && (
        <ActionDialog
          action={{
            name: "release",
            label: "Release",
            allowed: true,
            href: `/assignments/${releasing.id}/release`,
            input: ["reason"],
          }}
          subject={`the seat of ${releasing.holder}`}
          onClose={() => setReleasing(null)}
        />
      )}
    </>
  );
}
