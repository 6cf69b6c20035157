/** What licence purchases allow, and how much of each is given away. */
import { pb } from "@/lib/paths";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { licenceSiblings } from "./siblings";

const fields = [
  { name: "model", label: "Software" },
  { name: "vendor", optional: true },
  {
    name: "order_line",
    label: "Bought on order line",
    optional: true,
    description: "Vendor and cost come from there",
  },
  {
    name: "metric",
    label: "Counted by",
    options: ["device", "user", "core", "socket", "concurrent", "site", "subscription"],
  },
  { name: "seats" },
  { name: "starts_on", label: "Valid from" },
  { name: "ends_on", label: "Valid until", optional: true },
  { name: "cost", optional: true },
  { name: "currency", optional: true },
  { name: "team" },
];

export function Licences() {
  const today = new Date().toISOString().slice(0, 10);
  return (
    <ListPage
      title="Entitlements"
      list="entitlements"
      siblings={licenceSiblings}
      open={(row) => pb.entitlement(codeOf(row))}
      actions={
        <CreateButton
          label="Record an entitlement"
          path="/entitlements"
          fields={fields}
          initial={{ metric: "device", starts_on: today }}
          open={(row) => pb.entitlement(codeOf(row))}
        />
      }
      empty={
        <EmptyState title="No entitlements yet">
          An entitlement is what a licence purchase allows: which software, how many seats, until when.
        </EmptyState>
      }
    />
  );
}
