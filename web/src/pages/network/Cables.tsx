/** Every cable with its two ends. */
import { useState } from "react";
import type { Row } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { pb } from "@/lib/paths";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { networkSiblings } from "./siblings";

export function Cables() {
  const [cutting, setCutting] = useState<Row | null>(null);
  const asOf = useAsOf();
  return (
    <>
      <ListPage
        title="Cables"
        list="cables"
        siblings={networkSiblings}
        open={(row) => (row.a_port_id ? pb.trace(String(row.a_port_id)) : null)}
        bulk={(rows) => (
          <ActionButton
            label="Disconnect"
            reason={asOf ? READ_ONLY_PAST : rows.length === 1 ? null : "Choose one cable"}
            onClick={() => setCutting(rows[0] ?? null)}
          />
        )}
        empty={
          <EmptyState title="No cables yet">Open an asset's ports and connect one to another.</EmptyState>
        }
      />
      {cutting && (
        <ActionDialog
          action={{
            name: "disconnect",
            label: "Disconnect",
            allowed: true,
            href: `/cables/${encodeURIComponent(codeOf(cutting))}/disconnect`,
            input: ["reason"],
          }}
          subject={codeOf(cutting)}
          onClose={() => setCutting(null)}
        />
      )}
    </>
  );
}
