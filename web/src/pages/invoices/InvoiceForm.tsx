/** Entering an invoice beside its order: begun with what was received and is not charged for yet, changed to what the paper says. */
import { TextInput } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useSend } from "@/api/hooks";
import { asProblem } from "@/api/problem";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { useDraft } from "@/lib/draft";
import { formatMoney, formatQuantity } from "@/lib/format";
import { pb } from "@/lib/paths";
import form from "@/pages/orders/OrderForm.module.css";
import type { OrderRecord } from "@/pages/orders/types";
import { ActionButton } from "@/ui/ActionBar";
import { Form } from "@/ui/Form";
import { ProblemCard } from "@/ui/ProblemCard";
import { SmallTable } from "@/ui/SmallTable";
import table from "@/ui/table.module.css";
import { bodyOf, type Entry, emptyEntry, faultsOf, quantityOf, type TypedLine } from "./entry";
import classes from "./Invoice.module.css";
import type { InvoiceRecord } from "./types";

export function InvoiceForm({ order }: { order: OrderRecord }) {
  const navigate = useNavigate();
  const asOf = useAsOf();
  const today = new Date().toISOString().slice(0, 10);
  const [entry, setEntry, forget] = useDraft<Entry>(`invoice ${order.code}`, emptyEntry(today));
  const [tried, setTried] = useState(false);
  const send = useSend<InvoiceRecord>();
  const faults = tried ? faultsOf(order.lines, entry) : {};
  const problem = send.error ? asProblem(send.error) : null;
  const set = (part: Partial<Entry>) => setEntry((before) => ({ ...before, ...part }));
  const setLine = (line: number, part: TypedLine) =>
    setEntry((before) => ({
      ...before,
      lines: { ...before.lines, [line]: { ...before.lines[line], ...part } },
    }));
  const save = () => {
    setTried(true);
    if (Object.keys(faultsOf(order.lines, entry)).length > 0 || asOf) return;
    send.mutate(
      { path: "/invoices", body: bodyOf(order.code, order.lines, entry) },
      {
        onSuccess: (invoice) => {
          forget();
          navigate({ to: pb.invoice(invoice.code) });
        },
      },
    );
  };
  const field = (name: keyof Omit<Entry, "lines">, label: string, more: object = {}) => (
    <TextInput
      label={label}
      value={entry[name]}
      error={faults[name] ?? problem?.fields[name]}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
      {...more}
    />
  );
  const number = { inputMode: "decimal" as const };
  return (
    <Form className={form.layout} onSave={save}>
      <div className={form.main}>
        <div className={form.head}>
          {field("number", "Vendor's number", { required: true, autoFocus: true })}
          {field("invoiced_on", "Of", { type: "date", required: true })}
          {field("due_on", "Due", { type: "date" })}
          {field("total", "Total on the paper", { ...number, placeholder: "To be compared" })}
        </div>
        <SmallTable
          label="What is charged for"
          heads={[
            "#",
            "Model",
            { text: "Ordered", number: true },
            { text: "Received", number: true },
            { text: "To invoice", number: true },
            "Quantity",
            "Unit price",
            "Tax %",
          ]}
        >
          <tbody>
            {order.lines.map((line) => {
              const typed = entry.lines[line.number];
              return (
                <tr key={line.id}>
                  <td className="faint tabular">{line.number}</td>
                  <th scope="row">{line.model.name}</th>
                  <td className={table.number}>
                    {formatQuantity(line.quantity - Number(line.cancelled ?? 0))}
                  </td>
                  <td className={table.number}>{formatQuantity(line.received)}</td>
                  <td className={table.number}>{formatQuantity(line.to_invoice ?? 0)}</td>
                  <td>
                    <TextInput
                      aria-label={`Quantity of line ${line.number}`}
                      {...number}
                      w={88}
                      value={quantityOf(line, typed)}
                      error={faults[`quantity ${line.number}`]}
                      onChange={(event) => setLine(line.number, { quantity: event.currentTarget.value })}
                    />
                  </td>
                  <td>
                    <TextInput
                      aria-label={`Unit price of line ${line.number}`}
                      {...number}
                      w={112}
                      placeholder={formatMoney(line.unit_price, order.currency)}
                      value={typed?.price ?? ""}
                      error={faults[`price ${line.number}`]}
                      onChange={(event) => setLine(line.number, { price: event.currentTarget.value })}
                    />
                  </td>
                  <td>
                    <TextInput
                      aria-label={`Tax of line ${line.number}`}
                      {...number}
                      w={72}
                      placeholder={line.tax_percent ?? "0"}
                      value={typed?.tax ?? ""}
                      error={faults[`tax ${line.number}`]}
                      onChange={(event) => setLine(line.number, { tax: event.currentTarget.value })}
                    />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </SmallTable>
        <div className={classes.charges}>
          {field("freight", "Freight", {
            ...number,
            placeholder: order.freight ? formatMoney(order.freight, order.currency) : "",
          })}
          {field("other", "Another charge", number)}
          {field("otherWhat", "What for")}
        </div>
        {faults.lines && <p className={form.fault}>{faults.lines}</p>}
        {problem && <ProblemCard error={problem} />}
      </div>
      <aside className={form.side} aria-label="Summary">
        <h2>This invoice</h2>
        <p className="muted">
          What is left empty is as the order has it. What matches is approved for payment at once; the rest is
          held with the reason.
        </p>
        <ActionButton
          label="Enter the invoice"
          primary
          loading={send.isPending}
          reason={asOf ? READ_ONLY_PAST : null}
          onClick={save}
        />
        <p className="faint small">
          <kbd>Ctrl Enter</kbd> enters it.
        </p>
      </aside>
    </Form>
  );
}
