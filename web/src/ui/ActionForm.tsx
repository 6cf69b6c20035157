/** A button for one of the server's actions that opens a short form: disabled with the server's reason where it is not possible. */
import { useState } from "react";
import type { Action, Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { ActionButton } from "./ActionBar";
import { type FormField, RecordForm } from "./RecordForm";

interface Props {
  action: Action | undefined;
  label?: string;
  title?: string;
  fields: FormField[];
  initial?: Row;
}

export function ActionForm({ action, label, title, fields, initial }: Props) {
  const [open, setOpen] = useState(false);
  const asOf = useAsOf();
  if (!action) return null;
  return (
    <>
      <ActionButton
        label={label ?? action.label}
        reason={asOf ? READ_ONLY_PAST : action.allowed ? null : (action.reason ?? "Not possible now")}
        onClick={() => setOpen(true)}
      />
      {open && (
        <RecordForm
          title={title ?? action.label}
          path={action.href ?? ""}
          method={action.method === "PATCH" ? "PATCH" : "POST"}
          fields={fields}
          initial={initial}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

export const actionOf = (record: { actions?: Action[] }, name: string) =>
  record.actions?.find((action) => action.name === name);
