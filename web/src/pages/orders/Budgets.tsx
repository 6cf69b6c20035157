/** Budgets of teams by fiscal year. */
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { orderSiblings } from "./siblings";

const fields = [
  { name: "team" },
  { name: "fiscal_year", label: "Fiscal year" },
  { name: "kind", options: ["capex", "opex"] },
  { name: "amount" },
  { name: "currency" },
];

export function Budgets() {
  return (
    <ListPage
      title="Budgets"
      list="budgets"
      siblings={orderSiblings}
      actions={
        <CreateButton
          label="New budget"
          path="/budgets"
          fields={fields}
          initial={{ currency: "EUR", kind: "capex" }}
        />
      }
      empty={
        <EmptyState title="No budgets yet">A budget says what a team may spend in a fiscal year.</EmptyState>
      }
    />
  );
}
