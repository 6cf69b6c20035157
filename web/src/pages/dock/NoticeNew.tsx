/** Entering what a vendor announces for an order: its delivery number, its dates, and of each line the pieces or the serials. */
import { Button, Group, Stack, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useRecord, useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { useAsOf } from "@/app/as-of";
import { plural } from "@/lib/format";
import { pb } from "@/lib/paths";
import type { OrderRecord } from "@/pages/orders/types";
import { EmptyState } from "@/ui/EmptyState";
import { Form } from "@/ui/Form";
import { Page, Section } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";
import { useSearchValue } from "@/ui/use-tab";
import { Quantity } from "@/ui/values";
import classes from "./NoticeNew.module.css";
import { type Announced, linesOf, serialsOf } from "./serials";
import type { Notice } from "./types";

const nothing = {
  reference: "",
  carrier: "",
  tracking_number: "",
  shipped_on: "",
  expected_on: "",
  note: "",
};

export function NoticeNew() {
  const code = useSearchValue("order");
  if (!code)
    return (
      <Page title="New shipping notice">
        <EmptyState title="Which order is it for?">
          Open the order and choose “Enter a shipping notice”.
        </EmptyState>
      </Page>
    );
  return <NoticeForm code={code} />;
}

function NoticeForm({ code }: { code: string }) {
  const navigate = useNavigate();
  const asOf = useAsOf();
  const { data, error } = useRecord<OrderRecord>(`/purchase-orders/${encodeURIComponent(code)}`);
  const [head, setHead] = useState(nothing);
  const [typed, setTyped] = useState<Record<number, Partial<Announced>>>({});
  const send = useSend<Notice>();
  const problem = send.error ? asProblem(send.error) : null;
  const open = (data?.data.lines ?? []).filter((line) => Number(line.outstanding) > 0);
  const lines = linesOf(typed);
  const ready = head.reference.trim() !== "" && lines.length > 0 && !asOf;
  const set = (line: number, part: Partial<Announced>) =>
    setTyped((before) => ({ ...before, [line]: { ...before[line], ...part } }));
  const save = () => {
    if (!ready) return;
    const filled = Object.fromEntries(Object.entries(head).filter(([, value]) => value.trim() !== ""));
    send.mutate(
      { path: "/shipping-notices", body: { purchase_order: code, ...filled, lines } },
      { onSuccess: (notice) => navigate({ to: pb.notice(notice.code) }) },
    );
  };
  const field = (name: keyof typeof nothing, label: string, type = "text") => (
    <TextInput
      label={label}
      type={type}
      required={name === "reference"}
      value={head[name]}
      error={problem?.fields[name]}
      autoFocus={name === "reference"}
      onChange={(event) => {
        const { value } = event.currentTarget;
        setHead((before) => ({ ...before, [name]: value }));
      }}
    />
  );
  return (
    <Page title={`Announced for ${code}`}>
      {error && <ProblemCard error={error} />}
      <Form onSave={save}>
        <Stack gap={16} maw={880}>
          <div className={classes.head}>
            {field("reference", "Vendor’s delivery number")}
            {field("expected_on", "Expected", "date")}
            {field("shipped_on", "Shipped", "date")}
            {field("carrier", "Carrier")}
            {field("tracking_number", "Tracking number")}
            {field("note", "Note")}
          </div>
          <Section title="What is on its way">
            {open.length === 0 && data && <p className="muted">Nothing of {code} is outstanding.</p>}
            {open.map((line) => {
              const serials = serialsOf(typed[line.number]?.serials ?? "").length;
              return (
                <fieldset key={line.id} className={classes.line}>
                  <legend>
                    {line.number} {line.model.name}{" "}
                    <span className="muted">
                      <Quantity value={line.outstanding} unit={line.unit} /> outstanding
                    </span>
                  </legend>
                  {line.model.tracking === "serialised" ? (
                    <Textarea
                      label="Serials"
                      description="Paste them as the vendor sent them: one a line, or between commas."
                      autosize
                      minRows={2}
                      maxRows={10}
                      classNames={{ input: "mono" }}
                      value={typed[line.number]?.serials ?? ""}
                      onChange={(event) => set(line.number, { serials: event.currentTarget.value })}
                    />
                  ) : null}
                  <div className={classes.counts}>
                    <TextInput
                      label="Pieces"
                      inputMode="decimal"
                      placeholder={serials > 0 ? String(serials) : undefined}
                      value={typed[line.number]?.quantity ?? ""}
                      onChange={(event) => set(line.number, { quantity: event.currentTarget.value })}
                    />
                    <TextInput
                      label="Package"
                      value={typed[line.number]?.package ?? ""}
                      onChange={(event) => set(line.number, { package: event.currentTarget.value })}
                    />
                    <output className="small muted tabular">
                      {serials > 0 && plural(serials, "serial")}
                    </output>
                  </div>
                </fieldset>
              );
            })}
          </Section>
          {problem && <ProblemCard error={problem} />}
          <Group gap={8}>
            <Button type="submit" variant="filled" loading={send.isPending} disabled={!ready}>
              Enter the notice
            </Button>
            <Button type="button" onClick={() => navigate({ to: pb.order(code) })}>
              Back
            </Button>
          </Group>
        </Stack>
      </Form>
    </Page>
  );
}
