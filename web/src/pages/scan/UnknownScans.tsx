/** Codes that nobody could explain, to be resolved at a desk. */
import { useState } from "react";
import type { Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";

export function UnknownScans() {
  const [row, setRow] = useState<Row | null>(null);
  const asOf = useAsOf();
  return (
    <>
      <ListPage
        title="Unknown scans"
        list="unknown-scans"
        bulk={(rows) => (
          <ActionButton
            label="Resolve"
            primary
            reason={asOf ? READ_ONLY_PAST : rows.length === 1 ? null : "Choose one"}
            onClick={() => setRow(rows[0] ?? null)}
          />
        )}
        empty={
          <EmptyState title="Every scan was understood">
            A code that nothing in the books answers to is kept here until somebody says what it is.
          </EmptyState>
        }
      />
      {row && (
        <ActionDialog
          action={{
            name: "resolve",
            label: "Resolve",
            allowed: true,
            href: `/unknown-scans/${String(row.id)}/resolve`,
            input: ["resolution"],
          }}
          subject="unknown scan"
          onClose={() => setRow(null)}
        />
      )}
    </>
  );
}
