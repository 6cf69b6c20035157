/** The documents of a record: those there are, to be opened and retired, and a place to drop new ones. */
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import { apiUrl } from "@/api/client";
import { useRead } from "@/api/hooks";
import type { components } from "@/api/schema.gen";
import type { Action } from "@/api/types";
import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { capital, words } from "@/lib/format";
import { ActionButton } from "../ActionBar";
import { ActionDialog } from "../ActionDialog";
import { Section } from "../Page";
import { ProblemCard } from "../ProblemCard";
import { SmallTable } from "../SmallTable";
import { Instant } from "../values";
import { DocumentDrop } from "./DocumentDrop";
import classes from "./Documents.module.css";
import { fileSize } from "./file-size";

type Of = components["schemas"]["Documents"];
type One = components["schemas"]["Document"];

interface Props {
  /** The kind of record, as the server calls it: `purchase_order`. */
  kind: string;
  /** Its code or id. */
  code: string;
  /** What is usually added here. */
  usual?: string;
}

export function Documents({ kind, code, usual = "other" }: Props) {
  const path = `/documents/of/${kind}/${encodeURIComponent(code)}`;
  const { data, error, refetch } = useRead<Of>(path, {}, { keep: true });
  const [retiring, setRetiring] = useState<One | null>(null);
  const [all, setAll] = useState(false);
  const asOf = useAsOf();
  const retired = data?.items.filter((one) => one.retired_at).length ?? 0;
  const shown = data?.items.filter((one) => all || !one.retired_at) ?? [];
  const add = data?.actions.find((action) => action.name === "add");
  const reason = asOf ? READ_ONLY_PAST : add?.allowed ? null : (add?.reason ?? null);
  return (
    <Section
      title="Documents"
      actions={
        retired > 0 && (
          <Checkbox
            size="xs"
            label={`Show ${retired} retired`}
            checked={all}
            onChange={(event) => setAll(event.currentTarget.checked)}
          />
        )
      }
    >
      {error ? <ProblemCard error={error} onRetry={() => refetch()} /> : null}
      {shown.length > 0 && (
        <SmallTable
          label="Documents"
          heads={["Name", "What", { text: "Size", number: true }, "Added", { text: "Retire", hidden: true }]}
        >
          <tbody>
            {shown.map((one) => (
              <tr key={one.id} data-retired={one.retired_at ? true : undefined} className={classes.row}>
                <th scope="row">
                  <a href={apiUrl(one.href)} target="_blank" rel="noreferrer">
                    {one.name}
                    <span className="sr"> (opens in a new tab)</span>
                  </a>
                </th>
                <td>{capital(words(one.kind))}</td>
                <td className={classes.number}>{fileSize(one.size)}</td>
                <td>
                  <Instant at={one.added_at} ago /> <span className="faint">{one.added_by}</span>
                </td>
                <td className={classes.last}>
                  {one.retired_at ? (
                    <span className="faint">retired</span>
                  ) : (
                    <ActionButton
                      label="Retire"
                      of={one.name}
                      reason={asOf ? READ_ONLY_PAST : retire(one).allowed ? null : retire(one).reason}
                      onClick={() => setRetiring(one)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </SmallTable>
      )}
      {data && (
        <DocumentDrop
          kind={kind}
          id={data.subject_id}
          kinds={data.kinds}
          usual={usual}
          limit={data.limit}
          reason={reason}
        />
      )}
      {retiring && (
        <ActionDialog action={retire(retiring)} subject={retiring.name} onClose={() => setRetiring(null)} />
      )}
    </Section>
  );
}

const retire = (one: One): Action => one.actions[0] as Action;
