/** Gives one seat to a device, a person or a team. */
import { Modal, SegmentedControl, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker, type Target } from "@/ui/RecordPicker";

const holders: { value: string; label: string; target: Target }[] = [
  { value: "asset", label: "Device", target: "assets" },
  { value: "person", label: "Person", target: "people" },
  { value: "team", label: "Team", target: "teams" },
];

export function AssignSeat({ entitlement, onClose }: { entitlement: string; onClose: () => void }) {
  const [kind, setKind] = useState("asset");
  const [holder, setHolder] = useState("");
  const [note, setNote] = useState("");
  const send = useSend();
  const chosen = holders.find((h) => h.value === kind) ?? holders[0]!;
  return (
    <Modal opened onClose={onClose} title={`Give a seat of ${entitlement}`}>
      <Form
        onSave={() => {
          send.mutate(
            {
              path: `/entitlements/${encodeURIComponent(entitlement)}/assign`,
              body: { [kind]: holder, ...(note ? { note } : {}) },
            },
            {
              onSuccess: () => {
                notifications.show({ message: `A seat of ${entitlement} is given to ${holder}` });
                onClose();
              },
            },
          );
        }}
      >
        <Stack gap={12}>
          <SegmentedControl
            aria-label="To a"
            data={holders}
            value={kind}
            onChange={(value) => {
              setKind(value);
              setHolder("");
            }}
          />
          <RecordPicker
            key={kind}
            label={chosen.label}
            target={chosen.target}
            required
            autoFocus
            value={holder}
            onChange={setHolder}
          />
          <TextInput label="Note" value={note} onChange={(e) => setNote(e.currentTarget.value)} />
          {send.error && <ProblemCard error={send.error} />}
          <FormButtons label="Give the seat" onBack={onClose} loading={send.isPending} disabled={!holder} />
        </Stack>
      </Form>
    </Modal>
  );
}
