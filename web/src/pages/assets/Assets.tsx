/** All assets. */
import { pb } from "@/lib/paths";
import { LabelsButton } from "@/pages/labels/LabelsButton";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { assetSiblings } from "./siblings";

const fields = [
  { name: "model" },
  { name: "serial", optional: true, description: "As printed on the thing; leave empty when it has none" },
  { name: "team" },
  { name: "location" },
  { name: "reason", description: "Why it comes into the books without an order" },
];

export function Assets() {
  return (
    <ListPage
      title="Assets"
      list="assets"
      siblings={assetSiblings}
      open={(row) => pb.asset(codeOf(row))}
      actions={
        <CreateButton
          label="Record an asset"
          path="/assets"
          fields={fields}
          open={(row) => pb.asset(codeOf(row))}
          primary={false}
        />
      }
      bulk={(rows) => <LabelsButton kind="asset" codes={rows.map(codeOf)} />}
      empty={
        <EmptyState title="No assets yet">
          Receive an order with serials, or record one that is already here.
        </EmptyState>
      }
    />
  );
}
