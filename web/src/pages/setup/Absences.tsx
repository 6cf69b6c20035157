/** Who decides for an approver who is away, from when to when; ended early by whoever is back. */
import { useState } from "react";
import { useMe } from "@/api/hooks";
import type { Row } from "@/api/types";
import { formatDate } from "@/lib/format";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { RecordForm } from "@/ui/RecordForm";
import { useLacks } from "@/ui/use-lacks";
import { setupSiblings } from "./siblings";

const today = () => new Date().toLocaleDateString("sv");

export function Absences() {
  const lacks = useLacks("approver");
  const { data: me } = useMe();
  const [making, setMaking] = useState(false);
  const [ending, setEnding] = useState<Row | null>(null);
  const administers = me?.roles.includes("administrator") ?? false;
  const hindrance = (rows: Row[]) => {
    const [row] = rows;
    if (lacks) return lacks;
    if (!row || rows.length > 1) return "Choose one absence";
    if (String(row.ends_on) < today()) return "It is over already";
    return administers || row.person === me?.name ? null : "Who is away ends it, or an administrator";
  };
  return (
    <>
      <ListPage
        title="Absences"
        list="approval-delegates"
        siblings={setupSiblings}
        actions={<ActionButton label="New absence" primary reason={lacks} onClick={() => setMaking(true)} />}
        bulk={(rows) => (
          <ActionButton label="End now" reason={hindrance(rows)} onClick={() => setEnding(rows[0] ?? null)} />
        )}
        empty={
          <EmptyState title="Nobody is away">
            An approver who is away names another who decides for them meanwhile. Nobody decides twice.
          </EmptyState>
        }
      />
      {making && (
        <RecordForm
          title="New absence"
          path="/approval-delegates"
          fields={[
            ...(administers
              ? [
                  {
                    name: "person",
                    label: "Who is away",
                    optional: true,
                    description: "Empty for yourself",
                  },
                ]
              : []),
            { name: "delegate", label: "Who decides", description: "An approver" },
            { name: "starts_on", label: "From" },
            { name: "ends_on", label: "Until", description: "That day included" },
          ]}
          initial={{ starts_on: today() }}
          onClose={() => setMaking(false)}
        />
      )}
      {ending && (
        <ActionDialog
          action={{
            name: "end",
            label: "End now",
            allowed: true,
            href: `/approval-delegates/${String(ending.id)}/end`,
          }}
          subject={`the absence of ${String(ending.person)} until ${formatDate(String(ending.ends_on))}`}
          onClose={() => setEnding(null)}
        />
      )}
    </>
  );
}
