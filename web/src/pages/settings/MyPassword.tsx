/** Setting my own password. */
import { Button, PasswordInput, Stack } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { Form } from "@/ui/Form";
import { Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";

export function MyPassword() {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const send = useSend();
  const problem = send.error ? asProblem(send.error) : null;
  return (
    <Section title="My password">
      <Form
        onSave={() => {
          send.mutate(
            { path: "/me/password", body: { new: next, ...(current ? { current } : {}) } },
            {
              onSuccess: () => {
                setCurrent("");
                setNext("");
                notifications.show({ message: "Your password is changed" });
              },
            },
          );
        }}
      >
        <Stack gap={12} maw={360}>
          <PasswordInput
            label="Current password"
            description="Empty when you have none yet"
            autoComplete="current-password"
            value={current}
            onChange={(e) => setCurrent(e.currentTarget.value)}
            error={problem?.fields.current}
          />
          <PasswordInput
            label="New password"
            required
            autoComplete="new-password"
            value={next}
            onChange={(e) => setNext(e.currentTarget.value)}
            error={problem?.fields.new}
          />
          {problem && <ProblemCard error={problem} />}
          <div>
            <Button type="submit" loading={send.isPending} disabled={next === ""}>
              Change password
            </Button>
          </div>
        </Stack>
      </Form>
    </Section>
  );
}
