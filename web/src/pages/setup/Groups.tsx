/** Who decides together: groups of approvers that steps of policies and boards of budgets name. */
import { useState } from "react";
import { ActionButton } from "@/ui/ActionBar";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { useLacks } from "@/ui/use-lacks";
import { GroupDialog } from "./GroupDialog";
import { setupSiblings } from "./siblings";

export function Groups() {
  const lacks = useLacks("administrator");
  // The code of the group that is open; empty for a new one.
  const [open, setOpen] = useState<string | null>(null);
  return (
    <>
      <ListPage
        title="Approver groups"
        list="approver-groups"
        siblings={setupSiblings}
        open={(row) => {
          setOpen(String(row.code));
          return null;
        }}
        actions={<ActionButton label="New group" primary reason={lacks} onClick={() => setOpen("")} />}
        empty={
          <EmptyState title="No groups yet">
            A group is who decides together: the buyers, the board. Steps of policies and budgets name it.
          </EmptyState>
        }
      />
      {open !== null && <GroupDialog key={open} code={open} onClose={() => setOpen(null)} />}
    </>
  );
}
