/** One receipt: what came in, against which order, into which bin. */
import { Link, useParams } from "@tanstack/react-router";
import { useRecord } from "@/api/hooks";
import { codeOf, nameOf } from "@/api/refs";
import type { Action, Ref, Row } from "@/api/types";
import { pb } from "@/lib/paths";
import { LabelsButton } from "@/pages/labels/LabelsButton";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Story } from "@/ui/Story";
import table from "@/ui/table.module.css";
import { Instant } from "@/ui/values";

interface ReceiptRecord extends Row {
  code: string;
  order?: Ref | string | null;
  purchase_order?: Ref | string | null;
  location?: Ref | string | null;
  delivery_note?: string | null;
  received_at?: string;
  received_by?: Ref | string | null;
  assets?: { code: string; serial?: string | null; model?: Ref | string | null; status?: string }[];
  stock?: { model?: Ref | string | null; quantity: number; lot?: string | null }[];
  actions?: Action[];
}

export function Receipt() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/receipts/${encodeURIComponent(code)}`;
  const { data, error, refetch } = useRecord<ReceiptRecord>(path);
  if (error)
    return (
      <Page title={code}>
        <ProblemCard error={error} onRetry={() => refetch()} />
      </Page>
    );
  const receipt = data?.data;
  if (!receipt) return <Page title={code}>{null}</Page>;
  const orderCode = codeOf(receipt.order ?? receipt.purchase_order);
  const bin = codeOf(receipt.location);
  return (
    <Page
      title={receipt.code}
      heading={<Code value={receipt.code} size="lg" />}
      lead="Receipt"
      actions={
        <>
          <ActionBar actions={receipt.actions} subject={receipt.code} />
          {receipt.assets && receipt.assets.length > 0 && (
            <LabelsButton kind="asset" codes={receipt.assets.map((a) => a.code)} />
          )}
        </>
      }
      aside={<Story path={`${path}/story`} />}
    >
      <Section>
        <Facts
          items={[
            ["Order", orderCode && <Code value={orderCode} to={pb.order(orderCode)} />],
            ["Into", bin && <Link to={pb.location(bin)}>{nameOf(receipt.location)}</Link>],
            ["Delivery note", receipt.delivery_note],
            ["Received", <Instant key="at" at={receipt.received_at} />],
            ["By", nameOf(receipt.received_by)],
          ]}
        />
      </Section>
      {receipt.assets && receipt.assets.length > 0 && (
        <Section title="Assets">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">Asset</th>
                <th scope="col">Serial</th>
                <th scope="col">Model</th>
              </tr>
            </thead>
            <tbody>
              {receipt.assets.map((asset) => (
                <tr key={asset.code}>
                  <th scope="row">
                    <Code value={asset.code} to={pb.asset(asset.code)} />
                  </th>
                  <td>
                    <Code value={asset.serial} />
                  </td>
                  <td>{nameOf(asset.model)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Section>
      )}
    </Page>
  );
}
