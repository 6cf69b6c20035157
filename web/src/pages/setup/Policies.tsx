/** Who has to agree to an order, as rules that are asked in turn. */
import { useNavigate } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { ActionButton } from "@/ui/ActionBar";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { useLacks } from "@/ui/use-lacks";
import { setupSiblings } from "./siblings";

export function Policies() {
  const navigate = useNavigate();
  const lacks = useLacks("administrator");
  return (
    <ListPage
      title="Approval policies"
      list="approval-policies"
      siblings={setupSiblings}
      open={(row) => pb.policy(codeOf(row))}
      actions={
        <ActionButton
          label="New policy"
          primary
          reason={lacks}
          onClick={() => navigate({ to: pb.policyNew() })}
        />
      }
      empty={
        <EmptyState title="No policies yet">
          Until there is one, an approver of the order's team agrees alone. A policy says which orders need
          more than that.
        </EmptyState>
      }
    />
  );
}
