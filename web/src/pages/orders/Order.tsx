/** One purchase order: its lines and what arrived of each, its facts, its story. */
import { Button } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { apiUrl } from "@/api/client";
import { nameOf } from "@/api/refs";
import { pb } from "@/lib/paths";
import { OrderDock } from "@/pages/dock/OrderDock";
import { ReportDialog } from "@/pages/dock/ReportDialog";
import { OrderInvoices } from "@/pages/invoices/OrderInvoices";
import { ReturnDialog } from "@/pages/invoices/ReturnDialog";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Documents } from "@/ui/documents/Documents";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { State } from "@/ui/State";
import { Story } from "@/ui/Story";
import { useRecordPage } from "@/ui/use-record-page";
import { Day, Instant, Money } from "@/ui/values";
import { AmendDialog } from "./AmendDialog";
import { OrderAmendments } from "./OrderAmendments";
import { OrderApproval } from "./OrderApproval";
import { OrderLines } from "./OrderLines";
import { OrderMails } from "./OrderMails";
import { OrderReceipts } from "./OrderReceipts";
import { SendDialog } from "./SendDialog";
import type { OrderRecord } from "./types";

export function Order() {
  const { code } = useParams({ strict: false }) as { code: string };
  const navigate = useNavigate();
  const path = `/purchase-orders/${encodeURIComponent(code)}`;
  const { record: order, etag, instead } = useRecordPage<OrderRecord>(path, code);
  const [amending, setAmending] = useState(false);
  const amend = () => setAmending(true);
  const [reporting, setReporting] = useState(false);
  const report = () => setReporting(true);
  const announce = () => navigate({ to: pb.noticeNew(), search: { order: code } as never });
  const [sending, setSending] = useState(false);
  const [returning, setReturning] = useState(false);
  const enterInvoice = () => navigate({ to: pb.invoiceNew(), search: { order: code } as never });
  const opened = (answer: unknown) => {
    const other = (answer as Partial<OrderRecord>).code;
    if (other && other !== code) navigate({ to: pb.order(other) });
  };
  const edit = () => navigate({ to: pb.orderEdit(code) });
  const receive = () => navigate({ to: pb.scan(), search: { task: "receive", order: code } as never });
  if (instead) return instead;
  return (
    <Page
      title={order.code}
      heading={
        <>
          <Code value={order.code} size="lg" /> <State state={order.status} />
        </>
      }
      lead={
        <>
          <RefLink kind="vendor" value={order.vendor} />
          <span>
            for <RefLink kind="team" value={order.team} />
          </span>
          <Money amount={order.total} currency={order.currency} />
        </>
      }
      actions={
        <>
          <ActionBar
            actions={order.actions}
            subject={order.code}
            own={{
              edit,
              receive,
              amend,
              send: () => setSending(true),
              announce,
              report,
              enter_invoice: enterInvoice,
              return: () => setReturning(true),
            }}
            onDone={opened}
          />
          <Button
            component="a"
            href={apiUrl(`${path}/pdf`)}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconFileTypePdf size={16} stroke={1.6} />}
          >
            PDF
          </Button>
        </>
      }
      aside={<Story path={`${path}/story`} />}
    >
      <Section title="Lines">
        <OrderLines order={order} />
      </Section>
      <OrderMails code={order.code} />
      <OrderApproval order={order} />
      <OrderAmendments order={order} />
      <OrderInvoices order={order} />
      <Section title="Facts">
        <Facts
          items={[
            ["Requested by", nameOf(order.requester)],
            ["Approved by", nameOf(order.approver)],
            ["Deliver to", nameOf(order.deliver_to)],
            ["Needed by", order.needed_by && <Day at={order.needed_by} />],
            !!order.former_number && ["Former number", <Code key="former" value={order.former_number} />],
            ["Vendor's reference", order.vendor_reference && <Code value={order.vendor_reference} />],
            [
              "Quote",
              order.quote && (
                <span key="quote">
                  <Link to={pb.quote(order.quote.code)} className="mono">
                    {order.quote.code}
                  </Link>{" "}
                  {order.quote.reference}
                </span>
              ),
            ],
            ["Written", order.created_at && <Instant at={order.created_at} />],
            ["Budget", order.budget && <Code value={order.budget} />],
            order.currency !== order.base_currency && [
              "In the company's currency",
              <span key="base">
                <Money amount={order.base_total} currency={order.base_currency} />{" "}
                <span className="faint">at {order.exchange_rate}</span>
              </span>,
            ],
            ["Notes", order.notes],
          ]}
        />
      </Section>
      <OrderDock order={order.code} />
      <Documents kind="purchase_order" code={order.code} usual="order_confirmation" />
      {order.receipts && order.receipts.length > 0 && <OrderReceipts receipts={order.receipts} />}
      {reporting && <ReportDialog order={order} onClose={() => setReporting(false)} />}
      {returning && <ReturnDialog order={order} onClose={() => setReturning(false)} />}
      {sending && <SendDialog order={order} etag={etag} onClose={() => setSending(false)} />}
      {amending && <AmendDialog order={order} onClose={() => setAmending(false)} />}
    </Page>
  );
}
