/** One action of a record: asks for what the server says it needs, does it, and keeps what was typed when refused. */
import { Modal, Stack, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import type { Action, Row } from "@/api/types";
import { FieldInput } from "./FieldInput";
import { Form, FormButtons } from "./Form";
import { ProblemCard } from "./ProblemCard";

interface Props {
  action: Action;
  subject: string;
  onClose: () => void;
  onDone?: (answer: Row) => void;
  /** Values to begin with, sent along even when no field shows them. */
  initial?: Row;
}

export function ActionDialog({ action, subject, onClose, onDone, initial = {} }: Props) {
  const [values, setValues] = useState<Row>(initial);
  const send = useSend<Row>();
  const fields = action.input ?? [];
  const danger = /cancel|reject|retire|revoke|disable|disconnect|release/.test(action.name);
  const problem = send.error ? asProblem(send.error) : null;

  const submit = () => {
    const body = Object.fromEntries(
      Object.entries(values).filter(([, v]) => v !== "" && v !== null && v !== undefined),
    );
    send.mutate(
      {
        path: action.href ?? "",
        method: (action.method as "POST") ?? "POST",
        body,
      },
      {
        onSuccess: (answer) => {
          notifications.show({ message: `${action.label}: ${subject}` });
          onDone?.(answer);
          onClose();
        },
      },
    );
  };

  return (
    <Modal opened onClose={onClose} title={`${action.label} ${subject}`}>
      <Form onSave={submit}>
        <Stack gap={12}>
          {fields.length === 0 && <Text c="dimmed">This is written into the ledger under your name.</Text>}
          {fields.map((name, index) => (
            <FieldInput
              key={name}
              name={name}
              value={values[name]}
              onChange={(value) => setValues((before) => ({ ...before, [name]: value }))}
              error={problem?.fields[name]}
              autoFocus={index === 0}
            />
          ))}
          {problem && <ProblemCard error={problem} />}
          <FormButtons
            label={action.label}
            onBack={onClose}
            loading={send.isPending}
            danger={danger}
            autoFocus={fields.length === 0}
          />
        </Stack>
      </Form>
    </Modal>
  );
}
