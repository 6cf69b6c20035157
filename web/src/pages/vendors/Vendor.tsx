/** One vendor: its facts, how it delivers, its contracts, orders and documents, its story. */
import { Tabs } from "@mantine/core";
import { Link, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Documents } from "@/ui/documents/Documents";
import { EmptyState } from "@/ui/EmptyState";
import { ListView } from "@/ui/list/ListView";
import { Page } from "@/ui/Page";
import { RecordForm } from "@/ui/RecordForm";
import { Story } from "@/ui/Story";
import { useOpenRow } from "@/ui/use-open-row";
import { useRecordPage } from "@/ui/use-record-page";
import { useTab } from "@/ui/use-tab";
import { vendorFields } from "./fields";
import { confirmLikely } from "./likely";
import { Scorecard } from "./Scorecard";
import type { VendorRecord } from "./types";
import { VendorFacts } from "./VendorFacts";

const editFields = vendorFields.filter((f) => f.name !== "code" && f.name !== "currency");

export function Vendor() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/vendors/${encodeURIComponent(code)}`;
  const { record: vendor, etag, instead } = useRecordPage<VendorRecord>(path, code);
  const [editing, setEditing] = useState(false);
  const [tab, setTab] = useTab("facts");
  const openOrder = useOpenRow(pb.order);
  const openContract = useOpenRow(pb.contract);
  if (instead) return instead;
  return (
    <Page
      title={vendor.name}
      lead={<Code value={vendor.code} />}
      actions={
        <ActionBar
          actions={vendor.actions}
          subject={vendor.name}
          omit={["add_contact", "add_address", "set_lead_time"]}
          own={{ edit: () => setEditing(true) }}
        />
      }
      aside={<Story path={`${path}/story`} />}
    >
      <Tabs value={tab} onChange={(t) => t && setTab(t)} keepMounted={false}>
        <Tabs.List mb={12}>
          <Tabs.Tab value="facts">Facts</Tabs.Tab>
          <Tabs.Tab value="scorecard">Scorecard</Tabs.Tab>
          <Tabs.Tab value="contracts">Contracts</Tabs.Tab>
          <Tabs.Tab value="orders">Orders</Tabs.Tab>
          <Tabs.Tab value="documents">Documents</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="facts">
          <VendorFacts vendor={vendor} />
        </Tabs.Panel>
        <Tabs.Panel value="scorecard">
          <Scorecard vendor={vendor.code} />
        </Tabs.Panel>
        <Tabs.Panel value="contracts">
          <div style={{ height: 420, display: "flex" }}>
            <ListView
              name="contracts"
              fixed={{ vendor_code: vendor.code }}
              local
              tools={false}
              onOpen={openContract}
              empty={
                <EmptyState title="No contract with this vendor">
                  <Link to={pb.contracts()}>Contracts</Link> are entered in their own list.
                </EmptyState>
              }
            />
          </div>
        </Tabs.Panel>
        <Tabs.Panel value="orders">
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
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <Documents kind="vendor" code={vendor.code} usual="quote" />
        </Tabs.Panel>
      </Tabs>
      {editing && (
        <RecordForm
          title={`Edit ${vendor.name}`}
          path={path}
          method="PATCH"
          fields={editFields}
          initial={{ ...vendor }}
          confirm={confirmLikely}
          ifMatch={etag}
          onClose={() => setEditing(false)}
        />
      )}
    </Page>
  );
}
