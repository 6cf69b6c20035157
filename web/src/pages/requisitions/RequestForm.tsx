/** Asking: for which team, why, by when; then the lines, each a model or plain words. By keyboard alone if one likes. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { useDraft } from "@/lib/draft";
import { addMoney, formatMoney, plural } from "@/lib/format";
import { pb } from "@/lib/paths";
import { emptyLine, lineTotal, pastedLines, putRows } from "@/pages/orders/entry";
import form from "@/pages/orders/OrderForm.module.css";
import { OrderGrid } from "@/pages/orders/OrderGrid";
import { ActionButton } from "@/ui/ActionBar";
import { Form } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";
import { type Asking, askingBody, askingEdit, askingFaults, emptyAsking, isBlank } from "./entry";
import type { RequestRecord } from "./types";

interface Props {
  draft: string;
  initial?: Asking;
  /** The request being edited, when it is not a new one. */
  editing?: { code: string; etag: string | null };
}

export function RequestForm({ draft, initial, editing }: Props) {
  const navigate = useNavigate();
  const asOf = useAsOf();
  const [asking, setAsking, forget] = useDraft<Asking>(draft, initial ?? emptyAsking());
  const [tried, setTried] = useState(false);
  const send = useSend<RequestRecord>();
  const faults = tried ? askingFaults(asking) : {};
  const problem = send.error ? asProblem(send.error) : null;
  const set = (part: Partial<Asking>) => setAsking((before) => ({ ...before, ...part }));
  const save = () => {
    setTried(true);
    if (Object.keys(askingFaults(asking)).length > 0 || asOf) return;
    send.mutate(
      editing
        ? {
            path: `/requisitions/${encodeURIComponent(editing.code)}`,
            method: "PATCH",
            body: askingEdit(asking),
            ifMatch: editing.etag,
          }
        : { path: "/requisitions", body: askingBody(asking) },
      {
        onSuccess: (request) => {
          forget();
          navigate({ to: pb.request(request.code) });
        },
      },
    );
  };
  const paste = (text: string, at: number) =>
    setAsking((before) => ({ ...before, lines: putRows(before.lines, at, pastedLines(text), isBlank) }));
  const real = asking.lines.filter((line) => !isBlank(line));
  return (
    <Form className={form.layout} onSave={save}>
      <div className={form.main}>
        <div className={form.head}>
          <RecordPicker
            label="For team"
            target="teams"
            autoFocus={editing === undefined}
            disabled={editing !== undefined}
            required
            value={asking.team}
            display={asking.teamLabel}
            error={faults.team ?? problem?.fields.team}
            onChange={(team, found) => set({ team, teamLabel: found?.display ?? team })}
          />
          <TextInput
            label="Needed by"
            type="date"
            value={asking.needed_by}
            error={problem?.fields.needed_by}
            onChange={(event) => set({ needed_by: event.currentTarget.value })}
          />
          <TextInput
            label="Project"
            value={asking.project}
            onChange={(event) => set({ project: event.currentTarget.value })}
          />
          <RecordPicker
            label="Budget"
            target="budgets"
            placeholder="None"
            value={asking.budget}
            error={problem?.fields.budget}
            onChange={(budget) => set({ budget })}
          />
        </div>
        <Textarea
          label="Why"
          required
          autosize
          minRows={2}
          value={asking.reason}
          error={faults.reason ?? problem?.fields.reason}
          onChange={(event) => set({ reason: event.currentTarget.value })}
        />
        <OrderGrid
          label="What is needed"
          price="Estimate each"
          words
          lines={asking.lines}
          faults={faults}
          currency="EUR"
          onChange={(lines) => set({ lines })}
          onPaste={paste}
        />
        <div className={form.under}>
          <Button data-size="xs" onClick={() => set({ lines: [...asking.lines, emptyLine()] })}>
            Add line
          </Button>
          <span className="faint small">
            A model from the catalogue, or plain words: the buyer finds it. Enter goes to the next line.
          </span>
        </div>
        {faults.lines && <p className={form.fault}>{faults.lines}</p>}
        {problem && <ProblemCard error={problem} />}
      </div>
      <aside className={form.side} aria-label="Summary">
        <h2>This request</h2>
        <div className={form.sum} aria-live="polite">
          <span className="muted">{plural(real.length, "line")}</span>
          <span />
          <span className={form.grand}>Estimate</span>
          <span className={`${form.grand} tabular`}>
            {formatMoney(addMoney(real.map((line) => lineTotal(line) ?? "0")))}
          </span>
        </div>
        <ActionButton
          label={editing ? "Save changes" : "Save draft"}
          primary
          loading={send.isPending}
          reason={asOf ? READ_ONLY_PAST : null}
          onClick={save}
        />
        <p className="faint small">
          <kbd>Ctrl Enter</kbd> saves.{" "}
          {editing ? "" : "The draft is submitted from its own page, where you follow it to the rack."}
        </p>
      </aside>
    </Form>
  );
}
