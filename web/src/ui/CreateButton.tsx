/** The main button of a list that makes a new record through a short form. */
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { ActionButton } from "./ActionBar";
import { type FormField, RecordForm, type RecordFormProps } from "./RecordForm";

interface Props {
  label: string;
  path: string;
  fields: FormField[];
  initial?: Row;
  /** Where the new record opens; stays on the list when absent. */
  open?: (row: Row) => string | null;
  prepare?: (body: Row) => Row;
  /** Shows what the server says once only (a token, a link) instead of closing. */
  once?: (row: Row) => React.ReactNode;
  primary?: boolean;
  confirm?: RecordFormProps["confirm"];
}

export function CreateButton({
  label,
  path,
  fields,
  initial,
  open,
  prepare,
  once,
  primary = true,
  confirm,
}: Props) {
  const [shown, setShown] = useState(false);
  const navigate = useNavigate();
  const asOf = useAsOf();
  return (
    <>
      <ActionButton
        label={label}
        primary={primary}
        reason={asOf ? READ_ONLY_PAST : null}
        onClick={() => setShown(true)}
      />
      {shown && (
        <RecordForm
          title={label}
          path={path}
          fields={fields}
          initial={initial}
          prepare={prepare}
          once={once}
          confirm={confirm}
          onClose={() => setShown(false)}
          onDone={(row) => {
            const to = open?.(row);
            if (to) navigate({ to });
          }}
        />
      )}
    </>
  );
}
