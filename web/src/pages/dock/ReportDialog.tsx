/** Reporting what is not taken in: refused at the dock, or the wrong thing. */
import { Modal, SegmentedControl, Select, Stack, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { pb } from "@/lib/paths";
import type { OrderRecord } from "@/pages/orders/types";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { pieces, serialsOf } from "./serials";
import type { Discrepancy } from "./types";

export function ReportDialog({ order, onClose }: { order: OrderRecord; onClose: () => void }) {
  const [kind, setKind] = useState("refused");
  const [line, setLine] = useState<string | null>(order.lines.length === 1 ? "1" : null);
  const [quantity, setQuantity] = useState("1");
  const [serials, setSerials] = useState("");
  const [found, setFound] = useState("");
  const [note, setNote] = useState("");
  const navigate = useNavigate();
  const send = useSend<Discrepancy>();
  const problem = send.error ? asProblem(send.error) : null;
  const save = () => {
    const body = {
      purchase_order: order.code,
      kind,
      quantity: pieces(quantity),
      found,
      note,
      serials: serialsOf(serials),
      ...(line ? { line } : {}),
    };
    send.mutate(
      { path: "/discrepancies", body },
      {
        onSuccess: (report) => {
          notifications.show({
            message: `${report.code} is reported; procurement settles it with the vendor`,
          });
          // There a photo can be added.
          navigate({ to: pb.discrepancy(report.code) });
        },
      },
    );
  };
  return (
    <Modal opened onClose={onClose} title={`Not taken in on ${order.code}`}>
      <Form onSave={save}>
        <Stack gap={12}>
          <SegmentedControl
            aria-label="What is the matter"
            value={kind}
            onChange={setKind}
            data={[
              { value: "refused", label: "Refused at the dock" },
              { value: "wrong_item", label: "The wrong thing" },
            ]}
            fullWidth
          />
          <Select
            label="Order line"
            placeholder="Not known"
            clearable
            value={line}
            onChange={setLine}
            data={order.lines.map((one) => ({
              value: String(one.number),
              label: `${one.number} ${one.model.name}`,
            }))}
          />
          <TextInput
            label="Pieces"
            inputMode="decimal"
            required
            data-autofocus
            value={quantity}
            error={problem?.fields.quantity}
            onChange={(event) => setQuantity(event.currentTarget.value)}
          />
          {kind === "wrong_item" && (
            <TextInput
              label="What is it instead?"
              description="A part number, or what stands on the carton."
              required
              value={found}
              error={problem?.fields.found}
              onChange={(event) => setFound(event.currentTarget.value)}
            />
          )}
          <TextInput
            label="Serials"
            classNames={{ input: "mono" }}
            value={serials}
            error={problem?.fields.serials}
            onChange={(event) => setSerials(event.currentTarget.value)}
          />
          <Textarea
            label={kind === "refused" ? "Why was it refused?" : "Note"}
            required={kind === "refused"}
            autosize
            minRows={2}
            value={note}
            error={problem?.fields.note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {problem && <ProblemCard error={problem} />}
          <FormButtons label="Report" onBack={onClose} loading={send.isPending} />
        </Stack>
      </Form>
    </Modal>
  );
}
