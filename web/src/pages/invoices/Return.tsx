/** One return to the vendor: what went back, for what, and what has come of it. */
import { useParams } from "@tanstack/react-router";
import { capital } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import { Story } from "@/ui/Story";
import table from "@/ui/table.module.css";
import { useRecordPage } from "@/ui/use-record-page";
import { Instant, Money, Quantity } from "@/ui/values";
import type { ReturnRecord } from "./types";

export function Return() {
  const { code } = useParams({ strict: false }) as { code: string };
  const path = `/returns/${encodeURIComponent(code)}`;
  const { record: back, instead } = useRecordPage<ReturnRecord>(path, code);
  if (instead) return instead;
  return (
    <Page
      title={back.code}
      heading={
        <>
          <Code value={back.code} size="lg" /> <State state={back.status} />
        </>
      }
      lead={
        <>
          <RefLink kind="vendor" value={back.vendor} />
          <span>
            of <Code value={back.order} to={pb.order(back.order)} />
          </span>
          <span>for a {back.expects}</span>
        </>
      }
      actions={<ActionBar actions={back.actions} subject={back.code} />}
      aside={<Story path={`${path}/story`} />}
    >
      <Section title="What went back">
        <SmallTable
          label="What went back"
          heads={["Line", "Model", { text: "Pieces", number: true }, "Receipt", "Assets"]}
        >
          <tbody>
            {back.lines.map((line) => (
              <tr key={`${line.line} ${line.receipt} ${line.assets[0]?.code}`}>
                <td className="faint tabular">{line.line}</td>
                <th scope="row">{line.model}</th>
                <td className={table.number}>
                  <Quantity value={line.quantity} />
                </td>
                <td className="mono">{line.receipt}</td>
                <td>
                  {line.assets.map((asset) => (
                    <span key={asset.code}>
                      <Code value={asset.code} to={pb.asset(asset.code)} bare />{" "}
                      <span className="mono faint">{asset.serial}</span>{" "}
                    </span>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </SmallTable>
      </Section>
      <Section title="Facts">
        <Facts
          items={[
            ["RMA number", <Code key="rma" value={back.rma_number} />],
            ["Expects", capital(back.expects)],
            ["Reason", back.reason],
            ["Carrier", back.carrier],
            ["Sent", <Instant key="sent" at={back.returned_at} />],
            ["Sent by", back.returned_by],
            [
              "Credit notes",
              back.credit_notes.length > 0 &&
                back.credit_notes.map((note) => (
                  <div key={note.code}>
                    <span className="mono">{note.code}</span> of{" "}
                    <Code value={note.invoice} to={pb.invoice(note.invoice)} bare />{" "}
                    <Money amount={note.total} currency={note.currency} />
                  </div>
                )),
            ],
          ]}
        />
      </Section>
    </Page>
  );
}
