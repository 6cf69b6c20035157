/** Asking vendors: what about, until when, which vendors, which lines; lines of requests by teams come along. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { useDraft } from "@/lib/draft";
import { plural } from "@/lib/format";
import { pb } from "@/lib/paths";
import { emptyLine, isBlank, pastedLines, putRows } from "@/pages/orders/entry";
import form from "@/pages/orders/OrderForm.module.css";
import { OrderGrid } from "@/pages/orders/OrderGrid";
import { ActionButton } from "@/ui/ActionBar";
import { Form } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";
import { type Asking, askingBody, askingFaults, emptyAsking, inAWeek, type TakenLine } from "./entry";
import { TakenLines } from "./TakenLines";
import type { QuoteRequestRecord } from "./types";
import { VendorChoice } from "./VendorChoice";

interface Props {
  draft: string;
  initial?: Asking;
  /** Lines of requests that come along. */
  from?: TakenLine[];
  /** The request being edited; one that came from requests keeps its lines. */
  editing?: { code: string; etag: string | null; keepsLines: boolean };
}

export function QuoteForm({ draft, initial, from = [], editing }: Props) {
  const navigate = useNavigate();
  const asOf = useAsOf();
  const [asking, setAsking, forget] = useDraft<Asking>(draft, initial ?? emptyAsking(inAWeek()));
  const [taken, setTaken] = useState(from);
  const [tried, setTried] = useState(false);
  const send = useSend<QuoteRequestRecord>();
  const faults = tried ? askingFaults(asking, taken) : {};
  const problem = send.error ? asProblem(send.error) : null;
  const set = (part: Partial<Asking>) => setAsking((before) => ({ ...before, ...part }));
  const save = () => {
    setTried(true);
    if (Object.keys(askingFaults(asking, taken)).length > 0 || asOf) return;
    const body = askingBody(asking, taken, !editing?.keepsLines);
    send.mutate(
      editing
        ? {
            path: `/quote-requests/${encodeURIComponent(editing.code)}`,
            method: "PATCH",
            body,
            ifMatch: editing.etag,
          }
        : { path: "/quote-requests", body: { ...body, team: asking.team } },
      {
        onSuccess: (request) => {
          forget();
          navigate({ to: pb.quote(request.code) });
        },
      },
    );
  };
  // Prices are for the vendors to say.
  const paste = (text: string, at: number) => {
    const rows = pastedLines(text).map((row) => ({ ...row, price: "" }));
    setAsking((before) => ({ ...before, lines: putRows(before.lines, at, rows) }));
  };
  const count = asking.lines.filter((line) => !isBlank(line)).length + taken.length;
  return (
    <Form className={form.layout} onSave={save}>
      <div className={form.main}>
        <div className={form.head}>
          <TextInput
            label="What about"
            required
            data-autofocus
            autoFocus={editing === undefined}
            value={asking.title}
            error={faults.title ?? problem?.fields.title}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <RecordPicker
            label="For team"
            target="teams"
            required
            disabled={editing !== undefined}
            value={asking.team}
            display={asking.teamLabel}
            error={faults.team ?? problem?.fields.team}
            onChange={(team, found) => set({ team, teamLabel: found?.display ?? team })}
          />
          <TextInput
            label="Answers until"
            type="date"
            required
            value={asking.due_on}
            error={faults.due_on ?? problem?.fields.due_on}
            onChange={(event) => set({ due_on: event.currentTarget.value })}
          />
          <RecordPicker
            label="Deliver to"
            target="locations"
            filter={{ kind: "in:site,warehouse" }}
            value={asking.deliver_to}
            display={asking.deliverLabel}
            error={problem?.fields.deliver_to}
            onChange={(deliver_to, found) => set({ deliver_to, deliverLabel: found?.display ?? deliver_to })}
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
        <VendorChoice vendors={asking.vendors} onChange={(vendors) => set({ vendors })} />
        {taken.length > 0 && <TakenLines lines={taken} faults={faults} onChange={setTaken} />}
        {!editing?.keepsLines && (
          <>
            <OrderGrid
              label="Lines to be quoted"
              prices={false}
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
            </div>
          </>
        )}
        {faults.lines && <p className={form.fault}>{faults.lines}</p>}
        <Textarea
          label="Notes for the vendors"
          autosize
          minRows={2}
          value={asking.notes}
          onChange={(event) => set({ notes: event.currentTarget.value })}
        />
        {problem && <ProblemCard error={problem} />}
      </div>
      <aside className={form.side} aria-label="Summary">
        <h2>This request</h2>
        <p className="muted" aria-live="polite">
          {plural(count, "line")} for {plural(asking.vendors.length, "vendor")}
        </p>
        <ActionButton
          label={editing ? "Save changes" : "Save draft"}
          primary
          loading={send.isPending}
          reason={asOf ? READ_ONLY_PAST : null}
          onClick={save}
        />
        <p className="faint small">
          <kbd>Ctrl Enter</kbd> saves. It is marked as sent on its own page; answers are entered there.
        </p>
      </aside>
    </Form>
  );
}
