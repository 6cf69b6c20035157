/** What one line has besides model, quantity and price: discount, tax, tolerance, its own place and day. */
import { Modal, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { Form, FormButtons } from "@/ui/Form";
import { RecordPicker } from "@/ui/RecordPicker";
import type { EntryLine } from "./entry";
import { type Terms, termsBody, termsFaults, termsOf } from "./terms";

interface Props {
  line: EntryLine;
  number: number;
  onSet: (rest: Record<string, unknown>) => void;
  onClose: () => void;
}

export function LineTerms({ line, number, onSet, onClose }: Props) {
  const [terms, setTerms] = useState<Terms>(() => termsOf(line.rest));
  const [tried, setTried] = useState(false);
  const faults = termsFaults(terms);
  const set = (part: Partial<Terms>) => setTerms((before) => ({ ...before, ...part }));
  const save = () => {
    setTried(true);
    if (Object.keys(faults).length > 0) return;
    onSet(termsBody(terms));
    onClose();
  };
  const percent = (
    name: "discount_percent" | "tax_percent" | "tolerance_percent",
    label: string,
    first = false,
  ) => (
    <TextInput
      label={label}
      inputMode="decimal"
      rightSection={<span className="faint">%</span>}
      value={terms[name]}
      error={tried ? faults[name] : undefined}
      data-autofocus={first || undefined}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <Modal opened onClose={onClose} title={`Terms of line ${number}`}>
      <Form onSave={save}>
        <Stack gap={12}>
          <Text c="dimmed">{line.modelLabel || "No model yet"}</Text>
          {percent("discount_percent", "Discount on the unit price", true)}
          {percent("tax_percent", "Tax on what is left")}
          {percent("tolerance_percent", "May be delivered beyond the quantity")}
          <RecordPicker
            label="Deliver to"
            description="Where it is another place than the order's"
            target="locations"
            value={terms.deliver_to}
            display={terms.deliver_to}
            onChange={(deliver_to) => set({ deliver_to })}
          />
          <TextInput
            label="Needed by"
            description="Where it is another day than the order's"
            type="date"
            value={terms.needed_by}
            onChange={(event) => set({ needed_by: event.currentTarget.value })}
          />
          <FormButtons label="Set" onBack={onClose} />
        </Stack>
      </Form>
    </Modal>
  );
}
