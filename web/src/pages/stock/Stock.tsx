/** Counted things by model and location. */
import { useState } from "react";
import type { Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { ActionButton } from "@/ui/ActionBar";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { RecordForm } from "@/ui/RecordForm";
import { stockSiblings } from "./siblings";

const moveFields = [
  { name: "model" },
  { name: "from" },
  { name: "to" },
  { name: "quantity" },
  { name: "lot", optional: true },
  { name: "reason", optional: true },
];
const adjustFields = [
  { name: "model" },
  { name: "location" },
  { name: "change", description: "How many more, or fewer with a minus" },
  { name: "reason" },
];

const codeIn = (value: unknown) =>
  typeof value === "object" && value !== null
    ? (value as { code?: string }).code
    : (value as string | undefined);

/** A row of the stock list as the start of a form. */
function fromRow(row: Row | null): Row {
  if (!row) return {};
  return {
    model: row.model_code ?? codeIn(row.model),
    from: row.location_code ?? codeIn(row.location),
    location: row.location_code ?? codeIn(row.location),
    lot: row.lot ?? undefined,
  };
}

export function Stock() {
  const [form, setForm] = useState<{ what: "move" | "adjust"; row: Row | null } | null>(null);
  const asOf = useAsOf();
  const reason = asOf ? READ_ONLY_PAST : null;
  return (
    <>
      <ListPage
        title="Stock"
        list="stock"
        siblings={stockSiblings}
        actions={
          <>
            <ActionButton
              label="Adjust"
              reason={reason}
              onClick={() => setForm({ what: "adjust", row: null })}
            />
            <ActionButton
              label="Move stock"
              primary
              reason={reason}
              onClick={() => setForm({ what: "move", row: null })}
            />
          </>
        }
        bulk={(rows, clear) =>
          rows.length === 1 ? (
            <>
              <ActionButton
                label="Move this"
                primary
                reason={reason}
                onClick={() => {
                  setForm({ what: "move", row: rows[0]! });
                  clear();
                }}
              />
              <ActionButton
                label="Adjust this"
                reason={reason}
                onClick={() => {
                  setForm({ what: "adjust", row: rows[0]! });
                  clear();
                }}
              />
            </>
          ) : (
            <span className="muted">Choose one row to move or adjust it</span>
          )
        }
        empty={
          <EmptyState title="No stock yet">
            Cables, optics, screws: what is counted rather than named one by one. Receiving an order line
            brings it here.
          </EmptyState>
        }
      />
      {form && (
        <RecordForm
          title={form.what === "move" ? "Move stock" : "Adjust stock"}
          path={form.what === "move" ? "/stock/move" : "/stock/adjust"}
          fields={form.what === "move" ? moveFields : adjustFields}
          initial={fromRow(form.row)}
          draft={`stock-${form.what}-${String(form.row?.id ?? "new")}`}
          onClose={() => setForm(null)}
        />
      )}
    </>
  );
}
