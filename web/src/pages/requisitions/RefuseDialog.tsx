/** Refusing a request, whole or some of its lines, with the reason that whoever asked will read. */
import { Checkbox, Modal, Stack, Textarea } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { plural } from "@/lib/format";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import type { RequestRecord } from "./types";

interface Props {
  request: RequestRecord;
  onClose: () => void;
}

export function RefuseDialog({ request, onClose }: Props) {
  const open = request.lines.filter((line) => !line.refused);
  const [chosen, setChosen] = useState(() => new Set(open.map((line) => line.number)));
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const send = useSend();
  const problem = send.error ? asProblem(send.error) : null;
  const whole = chosen.size === open.length;
  const nothing = tried && chosen.size === 0 ? "Choose at least one line." : undefined;
  const save = () => {
    setTried(true);
    if (chosen.size === 0 || reason.trim() === "") return;
    send.mutate(
      {
        path: `/requisitions/${encodeURIComponent(request.code)}/refuse`,
        body: { reason, lines: whole ? [] : [...chosen] },
      },
      {
        onSuccess: () => {
          notifications.show({
            message: whole
              ? `${request.code}: refused`
              : `${request.code}: ${plural(chosen.size, "line")} refused`,
          });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={`Refuse ${request.code}`}>
      <Form onSave={save}>
        <Stack gap={12}>
          <Textarea
            label="Reason"
            description="Whoever asked reads it."
            required
            autosize
            minRows={2}
            data-autofocus
            value={reason}
            error={
              problem?.fields.reason ??
              (tried && reason.trim() === "" ? "Say why; whoever asked reads it." : undefined)
            }
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {open.length > 1 && (
            <Checkbox.Group
              label="Lines"
              error={nothing}
              value={[...chosen].map(String)}
              onChange={(numbers) => setChosen(new Set(numbers.map(Number)))}
            >
              <Stack gap={8} mt={4}>
                {open.map((line) => (
                  <Checkbox
                    key={line.id}
                    value={String(line.number)}
                    label={`${line.number}: ${line.quantity} ${line.unit} ${line.model?.name ?? line.description}`}
                  />
                ))}
              </Stack>
            </Checkbox.Group>
          )}
          {problem && <ProblemCard error={problem} />}
          <FormButtons
            label={whole ? "Refuse all" : "Refuse these lines"}
            onBack={onClose}
            loading={send.isPending}
            danger
          />
        </Stack>
      </Form>
    </Modal>
  );
}
