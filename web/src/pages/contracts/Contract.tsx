/** One contract: its days and terms, what it covers, its prices, its papers, its story. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { capital, plural, words } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionBar } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { Documents } from "@/ui/documents/Documents";
import { Facts } from "@/ui/Facts";
import { Page, Section } from "@/ui/Page";
import { RecordForm } from "@/ui/RecordForm";
import { RefLink } from "@/ui/RefLink";
import { State } from "@/ui/State";
import { Story } from "@/ui/Story";
import { useRecordPage } from "@/ui/use-record-page";
import { Day, Money } from "@/ui/values";
import { ContractCovers } from "./ContractCovers";
import { ContractPrices } from "./ContractPrices";
import { draftFields, filled, renewFields, signedFields } from "./fields";
import type { ContractRecord } from "./types";

export function Contract() {
  const { code } = useParams({ strict: false }) as { code: string };
  const navigate = useNavigate();
  const path = `/contracts/${encodeURIComponent(code)}`;
  const { record: one, etag, instead } = useRecordPage<ContractRecord>(path, code);
  const [dialog, setDialog] = useState<"edit" | "renew" | null>(null);
  const close = () => setDialog(null);
  if (instead) return instead;
  return (
    <Page
      title={`${one.code} ${one.title}`}
      heading={
        <>
          <Code value={one.code} size="lg" /> {one.title} <State state={one.status} />
        </>
      }
      lead={
        <>
          <span>
            {one.kind === "nda" ? "NDA" : capital(words(one.kind))} with{" "}
            <RefLink kind="vendor" value={one.vendor} />
          </span>
          <span>
            for <RefLink kind="team" value={one.team} />
          </span>
        </>
      }
      actions={
        <ActionBar
          actions={one.actions}
          subject={one.code}
          omit={["cover", "set_price"]}
          own={{ edit: () => setDialog("edit"), renew: () => setDialog("renew") }}
        />
      }
      aside={<Story path={`${path}/story`} />}
    >
      <Section>
        <Facts
          items={[
            ["From", <Day key="f" at={one.starts_on} />],
            ["Term ends", one.term_ends_on ? <Day at={one.term_ends_on} /> : "without end"],
            [
              "Renewal",
              one.renewal === "automatic"
                ? `renews itself for ${plural(one.renewal_months ?? 0, "month")}`
                : "ends by itself",
            ],
            [
              "Notice",
              one.notice_days > 0 || one.notice_by ? (
                <span key="n">
                  {plural(one.notice_days, "day")} before
                  {one.notice_by && one.status === "active" ? (
                    <>
                      , by <Day at={one.notice_by} />
                    </>
                  ) : null}
                </span>
              ) : null,
            ],
            ["Value", one.value && <Money amount={one.value} currency={one.currency} />],
            ["Vendor's reference", one.vendor_reference && <Code value={one.vendor_reference} />],
            one.notice_given_on ? ["Notice given", <Day key="g" at={one.notice_given_on} />] : null,
            one.ended_on ? ["Ended", <Day key="e" at={one.ended_on} />] : null,
            one.follows
              ? ["Follows", <Code key="o" value={one.follows} to={pb.contract(one.follows)} />]
              : null,
            one.followed_by
              ? ["Followed by", <Code key="b" value={one.followed_by} to={pb.contract(one.followed_by)} />]
              : null,
            ["Reminder", `${plural(one.remind_days, "day")} before each of its days`],
            ["Notes", one.notes],
          ]}
        />
      </Section>
      <ContractCovers contract={one} />
      <ContractPrices contract={one} />
      <Documents kind="contract" code={one.code} usual="contract" />
      {dialog === "edit" && (
        <RecordForm
          title={`Edit ${one.code}`}
          path={path}
          method="PATCH"
          fields={one.status === "draft" ? draftFields : signedFields}
          initial={{ ...one }}
          ifMatch={etag}
          onClose={close}
        />
      )}
      {dialog === "renew" && (
        <RecordForm
          title={`Renew ${one.code}`}
          path={`${path}/renew`}
          fields={renewFields}
          prepare={filled}
          onClose={close}
          onDone={(row) => navigate({ to: pb.contract(String(row.code)) })}
        />
      )}
    </Page>
  );
}
