/** Choosing: one answer whole, or a vendor for each line. Each vendor that is chosen gets a draft order. */
import { Modal, Select, Stack, Text, Textarea } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { plural } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";
import { BY_LINE, bestOfEach, choiceBody, offersOf, wholes } from "./choice";
import type { QuoteRequestRecord } from "./types";

interface Props {
  request: QuoteRequestRecord;
  onClose: () => void;
}

export function ChooseDialog({ request, onClose }: Props) {
  const navigate = useNavigate();
  const vendors = wholes(request);
  const best = request.quotes.find((quote) => quote.best_total);
  const [whole, setWhole] = useState(best?.vendor.code ?? vendors[0]?.value ?? BY_LINE);
  const [lines, setLines] = useState(() => bestOfEach(request));
  const [deliverTo, setDeliverTo] = useState("");
  const [reason, setReason] = useState("");
  const send = useSend<QuoteRequestRecord>();
  const problem = send.error ? asProblem(send.error) : null;
  const orders = whole === BY_LINE ? new Set(Object.values(lines).filter(Boolean)).size : 1;
  const save = () =>
    send.mutate(
      {
        path: `/quote-requests/${encodeURIComponent(request.code)}/choose`,
        body: choiceBody(whole, lines, deliverTo, reason),
      },
      {
        onSuccess: (answer) => {
          const made = answer.quotes.flatMap((quote) => (quote.order ? [quote.order] : []));
          onClose();
          if (made.length === 1) navigate({ to: pb.order(made[0]!) });
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={`Choose in ${request.code}`}>
      <Form onSave={save}>
        <Stack gap={12}>
          <Select
            label="Take"
            allowDeselect={false}
            data-autofocus
            data={[...vendors, { value: BY_LINE, label: "Line by line" }]}
            value={whole}
            error={problem?.fields.vendor}
            onChange={(value) => setWhole(value ?? BY_LINE)}
          />
          {whole === BY_LINE &&
            request.lines.map((line) => (
              <Select
                key={line.number}
                label={`Line ${line.number}: ${line.model.name}`}
                placeholder="Nobody"
                clearable
                data={offersOf(request, line.number).map(({ value, label, best: isBest }) => ({
                  value,
                  label: isBest ? `${label}, best price` : label,
                }))}
                value={lines[line.number] ?? null}
                onChange={(vendor) => setLines({ ...lines, [line.number]: vendor ?? "" })}
              />
            ))}
          {!request.deliver_to && (
            <RecordPicker
              label="Deliver to"
              target="locations"
              filter={{ kind: "in:site,warehouse" }}
              required
              value={deliverTo}
              error={problem?.fields.deliver_to}
              onChange={setDeliverTo}
            />
          )}
          <Textarea
            label="Why this one"
            autosize
            minRows={2}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <Text c="dimmed">
            {plural(orders, "draft order")} will be made; the other answers are not chosen.
          </Text>
          {problem && <ProblemCard error={problem} />}
          <FormButtons label="Choose" onBack={onClose} loading={send.isPending} disabled={orders === 0} />
        </Stack>
      </Form>
    </Modal>
  );
}
