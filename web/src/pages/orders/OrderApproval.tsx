/** Who has to agree and who did: each asking with its steps and decisions, and what the budget says to it now. */
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";
import { State } from "@/ui/State";
import table from "@/ui/table.module.css";
import { Instant, Meter, Money } from "@/ui/values";
import type { Approval, ApprovalStep, OrderRecord } from "./types";

export function OrderApproval({ order }: { order: OrderRecord }) {
  const { approvals = [], budget_state: budget } = order;
  if (approvals.length === 0 && !budget) return null;
  return (
    <Section title="Approval">
      {budget && <BudgetNow budget={budget} />}
      {approvals.length > 0 && (
        <SmallTable
          label="Approvals"
          heads={["Asked", "For", { text: "Total", number: true }, "Step", "State", "Decided"]}
        >
          <tbody>{approvals.flatMap((approval) => rows(approval, order.currency))}</tbody>
        </SmallTable>
      )}
    </Section>
  );
}

function rows(approval: Approval, currency: string) {
  return approval.steps.map((step, index) => (
    <tr
      key={`${approval.asked_at} ${step.number}`}
      className={approval.status === "void" ? "faint" : undefined}
    >
      <td>{index === 0 && <Instant at={approval.asked_at} />}</td>
      <td>{index === 0 && (approval.amendment ? `Amendment ${approval.amendment}` : "The order")}</td>
      <td className={table.number}>{index === 0 && <Money amount={approval.total} currency={currency} />}</td>
      <th scope="row">
        {step.name}
        <div className="muted small">{who(step)}</div>
      </th>
      <td>
        <State state={approval.status === "void" ? "void" : step.status} />
      </td>
      <td>
        {step.decisions.map((decision) => (
          <div key={decision.at}>
            {decision.agreed ? "Yes" : "No"}, {decision.person}
            {decision.for && ` for ${decision.for}`}, <Instant at={decision.at} />
            {decision.reason && <span className="muted"> “{decision.reason}”</span>}
          </div>
        ))}
      </td>
    </tr>
  ));
}

function who(step: ApprovalStep): string {
  const of = step.group ?? "approvers of the team";
  if (step.mode === "all") return `all of ${of}`;
  return step.mode === "some" ? `${step.needed} of ${of}` : `one of ${of}`;
}

function BudgetNow({ budget }: { budget: NonNullable<OrderRecord["budget_state"]> }) {
  const after = Number(budget.left) - Number(budget.more ?? 0);
  const words = { stop: "which is refused", warn: "which is allowed", board: "which its board decides" };
  return (
    <div style={{ display: "grid", gap: 4, maxWidth: 420, marginBottom: 12 }}>
      <Meter
        value={Number(budget.amount) - after}
        max={Number(budget.amount)}
        label={`Budget ${budget.code} used with this order`}
      />
      <span className="small">
        <span className="mono">{budget.code}</span> has{" "}
        <Money amount={budget.left} currency={budget.currency} /> left
        {Number(budget.more ?? 0) > 0 && (
          <>
            ; this order takes <Money amount={budget.more} currency={budget.currency} /> more
            {after < 0 && `, ${words[budget.over_order]}`}
          </>
        )}
      </span>
    </div>
  );
}
