/** What is known of a vendor: its terms, whom one speaks to, where it is, how long things take. */
import { plural } from "@/lib/format";
import { pb } from "@/lib/paths";
import { ActionForm, actionOf } from "@/ui/ActionForm";
import { Code } from "@/ui/Code";
import { Facts } from "@/ui/Facts";
import { Section } from "@/ui/Page";
import { SmallTable } from "@/ui/SmallTable";
import { leadTimeFields } from "./fields";
import type { VendorRecord } from "./types";
import { VendorAddresses } from "./VendorAddresses";
import { VendorContacts } from "./VendorContacts";

export function VendorFacts({ vendor }: { vendor: VendorRecord }) {
  return (
    <>
      <Section>
        <Facts
          items={[
            ["Currency", vendor.currency],
            ["Payment terms", vendor.payment_terms],
            ["Orders go to", vendor.email],
            ["Phone", vendor.phone],
            ["Tax id", vendor.tax_id && <Code value={vendor.tax_id} />],
            ["Usual lead time", vendor.lead_time_days != null ? plural(vendor.lead_time_days, "day") : null],
          ]}
        />
      </Section>
      <VendorContacts vendor={vendor} />
      <VendorAddresses vendor={vendor} />
      <Section
        title="Lead times by model"
        actions={
          <ActionForm
            action={actionOf(vendor, "set_lead_time")}
            title={`Lead time from ${vendor.name}`}
            fields={leadTimeFields}
          />
        }
      >
        {vendor.lead_times.length === 0 ? (
          <p className="muted">Models that take longer or shorter than usual stand here.</p>
        ) : (
          <SmallTable label="Lead times" heads={["Model", { text: "Lead time", number: true }]}>
            <tbody>
              {vendor.lead_times.map((one) => (
                <tr key={one.model}>
                  <th scope="row">
                    {one.name} <Code value={one.model} to={pb.model(one.model)} bare />
                  </th>
                  <td style={{ textAlign: "right" }}>{plural(one.days, "day")}</td>
                </tr>
              ))}
            </tbody>
          </SmallTable>
        )}
      </Section>
    </>
  );
}
