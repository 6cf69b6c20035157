/** API tokens for programs. */
import { useState } from "react";
import type { Row } from "@/api/types";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { ListView } from "@/ui/list/ListView";
import { Once } from "./Once";
import { ROLES } from "./roles";

const fields = [
  { name: "name", description: "What the program is called" },
  {
    name: "role",
    options: ROLES,
    optional: true,
    description: "Less than you may yourself; empty for all of it",
  },
  { name: "expires_in_days" },
];

export function Tokens() {
  const [row, setRow] = useState<Row | null>(null);
  return (
    <>
      <div style={{ marginBottom: 8 }}>
        <CreateButton
          label="New token"
          path="/api-tokens"
          fields={fields}
          initial={{ expires_in_days: 90 }}
          prepare={({ role, ...body }) => (role ? { ...body, roles: [role] } : body)}
          once={(answer) => <Once text={String(answer.token)}>Copy it now; it is not shown again.</Once>}
        />
      </div>
      <ListView
        name="api-tokens"
        bulk={(rows) => (
          <ActionButton
            label="Revoke"
            reason={rows.length === 1 ? null : "Choose one token"}
            onClick={() => setRow(rows[0] ?? null)}
          />
        )}
        empty={
          <EmptyState title="No tokens yet">A program signs in with a token that can be revoked.</EmptyState>
        }
      />
      {row && (
        <ActionDialog
          action={{
            name: "revoke",
            label: "Revoke",
            allowed: true,
            href: `/api-tokens/${String(row.id)}/revoke`,
            input: [],
          }}
          subject={String(row.name)}
          onClose={() => setRow(null)}
        />
      )}
    </>
  );
}
