/** Gives a seat of an entitlement to an asset. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";

export function AssignDialog({ asset, onClose }: { asset: string; onClose: () => void }) {
  const [entitlement, setEntitlement] = useState("");
  const send = useSend();
  return (
    <Modal opened onClose={onClose} title={`Assign a licence to ${asset}`}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
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
          <Group justify="flex-end" gap={8}>
            <Button type="button" onClick={onClose}>
              Back
            </Button>
            <Button type="submit" variant="filled" disabled={!entitlement} loading={send.isPending}>
              Give the seat
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
