/** Where a vendor is. */
import { useState } from "react";
import { capital, words } from "@/lib/format";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { ActionForm, actionOf } from "@/ui/ActionForm";
import { Section } from "@/ui/Page";
import { RecordForm } from "@/ui/RecordForm";
import { SmallTable } from "@/ui/SmallTable";
import { addressFields } from "./fields";
import type { Address, VendorRecord } from "./types";
import { useReason } from "./use-reason";

export function VendorAddresses({ vendor }: { vendor: VendorRecord }) {
  const [editing, setEditing] = useState<Address | null>(null);
  const [retiring, setRetiring] = useState<Address | null>(null);
  const add = actionOf(vendor, "add_address");
  const reason = useReason(add);
  const addresses = vendor.addresses.filter((one) => !one.retired_at);
  const name = (one: Address) => `the address for ${words(one.kind)}`;
  return (
    <Section
      title="Addresses"
      actions={
        <ActionForm
          action={add}
          title={`Address of ${vendor.name}`}
          fields={addressFields}
          initial={{ kind: "headquarters" }}
        />
      }
    >
      {addresses.length === 0 ? (
        <p className="muted">Where to write to, where returns go: no address is entered yet.</p>
      ) : (
        <SmallTable label="Addresses" heads={["For", "Address", { text: "Actions", hidden: true }]}>
          <tbody>
            {addresses.map((one) => (
              <tr key={one.id}>
                <th scope="row">{capital(words(one.kind))}</th>
                <td style={{ whiteSpace: "pre-line" }}>
                  {[
                    one.street,
                    [one.postal_code, one.city].filter(Boolean).join(" "),
                    one.region,
                    one.country,
                  ]
                    .filter(Boolean)
                    .join(", ")}
                </td>
                <td style={{ textAlign: "right" }}>
                  <ActionButton label="Edit" of={name(one)} reason={reason} onClick={() => setEditing(one)} />{" "}
                  <ActionButton
                    label="Retire"
                    of={name(one)}
                    reason={reason}
                    onClick={() => setRetiring(one)}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </SmallTable>
      )}
      {editing && (
        <RecordForm
          title={`Edit ${name(editing)}`}
          path={`/vendor-addresses/${editing.id}`}
          method="PATCH"
          fields={addressFields}
          initial={{ ...editing }}
          ifMatch={`"${editing.version}"`}
          onClose={() => setEditing(null)}
        />
      )}
      {retiring && (
        <ActionDialog
          action={{
            name: "retire",
            label: "Retire",
            allowed: true,
            href: `/vendor-addresses/${retiring.id}/retire`,
            input: ["reason"],
          }}
          subject={name(retiring)}
          onClose={() => setRetiring(null)}
        />
      )}
    </Section>
  );
}
