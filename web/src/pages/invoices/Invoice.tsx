/** One invoice: how it matches its order and what was received, its credit notes, what can be done with it, its story. */
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { pb } from "@/lib/paths";
import { ActionBar, ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { Code } from "@/ui/Code";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import { Story } from "@/ui/Story";
import table from "@/ui/table.module.css";
import { useLacks } from "@/ui/use-lacks";
import { useRecordPage } from "@/ui/use-record-page";
import { Day, Instant, Money } from "@/ui/values";
import { CreditDialog } from "./CreditDialog";
import { Differences } from "./Differences";
import classes from "./Invoice.module.css";
import { InvoiceLines } from "./InvoiceLines";
import type { InvoiceRecord } from "./types";

export function Invoice() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/invoices/${encodeURIComponent(code)}`;
  const { record: invoice, instead } = useRecordPage<InvoiceRecord>(path, code);
  const [crediting, setCrediting] = useState(false);
  if (instead) return instead;
  return (
    <Page
      title={invoice.code}
      heading={
        <>
          <Code value={invoice.code} size="lg" /> <State state={invoice.status} />
        </>
      }
      lead={
        <>
          <span>
            <RefLink kind="vendor" value={invoice.vendor} /> <Code value={invoice.number} />
          </span>
          <span>
            for <Code value={invoice.order} to={pb.order(invoice.order)} />
          </span>
          <Money amount={invoice.total} currency={invoice.currency} />
        </>
      }
      actions={
        <ActionBar
          actions={invoice.actions}
          subject={invoice.code}
          own={{ credit: () => setCrediting(true) }}
        />
      }
      aside={<Story path={`${path}/story`} />}
    >
      <Section title="Match">
        {invoice.differences.length > 0 && (
          <div className={classes.whole} role="note" aria-label="Of the whole invoice">
            <Differences of={invoice.differences} />
          </div>
        )}
        <InvoiceLines invoice={invoice} />
      </Section>
      {invoice.credit_notes.length > 0 && <CreditNotes invoice={invoice} />}
      <Section title="Facts">
        <Facts
          items={[
            ["Of", <Day key="of" at={invoice.invoiced_on} />],
            ["Due", invoice.due_on && <Day at={invoice.due_on} />],
            ["Left to pay", <Money key="left" amount={invoice.left_to_pay} currency={invoice.currency} />],
            ["Budget", invoice.budget && <Code value={invoice.budget} />],
            ["Entered by", invoice.entered_by],
            ["Entered", <Instant key="entered" at={invoice.entered_at} />],
            ["Approved", invoice.approved_at && <Instant at={invoice.approved_at} />],
            [
              "Paid",
              invoice.paid_on && (
                <>
                  <Day at={invoice.paid_on} /> <span className="mono">{invoice.payment_reference}</span>
                </>
              ),
            ],
            invoice.currency !== invoice.order_currency && ["Exchange rate", invoice.exchange_rate],
            ["Notes", invoice.notes],
          ]}
        />
      </Section>
      {crediting && <CreditDialog invoice={invoice} onClose={() => setCrediting(false)} />}
    </Page>
  );
}

function CreditNotes({ invoice }: { invoice: InvoiceRecord }) {
  const lacks = useLacks("procurement");
  const [cancelling, setCancelling] = useState<string | null>(null);
  return (
    <Section title="Credit notes">
      <SmallTable
        label="Credit notes"
        heads={[
          "Credit note",
          "Vendor's number",
          "State",
          "Of",
          { text: "Total", number: true },
          "Return",
          "Reason",
          { text: "What can be done", hidden: true },
        ]}
      >
        <tbody>
          {invoice.credit_notes.map((note) => (
            <tr key={note.code}>
              <th scope="row" className="mono">
                {note.code}
              </th>
              <td className="mono">{note.number}</td>
              <td>
                <State state={note.status} />
              </td>
              <td>
                <Day at={note.credited_on} />
              </td>
              <td className={table.number}>
                <Money amount={note.total} currency={invoice.currency} />
              </td>
              <td>{note.return && <Code value={note.return} to={pb.vendorReturn(note.return)} bare />}</td>
              <td>{note.reason}</td>
              <td>
                {note.status === "entered" && (
                  <ActionButton
                    label="Cancel"
                    of={note.code}
                    reason={lacks}
                    onClick={() => setCancelling(note.code)}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
      {cancelling && (
        <ActionDialog
          action={{
            name: "cancel",
            label: "Cancel",
            allowed: true,
            href: `/credit-notes/${encodeURIComponent(cancelling)}/cancel`,
            input: ["reason"],
          }}
          subject={cancelling}
          onClose={() => setCancelling(null)}
        />
      )}
    </Section>
  );
}
