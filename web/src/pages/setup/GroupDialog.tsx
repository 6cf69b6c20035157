/** One group of approvers, new or there already: its name and who is in it. */
import { Button, Group, Modal, Stack, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useRecord, useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema.gen";
import { useDraft } from "@/lib/draft";
import { Form, FormButtons } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { useLacks } from "@/ui/use-lacks";
import { type Member, MemberChoice } from "./MemberChoice";

interface Typed {
  code: string;
  name: string;
  members: Member[];
}

interface Props {
  /** Empty for a new group. */
  code: string;
  onClose: () => void;
}

export function GroupDialog({ code, onClose }: Props) {
  return (
    <Modal opened onClose={onClose} title={code === "" ? "New group" : `Group ${code}`}>
      {code === "" ? (
        <Inside initial={{ code: "", name: "", members: [] }} etag={null} onClose={onClose} />
      ) : (
        <Known code={code} onClose={onClose} />
      )}
    </Modal>
  );
}

function Known({ code, onClose }: Props) {
  const { data, error, refetch } = useRecord<components["schemas"]["Group"]>(
    `/approver-groups/${encodeURIComponent(code)}`,
  );
  if (error) return <ProblemCard error={error} onRetry={() => refetch()} />;
  if (!data) return null;
  const { name, members, version } = data.data;
  return (
    <Inside
      key={version}
      initial={{ code, name, members: members as Member[] }}
      version={version}
      etag={data.etag}
      onClose={onClose}
    />
  );
}

interface InsideProps {
  initial: Typed;
  version?: string;
  etag: string | null;
  onClose: () => void;
}

function Inside({ initial, version, etag, onClose }: InsideProps) {
  const lacks = useLacks("administrator");
  const [group, setGroup, forget] = useDraft<Typed>(
    `PUT /approver-groups ${initial.code} ${version ?? ""}`,
    initial,
  );
  const [tried, setTried] = useState(false);
  const send = useSend();
  const problem = send.error ? asProblem(send.error) : null;
  const faults = {
    code: group.code.trim() === "" ? "A short code, such as BUYERS." : undefined,
    name: group.name.trim() === "" ? "What people call it." : undefined,
    members: group.members.length === 0 ? "At least one." : undefined,
  };
  const told = (field: keyof typeof faults) => problem?.fields[field] ?? (tried ? faults[field] : undefined);
  const refused = Object.entries(problem?.fields ?? {}).find(([field]) => field.startsWith("members["))?.[1];
  const set = (part: Partial<Typed>) => setGroup((before) => ({ ...before, ...part }));
  const save = () => {
    setTried(true);
    if (lacks !== null || Object.values(faults).some(Boolean)) return;
    const members = group.members.map((member) => member.email);
    send.mutate(
      {
        path: "/approver-groups",
        method: "PUT",
        body: { code: group.code.trim().toUpperCase(), name: group.name.trim(), members },
        ifMatch: etag,
      },
      {
        onSuccess: () => {
          forget();
          notifications.show({ message: `${group.name}: saved` });
          onClose();
        },
      },
    );
  };
  return (
    <Form onSave={save}>
      <Stack gap={12}>
        {initial.code === "" && (
          <TextInput
            label="Code"
            required
            data-autofocus
            value={group.code}
            error={told("code")}
            onChange={(event) => set({ code: event.currentTarget.value })}
          />
        )}
        <TextInput
          label="Name"
          required
          data-autofocus={initial.code !== "" || undefined}
          value={group.name}
          error={told("name")}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <MemberChoice
          members={group.members}
          error={told("members") ?? refused}
          onChange={(members) => set({ members })}
        />
        {problem && <ProblemCard error={problem} />}
        {lacks === null ? (
          <FormButtons label="Save" onBack={onClose} loading={send.isPending} />
        ) : (
          <Group justify="space-between" wrap="nowrap">
            <span className="muted small">{lacks}</span>
            <Button onClick={onClose}>Back</Button>
          </Group>
        )}
      </Stack>
    </Form>
  );
}
