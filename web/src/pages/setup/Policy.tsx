/** One approval policy: read, changed, retired. */
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import type { components } from "@/api/schema.gen";
import { pb } from "@/lib/paths";
import { ActionButton } from "@/ui/ActionBar";
import { ActionDialog } from "@/ui/ActionDialog";
import { Page } from "@/ui/Page";
import { useLacks } from "@/ui/use-lacks";
import { useRecordPage } from "@/ui/use-record-page";
import { PolicyForm } from "./PolicyForm";
import { typedOf } from "./policy";

export function Policy() {
  const { code = "" } = useParams({ strict: false }) as { code?: string };
  const navigate = useNavigate();
  const lacks = useLacks("administrator");
  const [retiring, setRetiring] = useState(false);
  const href = `/approval-policies/${encodeURIComponent(code)}`;
  const { record, etag, instead } = useRecordPage<components["schemas"]["Policy"]>(href, code);
  if (instead) return instead;
  return (
    <Page
      title={record.name}
      lead={<span className="mono">{record.code}</span>}
      actions={<ActionButton label="Retire" reason={lacks} onClick={() => setRetiring(true)} />}
    >
      <PolicyForm
        key={record.version}
        draft={`PUT /approval-policies ${record.code} ${record.version}`}
        initial={typedOf(record)}
        editing={{ etag }}
      />
      {retiring && (
        <ActionDialog
          action={{ name: "retire", label: "Retire", allowed: true, href: `${href}/retire` }}
          subject={record.code}
          onClose={() => setRetiring(false)}
          onDone={() => navigate({ to: pb.policies() })}
        />
      )}
    </Page>
  );
}
