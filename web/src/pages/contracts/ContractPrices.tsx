/** What models cost under a contract, from which quantity on. */
import { useState } from "react";
import { formatMoney, formatQuantity } from "@/lib/format";
import { pb } from "@/lib/paths";
import { useReason } from "@/pages/vendors/use-reason";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { ActionForm, actionOf } from "@/ui/ActionForm";
import { Code } from "@/ui/Code";
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";
import { priceFields } from "./fields";
import type { ContractRecord, Price } from "./types";

export function ContractPrices({ contract }: { contract: ContractRecord }) {
  const [removing, setRemoving] = useState<Price | null>(null);
  const add = actionOf(contract, "set_price");
  const reason = useReason(add);
  return (
    <Section
      title="Prices"
      actions={<ActionForm action={add} title={`Price in ${contract.currency}`} fields={priceFields} />}
    >
      {contract.prices.length === 0 ? (
        <p className="muted">Prices that stand here are suggested wherever these models are ordered.</p>
      ) : (
        <SmallTable
          label="Prices"
          heads={[
            "Model",
            { text: "From quantity", number: true },
            { text: "Unit price", number: true },
            { text: "Remove", hidden: true },
          ]}
          maxHeight={360}
        >
          <tbody>
            {contract.prices.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  {one.name} <Code value={one.model} to={pb.model(one.model)} bare />
                </th>
                <td style={{ textAlign: "right" }}>{formatQuantity(one.from_quantity)}</td>
                <td style={{ textAlign: "right" }}>
                  {formatMoney(one.unit_price, contract.currency)}{" "}
                  <span className="faint">{contract.currency}</span>
                </td>
                <td style={{ textAlign: "right" }}>
                  <ActionButton
                    label="Remove"
                    of={`the price of ${one.name}`}
                    reason={reason}
                    onClick={() => setRemoving(one)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </SmallTable>
      )}
      {removing && (
        <ActionDialog
          action={{
            name: "remove",
            label: "Remove",
            allowed: true,
            href: `/contract-prices/${removing.id}/remove`,
            input: ["reason"],
          }}
          subject={`the price of ${removing.name}`}
          onClose={() => setRemoving(null)}
        />
      )}
    </Section>
  );
}
