/** What arrived against an order: each receipt with its pieces, and the labels of its assets. */
import { pb } from "@/lib/paths";
import { LabelsButton } from "@/pages/labels/LabelsButton";
import { Code } from "@/ui/Code";
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import { Instant, Quantity } from "@/ui/values";
import type { OrderReceipt } from "./types";

export function OrderReceipts({ receipts }: { receipts: OrderReceipt[] }) {
  const assets = receipts
    .flatMap((receipt) => receipt.lines ?? [])
    .flatMap((line) => (line.reversed ? [] : line.assets));
  return (
    <Section
      title="Received"
      actions={assets.length > 0 && <LabelsButton kind="asset" codes={assets.map((asset) => asset.code)} />}
    >
      <SmallTable
        label="Received"
        heads={["Receipt", "When", { text: "Pieces", number: true }, "Model", "Assets", "Into", "By"]}
      >
        <tbody>
          {receipts.flatMap((receipt) =>
            (receipt.lines ?? []).map((line) => (
              <tr key={line.id} className={line.reversed ? "faint" : undefined}>
                <th scope="row" className="mono">
                  {receipt.code}
                </th>
                <td>
                  <Instant at={line.at} />
                </td>
                <td className={table.number}>
                  <Quantity value={line.quantity} />
                </td>
                <td>
                  {line.model}
                  {line.reversed && " (undone)"}
                </td>
                <td>
                  {line.assets.map((asset) => (
                    <span key={asset.code}>
                      <Code value={asset.code} to={pb.asset(asset.code)} bare />{" "}
                      <span className="mono faint">{asset.serial}</span>{" "}
                    </span>
                  ))}
                </td>
                <td className="mono">{receipt.location}</td>
                <td>{receipt.receiver}</td>
              </tr>
            )),
          )}
        </tbody>
      </SmallTable>
    </Section>
  );
}
