/** An approval policy: to which orders it applies, and in which steps it is agreed to; beside it, what that says in a sentence. */
import { Select, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useRead, useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { useDraft } from "@/lib/draft";
import { pb } from "@/lib/paths";
import form from "@/pages/orders/OrderForm.module.css";
import { ActionButton } from "@/ui/ActionBar";
import { Form } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";
import { useLacks } from "@/ui/use-lacks";
import { PolicySteps } from "./PolicySteps";
import { policyBody, policyFaults, sentence, type Typed } from "./policy";

interface Props {
  draft: string;
  initial: Typed;
  /** The policy being changed; its code stays. */
  editing?: { etag: string | null };
}

export function PolicyForm({ draft, initial, editing }: Props) {
  const navigate = useNavigate();
  const lacks = useLacks("administrator");
  const { data: company } = useRead<{ base_currency: string }>("/company");
  const currency = company?.base_currency ?? "EUR";
  const [policy, setPolicy, forget] = useDraft<Typed>(draft, initial);
  const [tried, setTried] = useState(false);
  const send = useSend();
  const problem = send.error ? asProblem(send.error) : null;
  const faults: Record<string, string | undefined> = {
    ...problem?.fields,
    ...(tried ? policyFaults(policy) : {}),
  };
  const set = (part: Partial<Typed>) => setPolicy((before) => ({ ...before, ...part }));
  const save = () => {
    setTried(true);
    if (lacks !== null || Object.keys(policyFaults(policy)).length > 0) return;
    send.mutate(
      { path: "/approval-policies", method: "PUT", body: policyBody(policy), ifMatch: editing?.etag },
      {
        onSuccess: () => {
          forget();
          notifications.show({ message: `${policy.name}: saved` });
          navigate({ to: pb.policies() });
        },
      },
    );
  };
  const field = (name: "code" | "name" | "position" | "min_total" | "category") => ({
    value: policy[name],
    error: faults[name],
    onChange: (event: React.ChangeEvent<HTMLInputElement>) => set({ [name]: event.currentTarget.value }),
  });
  return (
    <Form className={form.layout} onSave={save}>
      <div className={form.main}>
        <div className={form.head}>
          <TextInput
            label="Code"
            required
            autoFocus={!editing}
            readOnly={editing !== undefined}
            {...field("code")}
          />
          <TextInput label="Name" required {...field("name")} />
          <TextInput
            label="Place in the order of asking"
            description="The lowest that fits counts."
            required
            {...field("position")}
          />
        </div>
        <h2>Which orders</h2>
        <div className={form.head}>
          <TextInput label={`From a total of (${currency})`} placeholder="Any" {...field("min_total")} />
          <Select
            label="Kind of budget"
            data={[
              { value: "", label: "Any" },
              { value: "capex", label: "Capex" },
              { value: "opex", label: "Opex" },
            ]}
            value={policy.budget_kind}
            error={faults.budget_kind}
            onChange={(kind) => set({ budget_kind: kind ?? "" })}
          />
          <RecordPicker
            label="Team, and those below"
            target="teams"
            placeholder="Any"
            value={policy.team}
            display={policy.teamLabel}
            error={faults.team}
            onChange={(team, found) => set({ team, teamLabel: found?.display ?? team })}
          />
          <TextInput label="Category of models" placeholder="Any" {...field("category")} />
        </div>
        <h2>Who agrees</h2>
        <PolicySteps steps={policy.steps} faults={faults} onChange={(steps) => set({ steps })} />
        {problem && <ProblemCard error={problem} />}
      </div>
      <aside className={form.side} aria-label="What it says">
        <h2>What it says</h2>
        <p aria-live="polite">{sentence(policy, currency)}</p>
        <p className="muted small">
          Nobody agrees to an order of their own. A budget that asks its board adds a last step. Orders that
          wait already keep the steps that they were given.
        </p>
        <ActionButton
          label={editing ? "Save changes" : "Save policy"}
          primary
          loading={send.isPending}
          reason={lacks}
          onClick={save}
        />
        <p className="faint small">
          <kbd>Ctrl Enter</kbd> saves.
        </p>
      </aside>
    </Form>
  );
}
