/** What a contract covers. */
import { useState } from "react";
import { capital, words } from "@/lib/format";
import { useReason } from "@/pages/vendors/use-reason";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { ActionForm, actionOf } from "@/ui/ActionForm";
import { Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { SmallTable } from "@/ui/SmallTable";
import { coverFields } from "./fields";
import type { ContractRecord, Cover } from "./types";

export function ContractCovers({ contract }: { contract: ContractRecord }) {
  const [removing, setRemoving] = useState<Cover | null>(null);
  const add = actionOf(contract, "cover");
  const reason = useReason(add);
  return (
    <Section
      title="Covers"
      actions={
        <ActionForm
          action={add}
          label="Add"
          title={`What ${contract.code} covers: one thing at a time`}
          fields={coverFields}
        />
      }
    >
      {contract.covers.length === 0 ? (
        <p className="muted">The assets, models, licences or other vendors' goods that it is about.</p>
      ) : (
        <SmallTable
          label="What it covers"
          heads={["What", "Kind", "Note", { text: "Remove", hidden: true }]}
          maxHeight={360}
        >
          <tbody>
            {contract.covers.map((one) => (
              <tr key={one.id}>
                <th scope="row">
                  <RefLink kind={one.kind} value={one.code} /> <span className="muted">{one.name}</span>
                </th>
                <td>{one.kind === "entitlement" ? "Licence" : capital(words(one.kind))}</td>
                <td>{one.note}</td>
                <td style={{ textAlign: "right" }}>
                  <ActionButton
                    label="Remove"
                    of={one.code}
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
            href: `/contract-covers/${removing.id}/remove`,
            input: ["reason"],
          }}
          subject={`${removing.code} from ${contract.code}`}
          onClose={() => setRemoving(null)}
        />
      )}
    </Section>
  );
}
