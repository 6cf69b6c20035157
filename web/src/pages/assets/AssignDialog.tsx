/** Gives a seat of an entitlement to an asset. */
import { Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";

export function AssignDialog({ asset, onClose }: { asset: string; onClose: () => void }) {
  const [entitlement, setEntitlement] = useState("");
  const send = useSend();
  return (
    <Modal opened onClose={onClose} title={`Assign a licence to ${asset}`}>
      <Form
        onSave={() => {
          send.mutate(
            { path: `/entitlements/${encodeURIComponent(entitlement)}/assign`, body: { asset } },
            {
              onSuccess: () => {
                notifications.show({ message: `A seat of ${entitlement} is now ${asset}'s` });
                onClose();
              },
            },
          );
        }}
      >
        <Stack gap={12}>
          <RecordPicker
            label="Entitlement"
            target="entitlements"
            required
            autoFocus
            value={entitlement}
            onChange={setEntitlement}
          />
          {send.error && <ProblemCard error={send.error} />}
          <FormButtons
            label="Give the seat"
            onBack={onClose}
            loading={send.isPending}
            disabled={!entitlement}
          />
        </Stack>
      </Form>
    </Modal>
  );
}
