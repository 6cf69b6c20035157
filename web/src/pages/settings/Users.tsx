/** Who may sign in. */

import { Button, Group, Modal } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import type { Row } from "@/api/types";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { ListView } from "@/ui/list/ListView";
import { Once } from "./Once";
import { ROLES } from "./roles";

const fields = [{ name: "name" }, { name: "email" }, { name: "team" }, { name: "role", options: ROLES }];
const linkOf = (answer: Row) => String(answer.sign_in_link ?? answer.link ?? "");

export function Users() {
  const [disabling, setDisabling] = useState<Row | null>(null);
  const [link, setLink] = useState<string | null>(null);
  const send = useSend<Row>();
  const newLink = (user: Row | undefined) =>
    user &&
    send.mutate(
      { path: `/users/${String(user.id)}/sign-in-link`, body: {} },
      {
        onSuccess: (answer) => setLink(linkOf(answer)),
        onError: (error) =>
          notifications.show({
            color: "red",
            title: asProblem(error).body.title,
            message: asProblem(error).body.detail,
          }),
      },
    );
  return (
    <>
      <div style={{ marginBottom: 8 }}>
        <CreateButton
          label="New user"
          path="/users"
          fields={fields}
          once={(answer) => (
            <Once text={linkOf(answer)}>Send this one-time link to the person; it is not shown again.</Once>
          )}
        />
      </div>
      <ListView
        name="users"
        bulk={(rows) => (
          <>
            <ActionButton
              label="New sign-in link"
              reason={rows.length === 1 ? null : "Choose one user"}
              onClick={() => newLink(rows[0])}
            />
            <ActionButton
              label="Disable"
              reason={rows.length === 1 ? null : "Choose one user"}
              onClick={() => setDisabling(rows[0] ?? null)}
            />
          </>
        )}
        empty={<EmptyState title="No users yet" />}
      />
      {disabling && (
        <ActionDialog
          action={{
            name: "disable",
            label: "Disable",
            allowed: true,
            href: `/users/${String(disabling.id)}/disable`,
            input: ["reason"],
          }}
          subject={String(disabling.name)}
          onClose={() => setDisabling(null)}
        />
      )}
      <Modal opened={link !== null} onClose={() => setLink(null)} title="One-time sign-in link">
        <Once text={link ?? ""}>Send it to the person; it works once and is not shown again.</Once>
        <Group justify="flex-end" mt={12}>
          <Button variant="filled" onClick={() => setLink(null)}>
            Done
          </Button>
        </Group>
      </Modal>
    </>
  );
}
