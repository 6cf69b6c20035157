/** On an order's page: what is announced for it, and what was not as it should be. */
import { useRead } from "@/api/hooks";
import type { Page as ApiPage, Row } from "@/api/types";
import { capital, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Code } from "@/ui/Code";
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import table from "@/ui/table.module.css";
import { Day, Quantity } from "@/ui/values";

export function OrderDock({ order }: { order: string }) {
  const notices = useRead<ApiPage<Row>>("/shipping-notices", { order, limit: 50 }).data?.items ?? [];
  const reports = useRead<ApiPage<Row>>("/discrepancies", { order, limit: 50 }).data?.items ?? [];
  return (
    <>
      {notices.length > 0 && (
        <Section title="Announced">
          <SmallTable
            label="Shipping notices"
            heads={[
              "Notice",
              "State",
              "Vendor’s number",
              "Expected",
              { text: "Pieces", number: true },
              { text: "Arrived", number: true },
            ]}
          >
            <tbody>
              {notices.map((row) => (
                <tr key={String(row.code)}>
                  <th scope="row">
                    <Code value={String(row.code)} to={pb.notice(String(row.code))} bare />
                  </th>
                  <td>
                    <State state={String(row.status)} />
                  </td>
                  <td className="mono">{String(row.reference)}</td>
                  <td>{row.expected_on ? <Day at={String(row.expected_on)} /> : null}</td>
                  <td className={table.number}>
                    <Quantity value={Number(row.pieces)} />
                  </td>
                  <td className={table.number}>
                    <Quantity value={Number(row.arrived)} />
                  </td>
                </tr>
              ))}
            </tbody>
          </SmallTable>
        </Section>
      )}
      {reports.length > 0 && (
        <Section title="Discrepancies">
          <SmallTable
            label="Discrepancies"
            heads={["Report", "State", "What", { text: "Pieces", number: true }, "Model", "Note"]}
          >
            <tbody>
              {reports.map((row) => (
                <tr key={String(row.code)}>
                  <th scope="row">
                    <Code value={String(row.code)} to={pb.discrepancy(String(row.code))} bare />
                  </th>
                  <td>
                    <State state={String(row.status)} />
                  </td>
                  <td>{capital(words(String(row.kind)))}</td>
                  <td className={table.number}>
                    <Quantity value={Number(row.quantity)} />
                  </td>
                  <td>{String(row.model ?? "")}</td>
                  <td>{String(row.found || row.note || "")}</td>
                </tr>
              ))}
            </tbody>
          </SmallTable>
        </Section>
      )}
    </>
  );
}
