/** All racks. */
import { pb } from "@/lib/paths";
import { LabelsButton } from "@/pages/labels/LabelsButton";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";

const fields = [
  { name: "parent", label: "In room or row" },
  { name: "code" },
  { name: "name" },
  { name: "u_height" },
  { name: "max_weight_kg", label: "Bears at most (kg)", optional: true },
  { name: "max_power_w", label: "Feeds at most (W)", optional: true },
];

export function Racks() {
  return (
    <ListPage
      title="Racks"
      list="racks"
      open={(row) => pb.rack(codeOf(row))}
      actions={
        <CreateButton
          label="New rack"
          path="/racks"
          fields={fields}
          initial={{ u_height: 42 }}
          open={(row) => pb.rack(codeOf(row))}
        />
      }
      bulk={(rows) => <LabelsButton kind="rack" codes={rows.map(codeOf)} />}
      empty={
        <EmptyState title="No racks yet">
          A rack stands in a room or row, and knows its units, weight and power.
        </EmptyState>
      }
    />
  );
}
