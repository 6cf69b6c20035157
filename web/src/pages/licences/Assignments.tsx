/** Every seat that is or was given. */
import { useState } from "react";
import type { Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { licenceSiblings } from "./siblings";

export function Assignments() {
  const [row, setRow] = useState<Row | null>(null);
  const asOf = useAsOf();
  return (
    <>
      <ListPage
        title="Assignments"
        list="assignments"
        siblings={licenceSiblings}
        bulk={(rows) => (
          <ActionButton
            label="Release seat"
            reason={asOf ? READ_ONLY_PAST : rows.length === 1 ? null : "Choose one seat"}
            onClick={() => setRow(rows[0] ?? null)}
          />
        )}
        empty={
          <EmptyState title="No seats are given">
            Open an entitlement and assign a seat to a device, a person or a team.
          </EmptyState>
        }
      />
      {row && (
        <ActionDialog
          action={{
            name: "release",
            label: "Release seat",
            allowed: true,
            href: `/assignments/${String(row.id)}/release`,
            input: ["reason"],
          }}
          subject={String(row.entitlement_code ?? "")}
          onClose={() => setRow(null)}
        />
      )}
    </>
  );
}
