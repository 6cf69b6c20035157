/** One budget: what of it is spent, committed, reserved, shared out and left, beside the budgets of its tree; and what moved it. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { components } from "@/api/schema.gen";
import type { Action } from "@/api/types";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { EmptyState } from "@/ui/EmptyState";
import { Facts } from "@/ui/Facts";
import { codeOf } from "@/ui/list/ListPage";
import { ListView } from "@/ui/list/ListView";
import { Page, Section } from "@/ui/Page";
import { RecordForm } from "@/ui/RecordForm";
import { RefLink } from "@/ui/RefLink";
import { EventStory } from "@/ui/Story";
import { useRecordPage } from "@/ui/use-record-page";
import { Money } from "@/ui/values";
import { BUDGET_OVER } from "./Budgets";
import { BudgetTree } from "./BudgetTree";
import { overInWords, plainAmount, withAmount } from "./budget";

export function Budget() {
  const { code = "" } = useParams({ strict: false }) as { code?: string };
  const navigate = useNavigate();
  const [open, setOpen] = useState<"edit" | "share" | null>(null);
  const path = `/budgets/${encodeURIComponent(code)}`;
  const { record, etag, instead } = useRecordPage<components["schemas"]["Budget"]>(path, code);
  if (instead) return instead;
  const { over_request, over_order, over_invoice, board } = record;
  const close = () => setOpen(null);
  return (
    <Page
      title={record.code}
      heading={<Code value={record.code} size="lg" />}
      lead={
        <span>
          <Money amount={record.left} currency={record.currency} /> left of <Money amount={record.amount} />
        </span>
      }
      actions={
        <ActionBar
          actions={record.actions as Action[]}
          subject={record.code}
          own={{ edit: () => setOpen("edit"), share_out: () => setOpen("share") }}
        />
      }
      aside={<EventStory id={record.id} />}
    >
      <Section>
        <Facts
          items={[
            ["Team", <RefLink key="t" kind="team" value={record.team} />],
            ["Fiscal year", String(record.fiscal_year)],
            ["Kind", record.kind],
            ["Shared out of", record.parent && <RefLink key="p" kind="budget" value={record.parent} />],
            ["Over the budget", overInWords(record, board)],
            ["Board", board],
          ]}
        />
      </Section>
      <Section title="Shares">
        <BudgetTree budget={record} />
      </Section>
      <Section title="What moved it">
        <div style={{ height: 360, display: "flex", flexDirection: "column" }}>
          <ListView
            name="budget-entries"
            fixed={{ budget: record.code }}
            local
            empty={<EmptyState title="Nothing has moved it yet" />}
            onOpen={(row) => row.code && navigate({ to: pb.order(codeOf(row)) })}
          />
        </div>
      </Section>
      {open === "edit" && (
        <RecordForm
          title={`Edit ${record.code}`}
          path={path}
          method="PATCH"
          draft={`PATCH ${path} ${record.version}`}
          fields={[{ name: "amount" }, ...BUDGET_OVER]}
          initial={{ amount: plainAmount(record.amount), over_request, over_order, over_invoice, board }}
          prepare={withAmount}
          ifMatch={etag}
          onClose={close}
        />
      )}
      {open === "share" && (
        <RecordForm
          title={`Share out of ${record.code}`}
          path="/budgets"
          draft={`POST /budgets of ${record.code}`}
          fields={[{ name: "team", description: "A team below" }, { name: "amount" }, ...BUDGET_OVER]}
          initial={{ over_request, over_order, over_invoice, board }}
          prepare={(body) => ({
            ...withAmount(body),
            fiscal_year: record.fiscal_year,
            kind: record.kind,
            currency: record.currency,
            parent: record.code,
          })}
          onClose={close}
        />
      )}
    </Page>
  );
}
