/** Who may do what, on which team and all below it. */
import { useState } from "react";
import { useRead } from "@/api/hooks";
import type { Page, Row } from "@/api/types";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { ListView } from "@/ui/list/ListView";
import { ROLES } from "./roles";

export function Grants() {
  const [row, setRow] = useState<Row | null>(null);
  const users = useRead<Page<Row>>("/users", { limit: 200, sort: "name" });
  const emails = (users.data?.items ?? []).map((user) => String(user.email));
  return (
    <>
      <div style={{ marginBottom: 8 }}>
        <CreateButton
          label="New grant"
          path="/grants"
          fields={[
            { name: "user", options: emails },
            { name: "role", options: ROLES },
            { name: "team", description: "And all teams below it" },
          ]}
        />
      </div>
      <ListView
        name="grants"
        bulk={(rows) => (
          <ActionButton
            label="Revoke"
            reason={rows.length === 1 ? null : "Choose one grant"}
            onClick={() => setRow(rows[0] ?? null)}
          />
        )}
        empty={<EmptyState title="Nothing is granted yet" />}
      />
      {row && (
        <ActionDialog
          action={{
            name: "revoke",
            label: "Revoke",
            allowed: true,
            href: `/grants/${String(row.id)}/revoke`,
            input: ["reason"],
          }}
          subject={`${String(row.role ?? "")} of ${String(row.user ?? row.email ?? "")}`}
          onClose={() => setRow(null)}
        />
      )}
    </>
  );
}
