/** A credit note against an invoice: all that is left of it, some pieces, or only a lower price. */
import { Modal, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useRecord, useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { formatQuantity, parsePrice } from "@/lib/format";
import type { OrderRecord } from "@/pages/orders/types";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import classes from "./Invoice.module.css";
import type { InvoiceLine, InvoiceRecord } from "./types";

interface Props {
  invoice: InvoiceRecord;
  onClose: () => void;
}

type Typed = Record<number, { quantity?: string; net?: string }>;

export function CreditDialog({ invoice, onClose }: Props) {
  const { data } = useRecord<OrderRecord>(`/purchase-orders/${encodeURIComponent(invoice.order)}`);
  const waiting = (data?.data.returns ?? []).filter((r) => r.status === "sent" && r.expects === "credit");
  const [number, setNumber] = useState("");
  const [day, setDay] = useState(new Date().toISOString().slice(0, 10));
  const [total, setTotal] = useState("");
  const [reason, setReason] = useState("");
  const [back, setBack] = useState<string | null>(null);
  const [typed, setTyped] = useState<Typed>({});
  const send = useSend<InvoiceRecord>();
  const problem = send.error ? asProblem(send.error) : null;
  const ready = number.trim() !== "" && reason.trim() !== "" && day !== "";
  const set = (line: number, part: { quantity?: string; net?: string }) =>
    setTyped((before) => ({ ...before, [line]: { ...before[line], ...part } }));
  const save = () => {
    if (!ready) return;
    const body = {
      number: number.trim(),
      credited_on: day,
      reason: reason.trim(),
      ...(back ? { return: back } : {}),
      ...(total.trim() ? { total: parsePrice(total) ?? total } : {}),
      lines: creditLines(typed),
    };
    send.mutate(
      { path: `/invoices/${encodeURIComponent(invoice.code)}/credit`, body },
      {
        onSuccess: (answer) => {
          notifications.show({ message: `${answer.credit_notes.at(-1)?.code} is entered` });
          onClose();
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={`Credit note for ${invoice.code}`} size="lg">
      <Form onSave={save}>
        <Stack gap={12}>
          <div className={classes.charges}>
            <TextInput
              label="Vendor's number"
              required
              data-autofocus
              value={number}
              error={problem?.fields.number}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
            <TextInput
              label="Of"
              type="date"
              required
              value={day}
              error={problem?.fields.credited_on}
              onChange={(event) => setDay(event.currentTarget.value)}
            />
            <TextInput
              label="Total on the paper"
              inputMode="decimal"
              value={total}
              error={problem?.fields.total}
              onChange={(event) => setTotal(event.currentTarget.value)}
            />
          </div>
          {waiting.length > 0 && (
            <Select
              label="For the return"
              placeholder="None"
              clearable
              data={waiting.map((r) => ({ value: r.code, label: `${r.code}, RMA ${r.rma_number}` }))}
              value={back}
              onChange={setBack}
            />
          )}
          <SmallTable
            label="Lines to credit"
            heads={["#", "What", { text: "Left", number: true }, "Pieces back", "Net amount"]}
          >
            <tbody>
              {invoice.lines.map((line) => (
                <tr key={line.number}>
                  <td className="faint tabular">{line.number}</td>
                  <th scope="row">{line.model ?? line.description}</th>
                  <td className={table.number}>{formatQuantity(left(line))}</td>
                  {(["quantity", "net"] as const).map((name) => (
                    <td key={name}>
                      <TextInput
                        aria-label={`${labels[name]} of line ${line.number}`}
                        inputMode="decimal"
                        w={104}
                        value={typed[line.number]?.[name] ?? ""}
                        onChange={(event) => set(line.number, { [name]: event.currentTarget.value })}
                      />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </SmallTable>
          <Text c="dimmed">
            Left empty, all that is left is credited, or what the return sent back. An amount without pieces
            lowers the price.
          </Text>
          <Textarea
            label="Reason"
            required
            value={reason}
            error={problem?.fields.reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {problem && <ProblemCard error={problem} />}
          <FormButtons
            label="Enter the credit note"
            onBack={onClose}
            loading={send.isPending}
            disabled={!ready}
          />
        </Stack>
      </Form>
    </Modal>
  );
}

const labels = { quantity: "Pieces back", net: "Net amount" };
const left = (line: InvoiceLine) => line.quantity - line.credited;

function creditLines(typed: Typed): object[] {
  return Object.entries(typed)
    .map(([line, { quantity, net }]) => ({
      line: Number(line),
      ...(quantity?.trim() ? { quantity: Number(quantity.replace(",", ".")) } : {}),
      ...(net?.trim() ? { net: parsePrice(net) ?? net } : {}),
    }))
    .filter((line) => Object.keys(line).length > 1);
}
