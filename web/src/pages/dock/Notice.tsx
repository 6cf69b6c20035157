/** One shipping notice: what it announces, what of it has been verified, serial by serial. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useRead } from "@/api/hooks";
import type { Page as ApiPage, Row } from "@/api/types";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Documents } from "@/ui/documents/Documents";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import { EventStory } from "@/ui/Story";
import table from "@/ui/table.module.css";
import { useRecordPage } from "@/ui/use-record-page";
import { Day, Meter, Quantity } from "@/ui/values";
import type { Notice as NoticeRecord } from "./types";

export function Notice() {
  const { code } = useParams({ strict: false }) as { code: string };
  const navigate = useNavigate();
  const { record: one, instead } = useRecordPage<NoticeRecord>(
    `/shipping-notices/${encodeURIComponent(code)}`,
    code,
  );
  if (instead) return instead;
  const receive = () =>
    navigate({ to: pb.scan(), search: { task: "receive", order: one.purchase_order } as never });
  const of = one.lines.reduce((sum, line) => sum + Number(line.quantity), 0);
  const here = one.lines.reduce((sum, line) => sum + Number(line.arrived), 0);
  return (
    <Page
      title={one.code}
      heading={
        <>
          <Code value={one.code} size="lg" /> <State state={one.status} />
        </>
      }
      lead={
        <>
          <RefLink kind="vendor" value={one.vendor as never} />
          <span>
            for <Code value={one.purchase_order} to={pb.order(one.purchase_order)} />
          </span>
        </>
      }
      actions={<ActionBar actions={one.actions} subject={one.code} own={{ receive }} />}
      aside={<EventStory id={one.id} />}
    >
      <Section>
        <div style={{ display: "grid", gap: 4, maxWidth: 420, marginBottom: 12 }}>
          <Meter value={here} max={of} label="Arrived of what is announced" warn={2} />
          <span className="small tabular">
            {here} of {of} pieces have arrived
          </span>
        </div>
        <Facts
          items={[
            ["Vendor’s number", <Code key="r" value={one.reference} />],
            ["Expected", one.expected_on && <Day at={one.expected_on} />],
            ["Shipped", one.shipped_on && <Day at={one.shipped_on} />],
            ["Carrier", one.carrier],
            ["Tracking", one.tracking_number && <Code value={one.tracking_number} />],
            ["Entered by", one.entered_by],
            ["Note", one.note],
          ]}
        />
      </Section>
      <Section title="Announced">
        <SmallTable
          label="Announced"
          heads={[
            "Order line",
            "Model",
            "Package",
            { text: "Announced", number: true },
            { text: "Arrived", number: true },
            { text: "Serials to come", number: true },
          ]}
        >
          <tbody>
            {one.lines.map((line) => (
              <tr key={line.number}>
                <th scope="row" className="tabular">
                  {line.line}
                </th>
                <td>
                  <RefLink kind="model" value={line.model} />
                  {Number(line.beyond) > 0 && (
                    <div className="small" style={{ color: "var(--warn)" }}>
                      {line.beyond} more are announced than the order still waits for
                    </div>
                  )}
                </td>
                <td className="mono">{line.package}</td>
                <td className={table.number}>
                  <Quantity value={line.quantity} unit={line.unit} />
                </td>
                <td className={table.number}>
                  <Quantity value={line.arrived} unit={line.unit} />
                </td>
                <td className={table.number}>
                  {line.serials > 0 && line.expected}
                  {line.missing > 0 && `${line.missing} missing`}
                </td>
              </tr>
            ))}
          </tbody>
        </SmallTable>
      </Section>
      <Documents kind="shipping_notice" code={one.code} usual="delivery_note" />
      {one.lines.some((line) => line.serials > 0) && <Serials notice={one.code} />}
    </Page>
  );
}

function Serials({ notice }: { notice: string }) {
  const { data } = useRead<ApiPage<Row>>("/announced-serials", {
    notice,
    sort: "status,serial",
    limit: 1000,
    count: true,
  });
  const rows = data?.items ?? [];
  const more = (data?.total ?? rows.length) - rows.length;
  return (
    <Section title="Serials">
      <SmallTable label="Serials" heads={["Serial", "State", "Model", "Asset"]} maxHeight={420}>
        <tbody>
          {rows.map((row) => (
            <tr key={`${row.serial} ${row.status}`}>
              <th scope="row" className="mono">
                {String(row.serial)}
              </th>
              <td>
                <State state={String(row.status)} />
              </td>
              <td>{String(row.model)}</td>
              <td>
                {row.asset ? <Code value={String(row.asset)} to={pb.asset(String(row.asset))} bare /> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </SmallTable>
      {more > 0 && <p className="small muted">{more} more; the list of announced serials has them all.</p>}
    </Section>
  );
}
