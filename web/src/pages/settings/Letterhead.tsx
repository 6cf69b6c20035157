/** What stands on the company's letters: its particulars, its logo, the terms below every order. */
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { useRecord, useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import type { components } from "@/api/schema.gen";
import { useDraft } from "@/lib/draft";
import { ActionButton } from "@/ui/ActionBar";
import { Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { Logo } from "./Logo";

export type Company = components["schemas"]["Company"];

const FIELDS = [
  ["name", "Legal name", 1],
  ["address", "Address", 3],
  ["registration", "Registration", 1],
  ["tax_id", "Tax id", 1],
  ["email", "E-mail", 1],
  ["phone", "Phone", 1],
  ["invoice_email", "Invoices go to", 1],
  ["base_currency", "Currency of the books", 1],
  ["order_terms", "Terms of order", 6],
] as const;

type Field = (typeof FIELDS)[number][0];

export function Letterhead() {
  const { data, error, refetch } = useRecord<Company>("/company");
  if (error) return <ProblemCard error={error} onRetry={() => refetch()} />;
  if (!data) return null;
  return <Form key={data.data.version} company={data.data} etag={data.etag} />;
}

function Form({ company, etag }: { company: Company; etag: string | null }) {
  const [typed, setTyped, forget] = useDraft<Partial<Record<Field, string>>>("PATCH /company", {});
  const [tried, setTried] = useState(false);
  const send = useSend<Company>();
  const problem = send.error ? asProblem(send.error) : null;
  const edit = company.actions.find((action) => action.name === "edit");
  const reason = edit?.allowed ? null : (edit?.reason ?? "Not possible now");
  const value = (field: Field) => typed[field] ?? company[field] ?? "";
  const nameless = tried && value("name").trim() === "" ? "Letters begin with it" : undefined;
  const save = () => {
    setTried(true);
    if (reason !== null || value("name").trim() === "") return;
    send.mutate(
      { path: "/company", method: "PATCH", body: typed, ifMatch: etag },
      {
        onSuccess: () => {
          forget();
          notifications.show({ message: "Letterhead: saved" });
        },
      },
    );
  };
  return (
    <Section title="Letterhead">
      <form
        aria-label="Letterhead"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
        }}
      >
        <Stack gap={12} maw={560}>
          <Logo company={company} />
          {FIELDS.map(([field, label, rows]) => {
            const common = {
              label,
              value: value(field),
              readOnly: reason !== null,
              required: field === "name",
              error: problem?.fields[field] ?? (field === "name" ? nameless : undefined),
              onChange: (event: { currentTarget: { value: string } }) => {
                const text = event.currentTarget.value;
                setTyped((before) => ({ ...before, [field]: text }));
              },
            };
            return rows > 1 ? (
              <Textarea key={field} {...common} autosize minRows={rows} />
            ) : (
              <TextInput key={field} {...common} />
            );
          })}
          {problem && <ProblemCard error={problem} />}
          <Group>
            {reason === null ? (
              <Button type="submit" variant="filled" loading={send.isPending}>
                Save
              </Button>
            ) : (
              <ActionButton label="Save" primary reason={reason} onClick={save} />
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
