/** The licence seats that an asset holds. */

import { useAsOf } from "@/app/as-of";
import { READ_ONLY_PAST } from "@/lib/as-of";
import { pb } from "@/lib/paths";
import { ActionButton } from "@/ui/ActionBar";
import { Code } from "@/ui/Code";
import { EmptyState } from "@/ui/EmptyState";
import table from "@/ui/table.module.css";
import type { AssetRecord } from "./types";

export function AssetLicences({ asset, onAssign }: { asset: AssetRecord; onAssign: () => void }) {
  const asOf = useAsOf();
  const action = asset.actions?.find((a) => a.name === "assign_licence");
  const button = (
    <ActionButton
      label="Assign a licence"
      reason={
        asOf ? READ_ONLY_PAST : action && !action.allowed ? (action.reason ?? "Not possible now") : null
      }
      onClick={onAssign}
    />
  );
  const licences = asset.licences ?? [];
  if (licences.length === 0)
    return (
      <EmptyState title="No licence is assigned" action={button}>
        Software that this device may run, each with one seat of an entitlement.
      </EmptyState>
    );
  return (
    <div style={{ display: "grid", gap: 12, justifyItems: "start" }}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">Entitlement</th>
            <th scope="col">Software</th>
          </tr>
        </thead>
        <tbody>
          {licences.map((licence) => (
            <tr key={licence.entitlement}>
              <th scope="row">
                <Code value={licence.entitlement} to={pb.entitlement(licence.entitlement)} />
              </th>
              <td>{licence.title}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {button}
    </div>
  );
}
