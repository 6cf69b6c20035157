/** Budgets of teams by fiscal year. */
import { pb } from "@/lib/paths";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import type { FormField } from "@/ui/RecordForm";
import { withAmount } from "./budget";
import { orderSiblings } from "./siblings";

const OVER = ["stop", "warn", "board"];

/** What happens over a budget, as fields of its forms. */
export const BUDGET_OVER: FormField[] = [
  { name: "over_request", label: "Requests over it", options: OVER, optional: true },
  { name: "over_order", label: "Orders over it", options: OVER, optional: true },
  { name: "over_invoice", label: "Invoices over it", options: OVER, optional: true },
  {
    name: "board",
    label: "Board",
    optional: true,
    description: "The group that decides where one of these says board",
  },
];

const fields: FormField[] = [
  { name: "team" },
  { name: "fiscal_year", label: "Fiscal year" },
  { name: "kind", options: ["capex", "opex"] },
  { name: "amount" },
  { name: "currency" },
  ...BUDGET_OVER,
];

export function Budgets() {
  return (
    <ListPage
      title="Budgets"
      list="budgets"
      siblings={orderSiblings}
      open={(row) => pb.budget(codeOf(row))}
      actions={
        <CreateButton
          label="New budget"
          path="/budgets"
          fields={fields}
          initial={{
            fiscal_year: String(new Date().getFullYear()),
            currency: "EUR",
            kind: "capex",
            over_request: "warn",
            over_order: "stop",
            over_invoice: "warn",
          }}
          prepare={(body) => ({ ...withAmount(body), fiscal_year: Number(body.fiscal_year) })}
          open={(row) => pb.budget(codeOf(row))}
        />
      }
      empty={
        <EmptyState title="No budgets yet">A budget says what a team may spend in a fiscal year.</EmptyState>
      }
    />
  );
}
