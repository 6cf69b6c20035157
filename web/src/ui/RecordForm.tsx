/** A short form in one column in a dialog: keeps what was typed through errors and reloads, Ctrl Enter saves. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useEffect, useRef, useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem, type Problem } from "@/api/problem";
import type { Row } from "@/api/types";
import { useDraft } from "@/lib/draft";
import { FieldInput, fieldLabel } from "./FieldInput";
import { Form, FormButtons } from "./Form";
import { ProblemCard } from "./ProblemCard";

export interface FormField {
  name: string;
  label?: string;
  description?: string;
  optional?: boolean;
  options?: string[];
  secret?: boolean;
}

export interface RecordFormProps {
  title: string;
  path: string;
  /** A PATCH sends what changed, the others everything. */
  method?: "POST" | "PATCH" | "PUT";
  fields: FormField[];
  initial?: Row;
  ifMatch?: string | null;
  /** Names this form's draft; forms about a record add its code. */
  draft?: string;
  /** Shapes what was typed into what the server takes. */
  prepare?: (body: Row) => Row;
  once?: (row: Row) => React.ReactNode;
  /** A refusal that can be passed by whoever knows better: what is shown with it, and the field that says so. */
  confirm?: { slug: string; field: string; label: string; show?: (problem: Problem) => React.ReactNode };
  /** Told what is in the fields, for forms whose address depends on it. */
  onValues?: (values: Row) => void;
  onClose: () => void;
  onDone?: (row: Row) => void;
}

export function RecordForm({
  title,
  path,
  method = "POST",
  fields,
  initial = {},
  ifMatch,
  draft,
  prepare,
  once,
  confirm,
  onValues,
  onClose,
  onDone,
}: RecordFormProps) {
  const secrets = fields.some((f) => f.secret);
  const [values, setValues, forget] = useDraft<Row>(secrets ? null : (draft ?? `${method} ${path}`), initial);
  const [left, setLeft] = useState<Record<string, boolean>>({});
  const [answer, setAnswer] = useState<Row | null>(null);
  const told = useRef(onValues);
  told.current = onValues;
  useEffect(() => told.current?.(values), [values]);
  const send = useSend<Row>();
  const problem = send.error ? asProblem(send.error) : null;
  const missing = (field: FormField) =>
    !field.optional &&
    (values[field.name] === undefined || values[field.name] === null || values[field.name] === "");

  const passable = confirm && problem?.slug === confirm.slug ? confirm : null;

  const save = (confirmed = false) => {
    setLeft(Object.fromEntries(fields.map((f) => [f.name, true])));
    if (fields.some(missing)) return;
    const body: Row = {};
    for (const field of fields) {
      const value = values[field.name];
      if (value === undefined || value === "") {
        if (method === "PATCH" && initial[field.name] !== undefined && initial[field.name] !== null)
          body[field.name] = null;
      } else if (method !== "PATCH" || value !== initial[field.name]) body[field.name] = value;
    }
    if (confirmed && confirm) body[confirm.field] = true;
    send.mutate(
      { path, method, body: prepare ? prepare(body) : body, ifMatch },
      {
        onSuccess: (row) => {
          forget();
          if (once) setAnswer(row);
          else {
            notifications.show({ message: `${title}: saved` });
            onClose();
          }
          onDone?.(row);
        },
      },
    );
  };

  return (
    <Modal opened onClose={onClose} title={title}>
      {answer && once ? (
        <Stack gap={12}>
          {once(answer)}
          <Group justify="flex-end">
            <Button variant="filled" onClick={onClose}>
              Done
            </Button>
          </Group>
        </Stack>
      ) : (
        <Form onSave={() => save()}>
          <Stack gap={12}>
            {fields.map((field, index) => (
              // biome-ignore lint/a11y/noStaticElementInteractions: only notes that the field was left
              <div key={field.name} onBlur={() => setLeft((before) => ({ ...before, [field.name]: true }))}>
                <FieldInput
                  name={field.name}
                  label={field.label ?? fieldLabel(field.name)}
                  description={field.description}
                  options={field.options}
                  required={!field.optional}
                  value={values[field.name]}
                  onChange={(value) => setValues((before) => ({ ...before, [field.name]: value }))}
                  error={
                    problem?.fields[field.name] ??
                    (left[field.name] && missing(field) ? "This is needed" : undefined)
                  }
                  autoFocus={index === 0}
                />
              </div>
            ))}
            {problem && <ProblemCard error={problem} />}
            {passable && problem && passable.show?.(problem)}
            {passable && (
              <Button type="button" loading={send.isPending} onClick={() => save(true)}>
                {passable.label}
              </Button>
            )}
            <FormButtons label="Save" onBack={onClose} loading={send.isPending} />
          </Stack>
        </Form>
      )}
    </Modal>
  );
}
