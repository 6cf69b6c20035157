/** Connects a port to another: the other asset, its free port, the cable. */
import { Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useRead, useSend } from "@/api/hooks";
import type { Port } from "@/pages/assets/types";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";

/** Which kinds of port a cable may join to one of this kind. */
const partners: Record<string, string[]> = {
  interface: ["interface", "front", "rear"],
  front: ["interface", "front", "rear"],
  rear: ["interface", "front", "rear"],
  console: ["console_server"],
  console_server: ["console"],
  power_port: ["power_outlet"],
  power_outlet: ["power_port"],
};

const colors = ["", "black", "blue", "green", "grey", "orange", "purple", "red", "white", "yellow", "aqua"];

export function ConnectDialog({ asset, port, onClose }: { asset: string; port: Port; onClose: () => void }) {
  const [other, setOther] = useState("");
  const [otherPort, setOtherPort] = useState<string | null>(null);
  const [cable, setCable] = useState({ code: "", color: "", length_m: "" });
  const send = useSend();
  const ports = useRead<{ ports: Port[] }>(other ? `/assets/${encodeURIComponent(other)}/ports` : null);
  const fitting = (ports.data?.ports ?? []).filter(
    (p) => (partners[port.kind]?.includes(p.kind) ?? true) && p.id !== port.id,
  );

  const save = () =>
    send.mutate(
      {
        path: "/cables",
        body: {
          a: { port: port.id },
          b: { port: otherPort },
          ...Object.fromEntries(Object.entries(cable).filter(([, value]) => value !== "")),
        },
      },
      {
        onSuccess: () => {
          notifications.show({ message: `${asset}:${port.name} is connected` });
          onClose();
        },
      },
    );

  return (
    <Modal opened onClose={onClose} title={`Connect ${asset}:${port.name}`}>
      <Form
        onSave={() => {
          if (otherPort) save();
        }}
      >
        <Stack gap={12}>
          <RecordPicker
            label="To asset"
            description="Its code, name or serial; a scanned label works too"
            target="assets"
            required
            autoFocus
            value={other}
            onChange={(code) => {
              setOther(code);
              setOtherPort(null);
            }}
          />
          <Select
            label="Port"
            required
            searchable
            disabled={!other}
            placeholder={
              other && ports.data && fitting.length === 0 ? "It has no port that fits" : "Choose its port"
            }
            value={otherPort}
            onChange={setOtherPort}
            data={fitting.map((p) => ({
              value: p.id,
              label: `${p.name}${p.type ? ` · ${p.type}` : ""}${p.cable ? ` · taken by ${p.cable}` : ""}`,
              disabled: Boolean(p.cable),
            }))}
          />
          <Group gap={8} grow align="flex-start">
            <TextInput
              label="Cable label"
              description="If it has one"
              value={cable.code}
              onChange={(e) => setCable({ ...cable, code: e.currentTarget.value })}
            />
            <Select
              label="Colour"
              description="As seen"
              data={colors.map((c) => ({ value: c, label: c || "not said" }))}
              value={cable.color}
              onChange={(c) => setCable({ ...cable, color: c ?? "" })}
            />
            <TextInput
              label="Length (m)"
              description="As 2 or 1.5"
              inputMode="decimal"
              value={cable.length_m}
              onChange={(e) => setCable({ ...cable, length_m: e.currentTarget.value.replace(",", ".") })}
            />
          </Group>
          {ports.error && <ProblemCard error={ports.error} />}
          {send.error && <ProblemCard error={send.error} />}
          <FormButtons label="Connect" onBack={onClose} loading={send.isPending} disabled={!otherPort} />
        </Stack>
      </Form>
    </Modal>
  );
}
