/** Amending an order that was agreed upon: quantity, price and what is given up of each line, with a reason. */
import { Modal, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { formatQuantity, parsePrice } from "@/lib/format";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import { changesOf, type Typed } from "./amend";
import type { OrderRecord } from "./types";

interface Props {
  order: OrderRecord;
  onClose: () => void;
}

export function AmendDialog({ order, onClose }: Props) {
  const [typed, setTyped] = useState<Record<number, Typed>>({});
  const [freight, setFreight] = useState("");
  const [reason, setReason] = useState("");
  const send = useSend<OrderRecord>();
  const change = changesOf(order.lines, typed);
  const carriage = parsePrice(freight);
  const ready = reason.trim() !== "" && (change.length > 0 || carriage !== null);
  const set = (line: number, field: keyof Typed, value: string) =>
    setTyped((before) => ({ ...before, [line]: { ...before[line], [field]: value } }));
  const save = () => {
    if (!ready) return;
    const body = { reason: reason.trim(), change, ...(carriage === null ? {} : { freight: carriage }) };
    send.mutate(
      { path: `/purchase-orders/${encodeURIComponent(order.code)}/amend`, body },
      {
        onSuccess: (answer) => {
          const waits = answer.amendments?.[0]?.status === "proposed";
          const message = waits
            ? `${order.code} stays as it is until the amendment is approved`
            : `${order.code} is amended`;
          notifications.show({ message });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={`Amend ${order.code}`} size="lg">
      <Form onSave={save}>
        <Stack gap={12}>
          <Text c="dimmed">
            What costs no more is done at once. What raises the total is approved first; until then the order
            stays as it is.
          </Text>
          <SmallTable
            label="Lines to amend"
            heads={["Line", { text: "Received", number: true }, "Quantity", "Given up", "Unit price"]}
          >
            <tbody>
              {order.lines.map((line, index) => (
                <tr key={line.id}>
                  <th scope="row">
                    {line.number} {line.model.name}
                  </th>
                  <td className={table.number}>{formatQuantity(line.received)}</td>
                  {(["quantity", "cancelled", "unit_price"] as const).map((field) => (
                    <td key={field}>
                      <TextInput
                        aria-label={`${labels[field]} of line ${line.number}`}
                        inputMode="decimal"
                        w={104}
                        value={
                          typed[line.number]?.[field] ?? String(line[field] ?? 0).replace(/(\.\d\d)0+$/, "$1")
                        }
                        onChange={(event) => set(line.number, field, event.currentTarget.value)}
                        data-autofocus={(index === 0 && field === "quantity") || undefined}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </SmallTable>
          <TextInput
            label="Freight"
            description="Left empty, it stays."
            inputMode="decimal"
            value={freight}
            onChange={(event) => setFreight(event.currentTarget.value)}
          />
          <Textarea
            label="Reason"
            required
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {send.error && <ProblemCard error={asProblem(send.error)} />}
          <FormButtons label="Amend" onBack={onClose} loading={send.isPending} disabled={!ready} />
        </Stack>
      </Form>
    </Modal>
  );
}

const labels = { quantity: "Quantity", cancelled: "Given up", unit_price: "Unit price" };
