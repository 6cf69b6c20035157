/** One request for quotation: the answers side by side, what was asked, its story. */
import { Link, useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { nameOf } from "@/api/refs";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RefLink } from "@/ui/RefLink";
import { State } from "@/ui/State";
import { Story } from "@/ui/Story";
import { useRecordPage } from "@/ui/use-record-page";
import { Day, Instant } from "@/ui/values";
import { AnswerDialog } from "./AnswerDialog";
import { ChooseDialog } from "./ChooseDialog";
import { Comparison } from "./Comparison";
import type { QuoteRequestRecord } from "./types";

export function Quote() {
  const { code } = useParams({ strict: false }) as { code: string };
  const navigate = useNavigate();
  const path = `/quote-requests/${encodeURIComponent(code)}`;
  const { record: request, instead } = useRecordPage<QuoteRequestRecord>(path, code);
  const [open, setOpen] = useState<"answer" | "choose" | null>(null);
  if (instead) return instead;
  const orders = request.quotes.flatMap((quote) => (quote.order ? [quote.order] : []));
  return (
    <Page
      title={request.code}
      heading={
        <>
          <Code value={request.code} size="lg" /> <State state={request.status} />
        </>
      }
      lead={
        <>
          <span>{request.title}</span>
          <span>
            for <RefLink kind="team" value={request.team} />
          </span>
        </>
      }
      actions={
        <ActionBar
          actions={request.actions}
          subject={request.code}
          own={{
            edit: () => navigate({ to: pb.quoteEdit(code) }),
            answer: () => setOpen("answer"),
            choose: () => setOpen("choose"),
          }}
        />
      }
      aside={<Story path={`${path}/story`} />}
    >
      <Section title="Answers">
        <Comparison request={request} />
      </Section>
      <Section title="Facts">
        <Facts
          items={[
            ["Answers until", <Day key="due" at={request.due_on} />],
            ["Buyer", request.buyer],
            ["Deliver to", nameOf(request.deliver_to)],
            ["Budget", request.budget && <Code value={request.budget} />],
            ["Sent", request.sent_at && <Instant at={request.sent_at} />],
            [
              "Orders",
              orders.length > 0
                ? orders.map((order) => (
                    <Link key={order} to={pb.order(order)} className="mono">
                      {order}{" "}
                    </Link>
                  ))
                : null,
            ],
            ["Notes", request.notes],
          ]}
        />
      </Section>
      {open === "answer" && <AnswerDialog request={request} onClose={() => setOpen(null)} />}
      {open === "choose" && <ChooseDialog request={request} onClose={() => setOpen(null)} />}
    </Page>
  );
}
