/** One vendor: its facts, its orders, its story. */
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useRecord } from "@/api/hooks";
import type { Action, Row } from "@/api/types";
import { plural } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Documents } from "@/ui/documents/Documents";
import { EmptyState } from "@/ui/EmptyState";
import { Facts } from "@/ui/Facts";
import { ListView } from "@/ui/list/ListView";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordForm } from "@/ui/RecordForm";
import { EventStory } from "@/ui/Story";
import { useOpenRow } from "@/ui/use-open-row";
import { vendorFields } from "./fields";

interface VendorRecord extends Row {
  id: string;
  code: string;
  name: string;
  currency?: string;
  payment_terms?: string;
  email?: string;
  phone?: string;
  tax_id?: string;
  lead_time_days?: number;
  actions?: Action[];
}

export function Vendor() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/vendors/${encodeURIComponent(code)}`;
  const { data, error, refetch } = useRecord<VendorRecord>(path);
  const [editing, setEditing] = useState(false);
  const openOrder = useOpenRow(pb.order);
  if (error)
    return (
      <Page title={code}>
        <ProblemCard error={error} onRetry={() => refetch()} />
      </Page>
    );
  const vendor = data?.data;
  if (!vendor) return <Page title={code}>{null}</Page>;
  const actions = vendor.actions ?? [{ name: "edit", label: "Edit", allowed: true }];
  return (
    <Page
      title={vendor.name}
      lead={<Code value={vendor.code} />}
      actions={<ActionBar actions={actions} subject={vendor.name} own={{ edit: () => setEditing(true) }} />}
      aside={<EventStory id={vendor.id} />}
    >
      <Facts
        items={[
          ["Currency", vendor.currency],
          ["Payment terms", vendor.payment_terms],
          ["Orders go to", vendor.email],
          ["Phone", vendor.phone],
          ["Tax id", vendor.tax_id && <Code value={vendor.tax_id} />],
          ["Usual lead time", vendor.lead_time_days ? plural(vendor.lead_time_days, "day") : null],
        ]}
      />
      <div style={{ marginTop: 24 }}>
        <Documents kind="vendor" code={vendor.code} usual="quote" />
      </div>
      <h2 style={{ margin: "24px 0 8px" }}>Orders</h2>
      <div style={{ height: 420, display: "flex" }}>
        <ListView
          name="purchase-orders"
          fixed={{ vendor_code: vendor.code }}
          local
          tools={false}
          onOpen={openOrder}
          empty={
            <EmptyState title="Nothing was ordered here yet">
              Orders to {vendor.name} come up here. <Link to={pb.orderNew()}>Write the first one</Link>
            </EmptyState>
          }
        />
      </div>
      {editing && (
        <RecordForm
          title={`Edit ${vendor.name}`}
          path={path}
          method="PATCH"
          fields={vendorFields.filter((f) => f.name !== "code" && f.name !== "currency")}
          initial={vendor}
          ifMatch={data?.etag}
          onClose={() => setEditing(false)}
        />
      )}
    </Page>
  );
}
