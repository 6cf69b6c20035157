/** Whom one speaks to at a vendor. */
import { useState } from "react";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { ActionForm, actionOf } from "@/ui/ActionForm";
import { Section } from "@/ui/Page";
import { RecordForm } from "@/ui/RecordForm";
import { SmallTable } from "@/ui/SmallTable";
import { Dash } from "@/ui/values";
import { contactFields } from "./fields";
import type { Contact, VendorRecord } from "./types";
import { useReason } from "./use-reason";

export function VendorContacts({ vendor }: { vendor: VendorRecord }) {
  const [editing, setEditing] = useState<Contact | null>(null);
  const [retiring, setRetiring] = useState<Contact | null>(null);
  const add = actionOf(vendor, "add_contact");
  const reason = useReason(add);
  const contacts = vendor.contacts.filter((one) => !one.retired_at);
  return (
    <Section
      title="Contacts"
      actions={<ActionForm action={add} title={`Contact at ${vendor.name}`} fields={contactFields} />}
    >
      {contacts.length === 0 ? (
        <p className="muted">
          Whom to call about an order, an invoice, a broken disk: nobody is entered yet.
        </p>
      ) : (
        <SmallTable
          label="Contacts"
          heads={["Name", "Role", "E-mail", "Phone", { text: "Actions", hidden: true }]}
        >
          <tbody>
            {contacts.map((one) => (
              <tr key={one.id}>
                <th scope="row" title={one.notes || undefined}>
                  {one.name}
                </th>
                <td>{one.role || <Dash />}</td>
                <td>{one.email ? <a href={`mailto:${one.email}`}>{one.email}</a> : <Dash />}</td>
                <td>
                  {one.phone ? <a href={`tel:${one.phone.replace(/\s/g, "")}`}>{one.phone}</a> : <Dash />}
                </td>
                <td style={{ textAlign: "right" }}>
                  <ActionButton label="Edit" of={one.name} reason={reason} onClick={() => setEditing(one)} />{" "}
                  <ActionButton
                    label="Retire"
                    of={one.name}
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
          title={`Edit ${editing.name}`}
          path={`/vendor-contacts/${editing.id}`}
          method="PATCH"
          fields={contactFields}
          initial={{ ...editing }}
          prepare={emptied}
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
            href: `/vendor-contacts/${retiring.id}/retire`,
            input: ["reason"],
          }}
          subject={retiring.name}
          onClose={() => setRetiring(null)}
        />
      )}
    </Section>
  );
}

/** What was emptied is sent as an empty text, which takes it away. */
const emptied = (body: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, value ?? ""]));
