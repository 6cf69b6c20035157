/** One entitlement: seats given and free, who has them, assign and release. */
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useRead, useRecord } from "@/api/hooks";
import type { Action, Page as ApiPage, Ref, Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { plural, words } from "@/lib/format";
import { pb, recordPath } from "@/lib/paths";
import { nameOf } from "@/pages/orders/types";
import { ActionBar, ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { Code } from "@/ui/Code";
import { EmptyState } from "@/ui/EmptyState";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Story } from "@/ui/Story";
import table from "@/ui/table.module.css";
import { Day, Instant, Meter, Money } from "@/ui/values";
import { AssignSeat } from "./AssignSeat";

interface Entitlement extends Row {
  id: string;
  code: string;
  model: Ref | string;
  vendor?: Ref | string | null;
  team?: Ref | null;
  order?: { code: string } | null;
  order_line?: { order_code?: string; code?: string; number?: number } | string | null;
  metric: string;
  seats: number;
  assigned: number;
  free: number;
  starts_on?: string;
  ends_on?: string | null;
  cost?: string | null;
  currency?: string | null;
  assignments?: Row[];
  actions?: Action[];
}

export function Licence() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/entitlements/${encodeURIComponent(code)}`;
  const { data, error, refetch } = useRecord<Entitlement>(path);
  const [assigning, setAssigning] = useState(false);
  if (error)
    return (
      <Page title={code}>
        <ProblemCard error={error} onRetry={() => refetch()} />
      </Page>
    );
  const one = data?.data;
  if (!one) return <Page title={code}>{null}</Page>;
  const order = one.order?.code ?? (typeof one.order_line === "object" ? one.order_line?.order_code : null);
  return (
    <Page
      title={one.code}
      heading={
        <>
          <Code value={one.code} size="lg" /> {nameOf(one.model)}
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
      aside={<Story path={`${path}/story`} />}
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
            ["Owner", one.team && <Link to={pb.team(one.team.code)}>{one.team.name ?? one.team.code}</Link>],
            ["Bought on", order && <Code value={order} to={pb.order(order)} />],
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
  const list = useRead<ApiPage<Row>>(
    entitlement.assignments ? null : "/assignments",
    { entitlement: entitlement.code, limit: 200 },
    { keep: true },
  );
  const [releasing, setReleasing] = useState<Row | null>(null);
  const rows = (entitlement.assignments ?? list.data?.items ?? []).filter((row) => !row.released_at);
  if (list.error) return <ProblemCard error={list.error} />;
  if (rows.length === 0) return <EmptyState title="No seat is given yet" />;
  return (
    <>
      <section className={table.scroll} aria-label="Seats given" tabIndex={0}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">Given to</th>
              <th scope="col">Since</th>
              <th scope="col">Note</th>
              <th scope="col">
                <span className="sr">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={String(row.id)}>
                <th scope="row">
                  <Holder row={row} />
                </th>
                <td>
                  <Instant at={String(row.assigned_at ?? row.created_at ?? "")} />
                </td>
                <td>{row.note ? String(row.note) : null}</td>
                <td style={{ textAlign: "right" }}>
                  <ActionButton
                    label="Release"
                    reason={asOf ? READ_ONLY_PAST : null}
                    onClick={() => setReleasing(row)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {releasing && (
        <ActionDialog
          action={{
            name: "release",
            label: "Release",
            allowed: true,
            href: `/assignments/${String(releasing.id)}/release`,
            input: ["reason"],
          }}
          subject={`a seat of ${entitlement.code}`}
          onClose={() => setReleasing(null)}
        />
      )}
    </>
  );
}

/** Whoever holds a seat: a device, a person or a team. */
function Holder({ row }: { row: Row }) {
  for (const kind of ["asset", "person", "team"] as const) {
    const value = row[kind] ?? row[`${kind}_code`];
    if (!value) continue;
    const code = typeof value === "object" ? (value as Ref).code : String(value);
    const name = typeof value === "object" ? (value as Ref).name : null;
    const to = recordPath(kind, code);
    return (
      <>
        {to ? <Code value={code} to={to} bare /> : (name ?? code)}
        {to && name && name !== code && <span className="muted"> {name}</span>}
      </>
    );
  }
  return <>{String(row.holder ?? row.assigned_to ?? "")}</>;
}
