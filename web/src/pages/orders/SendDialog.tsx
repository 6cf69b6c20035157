/** Sending an order to its vendor: to whom, what the mail says, and the PDF that goes along. */
import { Anchor, Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { apiUrl } from "@/api/client";
import { useRead, useSend } from "@/api/hooks";
import { asProblem, type Problem } from "@/api/problem";
import type { components } from "@/api/schema.gen";
import { useDraft } from "@/lib/draft";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { addressesOf } from "./addresses";
import type { OrderRecord } from "./types";

export type Letters = components["schemas"]["Letters"];

interface Props {
  order: OrderRecord;
  etag: string | null;
  onClose: () => void;
}

export function SendDialog({ order, etag, onClose }: Props) {
  const path = `/purchase-orders/${encodeURIComponent(order.code)}`;
  const { data, error } = useRead<Letters>(`${path}/mails`);
  return (
    <Modal opened onClose={onClose} title={`Send ${order.code} to the vendor`} size="lg">
      {error && <ProblemCard error={asProblem(error)} />}
      {data && <Letter order={order} path={path} etag={etag} draft={data.draft} onClose={onClose} />}
    </Modal>
  );
}

interface Typed {
  to: string;
  cc: string;
  subject: string;
  message: string;
}

function Letter({ order, path, etag, draft, onClose }: Props & { path: string; draft: Letters["draft"] }) {
  const [typed, setTyped, forget] = useDraft<Typed>(`POST ${path}/send`, {
    to: draft.to.join(", "),
    cc: draft.cc.join(", "),
    subject: draft.subject,
    message: draft.message,
  });
  const send = useSend<OrderRecord>();
  const problem = send.error ? asProblem(send.error) : null;
  const set = (field: keyof Typed) => (event: { currentTarget: { value: string } }) => {
    const text = event.currentTarget.value;
    setTyped((before) => ({ ...before, [field]: text }));
  };
  const save = () => {
    const body = { ...typed, to: addressesOf(typed.to), cc: addressesOf(typed.cc) };
    send.mutate(
      { path: `${path}/send`, body, ifMatch: etag },
      {
        onSuccess: () => {
          forget();
          notifications.show({ message: `${order.code} is on its way to ${body.to.join(", ")}` });
          onClose();
        },
      },
    );
  };
  return (
    <Form onSave={save}>
      <Stack gap={12}>
        <TextInput
          label="To"
          description="One or more addresses, with commas between them"
          required
          data-autofocus
          value={typed.to}
          error={fault(problem, "to")}
          onChange={set("to")}
        />
        <TextInput label="Copies to" value={typed.cc} error={fault(problem, "cc")} onChange={set("cc")} />
        <TextInput
          label="Subject"
          required
          value={typed.subject}
          error={fault(problem, "subject")}
          onChange={set("subject")}
        />
        <Textarea
          label="Message"
          autosize
          minRows={6}
          maxRows={16}
          value={typed.message}
          error={fault(problem, "message")}
          onChange={set("message")}
        />
        <Text size="sm">
          With{" "}
          <Anchor href={apiUrl(`${path}/pdf`)} target="_blank" rel="noreferrer" inherit>
            {draft.attachment}
          </Anchor>
          {order.status === "approved" && ". The order is ordered by that."}
        </Text>
        {problem && <ProblemCard error={problem} />}
        <FormButtons label="Send" onBack={onClose} loading={send.isPending} />
      </Stack>
    </Form>
  );
}

/** What is wrong with a field, or with one of its addresses. */
function fault(problem: Problem | null, field: string): string | undefined {
  const name = Object.keys(problem?.fields ?? {}).find((one) => one === field || one.startsWith(`${field}[`));
  return name && problem?.fields[name];
}
