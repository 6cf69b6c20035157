/** Sites, rooms, rows, racks, warehouses, zones and bins. */
import { pb } from "@/lib/paths";
import { LabelsButton } from "@/pages/labels/LabelsButton";
import { stockSiblings } from "@/pages/stock/siblings";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";

const kinds = ["site", "building", "room", "row", "warehouse", "zone", "bin"];
const binKinds = ["receiving", "storage", "quarantine", "repair", "staging", "scrap"];
const fields = [
  { name: "kind", options: kinds },
  { name: "parent", label: "Inside", optional: true },
  { name: "code" },
  { name: "name" },
  {
    name: "bin_kind",
    label: "Use of the bin",
    optional: true,
    options: binKinds,
    description: "For bins only",
  },
  { name: "team", optional: true },
  { name: "address", optional: true },
];

export function Locations() {
  return (
    <ListPage
      title="Locations"
      list="locations"
      siblings={stockSiblings}
      open={(row) => (row.kind === "rack" ? pb.rack(codeOf(row)) : pb.location(codeOf(row)))}
      actions={
        <CreateButton
          label="New location"
          path="/locations"
          fields={fields}
          open={(row) => pb.location(codeOf(row))}
        />
      }
      bulk={(rows) => <LabelsButton kind="bin" codes={rows.map(codeOf)} />}
      empty={
        <EmptyState title="No locations yet">
          Begin with a site, then its rooms and rows, and a warehouse with zones and bins.
        </EmptyState>
      }
    />
  );
}
