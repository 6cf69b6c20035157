/** Entering what a vendor answered, line by line; an answer before is corrected. A file with many goes through Import. */
import { Button, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { formatQuantity } from "@/lib/format";
import { pb } from "@/lib/paths";
import { Form } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { SmallTable } from "@/ui/SmallTable";
import classes from "./AnswerDialog.module.css";
import { answerBody, answerFaults, noOffer, type TypedAnswer, type TypedOffer, typedOf } from "./answer";
import type { QuoteRequestRecord } from "./types";

interface Props {
  request: QuoteRequestRecord;
  onClose: () => void;
}

export function AnswerDialog({ request, onClose }: Props) {
  const base = request.base_currency;
  const first = request.quotes.find((quote) => quote.status === "asked") ?? request.quotes[0];
  const [answer, setAnswer] = useState<TypedAnswer>(() => typedOf(first, base));
  const [tried, setTried] = useState(false);
  const send = useSend();
  const problem = send.error ? asProblem(send.error) : null;
  const faults = tried ? answerFaults(answer) : {};
  const set = (part: Partial<TypedAnswer>) => setAnswer((before) => ({ ...before, ...part }));
  const offer = (line: number, part: Partial<TypedOffer>) =>
    setAnswer((before) => ({
      ...before,
      lines: { ...before.lines, [line]: { ...noOffer, ...before.lines[line], ...part } },
    }));
  const save = () => {
    setTried(true);
    if (Object.keys(answerFaults(answer)).length > 0) return;
    send.mutate(
      { path: `/quote-requests/${encodeURIComponent(request.code)}/answer`, body: answerBody(answer) },
      {
        onSuccess: () => {
          notifications.show({ message: `${answer.vendor}: answer entered` });
          onClose();
        },
      },
    );
  };
  const field = (name: "currency" | "exchange_rate" | "freight" | "reference", label: string, more = {}) => (
    <TextInput
      label={label}
      value={answer[name]}
      error={problem?.fields[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
  return (
    <Modal opened onClose={onClose} title={`Answer to ${request.code}`} size="xl">
      <Form onSave={save}>
        <Stack gap={12}>
          <div className={classes.head}>
            <Select
              label="Vendor"
              required
              allowDeselect={false}
              data-autofocus
              data={request.quotes.map((quote) => ({ value: quote.vendor.code, label: quote.vendor.name }))}
              value={answer.vendor || null}
              error={faults.vendor ?? problem?.fields.vendor}
              onChange={(code) =>
                setAnswer(
                  typedOf(
                    request.quotes.find((quote) => quote.vendor.code === code),
                    base,
                  ),
                )
              }
            />
            {field("currency", "Currency", { placeholder: "The vendor's", maxLength: 3 })}
            {field("exchange_rate", `Worth in ${base}`, { placeholder: "Last rate", inputMode: "decimal" })}
            {field("freight", "Freight", { inputMode: "decimal" })}
            <TextInput
              label="Valid until"
              type="date"
              value={answer.valid_until}
              onChange={(event) => set({ valid_until: event.currentTarget.value })}
            />
            <TextInput
              label="Came on"
              type="date"
              value={answer.answered_on}
              error={problem?.fields.answered_on}
              onChange={(event) => set({ answered_on: event.currentTarget.value })}
            />
            {field("reference", "Vendor's number")}
          </div>
          <SmallTable label="Offers" heads={["What", "Unit price", "Lead time (days)", "Minimum", "Note"]}>
            <tbody>
              {request.lines.map((line) => {
                const own = answer.lines[line.number] ?? noOffer;
                const cell = (name: keyof TypedOffer, label: string, width: number) => (
                  <td>
                    <TextInput
                      aria-label={`${label} of line ${line.number}`}
                      inputMode={name === "note" ? "text" : "decimal"}
                      w={width}
                      value={own[name]}
                      error={faults[`${line.number} ${name}`]}
                      onChange={(event) => offer(line.number, { [name]: event.currentTarget.value })}
                    />
                  </td>
                );
                return (
                  <tr key={line.number}>
                    <th scope="row">
                      {formatQuantity(line.quantity)} {line.model.name}
                    </th>
                    {cell("price", "Unit price", 112)}
                    {cell("days", "Lead time", 72)}
                    {cell("minimum", "Minimum", 72)}
                    {cell("note", "Note", 160)}
                  </tr>
                );
              })}
            </tbody>
          </SmallTable>
          {faults.lines && <p className={classes.fault}>{faults.lines}</p>}
          {problem && <ProblemCard error={problem} />}
          <Group justify="space-between" gap={8}>
            <Link to={pb.importOf("quote-answers")}>Import a file instead</Link>
            <Group gap={8}>
              <Button type="button" onClick={onClose}>
                Back
              </Button>
              <Button type="submit" variant="filled" loading={send.isPending}>
                Enter the answer
              </Button>
            </Group>
          </Group>
        </Stack>
      </Form>
    </Modal>
  );
}
