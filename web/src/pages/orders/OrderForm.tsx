/** Order entry: whom, for whom, where to; the grid; and beside it the running total and the budget. */
import { Button, Textarea, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { get } from "@/api/client";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import type { Page as ApiPage, Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { useDraft } from "@/lib/draft";
import { pb } from "@/lib/paths";
import { ActionButton } from "@/ui/ActionBar";
import { Form } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { RecordPicker } from "@/ui/RecordPicker";
import { findings } from "@/ui/record-search";
import {
  type Entry,
  type EntryLine,
  emptyEntry,
  emptyLine,
  entryBody,
  entryEdit,
  entryFaults,
  parsePasted,
  putRows,
} from "./entry";
import classes from "./OrderForm.module.css";
import { OrderGrid } from "./OrderGrid";
import { OrderSummary } from "./OrderSummary";
import type { OrderRecord } from "./types";

interface Props {
  draft: string;
  initial?: Entry;
  /** The order being edited, when it is not a new one. */
  editing?: { code: string; etag: string | null };
}

export function OrderForm({ draft, initial, editing }: Props) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const asOf = useAsOf();
  const [entry, setEntry, forget] = useDraft<Entry>(draft, initial ?? emptyEntry());
  const [tried, setTried] = useState(false);
  const [pasting, setPasting] = useState(false);
  const send = useSend<OrderRecord>();
  const faults = tried ? entryFaults(entry) : {};
  const problem = send.error ? asProblem(send.error) : null;
  const set = (part: Partial<Entry>) => setEntry((before) => ({ ...before, ...part }));

  const save = () => {
    setTried(true);
    if (Object.keys(entryFaults(entry)).length > 0 || asOf) return;
    send.mutate(
      editing
        ? {
            path: `/purchase-orders/${encodeURIComponent(editing.code)}`,
            method: "PATCH",
            body: entryEdit(entry),
            ifMatch: editing.etag,
          }
        : { path: "/purchase-orders", body: entryBody(entry) },
      {
        onSuccess: (order) => {
          forget();
          navigate({ to: pb.order(order.code) });
        },
      },
    );
  };

  const paste = async (text: string, at: number) => {
    setPasting(true);
    const rows = await Promise.all(
      parsePasted(text).map(async (row): Promise<EntryLine> => {
        const page = await client.fetchQuery({
          queryKey: ["paste", row.find],
          queryFn: () => get<ApiPage<Row>>("/models", { q: row.find, limit: 2 }),
        });
        const [only, second] = findings(page.items);
        const sure = only && !second;
        return {
          ...emptyLine(),
          model: sure ? only.code : "",
          modelLabel: sure ? only.label : row.find,
          quantity: row.quantity,
          price: row.price,
        };
      }),
    ).finally(() => setPasting(false));
    setEntry((before) => ({ ...before, lines: putRows(before.lines, at, rows) }));
    setTried(true);
  };

  return (
    <Form className={classes.layout} onSave={save}>
      <div className={classes.main}>
        <div className={classes.head}>
          <RecordPicker
            label="Vendor"
            target="vendors"
            disabled={editing !== undefined}
            required
            autoFocus
            value={entry.vendor}
            display={entry.vendorLabel}
            error={faults.vendor ?? problem?.fields.vendor}
            onChange={(vendor, found) =>
              set({
                vendor,
                vendorLabel: found?.display ?? vendor,
                ...(typeof found?.row.currency === "string" ? { currency: found.row.currency } : {}),
              })
            }
          />
          <RecordPicker
            label="For team"
            target="teams"
            disabled={editing !== undefined}
            required
            value={entry.team}
            display={entry.teamLabel}
            error={faults.team ?? problem?.fields.team}
            onChange={(team, found) => set({ team, teamLabel: found?.display ?? team })}
          />
          <RecordPicker
            label="Deliver to"
            target="locations"
            disabled={editing !== undefined}
            filter={{ kind: "in:site,warehouse" }}
            required
            value={entry.deliver_to}
            display={entry.deliverLabel}
            error={faults.deliver_to ?? problem?.fields.deliver_to}
            onChange={(deliver_to, found) => set({ deliver_to, deliverLabel: found?.display ?? deliver_to })}
          />
          <TextInput
            label="Currency"
            disabled={editing !== undefined}
            required
            value={entry.currency}
            error={faults.currency}
            maxLength={3}
            onChange={(e) => set({ currency: e.currentTarget.value.toUpperCase() })}
          />
          <TextInput
            label="Needed by"
            type="date"
            value={entry.needed_by}
            onChange={(e) => set({ needed_by: e.currentTarget.value })}
          />
          <RecordPicker
            label="Budget"
            target="budgets"
            placeholder="None"
            value={entry.budget ?? ""}
            display={entry.budgetLabel}
            error={problem?.fields.budget}
            onChange={(budget) => set({ budget, budgetLabel: budget })}
          />
          <TextInput
            label="Freight"
            inputMode="decimal"
            value={entry.freight ?? ""}
            error={problem?.fields.freight}
            onChange={(e) => set({ freight: e.currentTarget.value })}
          />
          {(problem?.fields.exchange_rate || entry.exchange_rate) && (
            <TextInput
              label="Exchange rate"
              description={`What one ${entry.currency} is worth in the company's currency`}
              inputMode="decimal"
              value={entry.exchange_rate ?? ""}
              error={problem?.fields.exchange_rate}
              onChange={(e) => set({ exchange_rate: e.currentTarget.value })}
            />
          )}
        </div>
        <OrderGrid
          lines={entry.lines}
          faults={faults}
          vendor={entry.vendor}
          currency={entry.currency}
          onChange={(lines) => set({ lines })}
          onPaste={paste}
          terms
        />
        <div className={classes.under}>
          <Button data-size="xs" onClick={() => set({ lines: [...entry.lines, emptyLine()] })}>
            Add line
          </Button>
          <span className="faint small">
            Enter goes to the next line · paste rows of part number, quantity, price from a spreadsheet · Ctrl
            Delete removes a line · Alt T sets its discount, tax, place and day
          </span>
        </div>
        {pasting && <p role="status">Finding what was pasted…</p>}
        {faults.lines && <p className={classes.fault}>{faults.lines}</p>}
        <Textarea
          label="Notes for the vendor and the approver"
          autosize
          minRows={2}
          value={entry.notes}
          onChange={(e) => set({ notes: e.currentTarget.value })}
        />
        {problem && <ProblemCard error={problem} />}
      </div>
      <aside className={classes.side} aria-label="Totals">
        <OrderSummary entry={entry} />
        <ActionButton
          label={editing ? "Save changes" : "Save draft"}
          primary
          loading={send.isPending}
          reason={asOf ? READ_ONLY_PAST : null}
          onClick={save}
        />
        <p className="faint small">
          <kbd>Ctrl Enter</kbd> saves.{" "}
          {editing ? "" : "The draft is submitted from its own page, where the approver will see it."}
        </p>
      </aside>
    </Form>
  );
}
