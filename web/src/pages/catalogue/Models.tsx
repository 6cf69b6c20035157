/** The catalogue: every model that can be bought, stored or placed. */
import { pb } from "@/lib/paths";
import { assetSiblings } from "@/pages/assets/siblings";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";

const fields = [
  { name: "manufacturer" },
  { name: "name" },
  { name: "kind", options: ["device", "module", "cable", "consumable", "software", "part"] },
  {
    name: "tracking",
    options: ["serialised", "counted", "none"],
    description: "Serialised: one asset each. Counted: a quantity in stock.",
  },
  { name: "part_number", optional: true },
  { name: "u_height", optional: true },
  { name: "unit", label: "Counted in", options: ["pcs", "m", "seat"], optional: true },
  { name: "description", optional: true },
];

export function Models() {
  return (
    <ListPage
      title="Models"
      list="models"
      siblings={assetSiblings}
      open={(row) => pb.model(codeOf(row))}
      actions={
        <CreateButton
          label="New model"
          path="/models"
          fields={fields}
          initial={{ kind: "device", tracking: "serialised" }}
          open={(row) => pb.model(codeOf(row))}
          primary={false}
        />
      }
      empty={
        <EmptyState title="The catalogue is empty">
          Import the device-type library from the command line, or write the first model.
        </EmptyState>
      }
    />
  );
}
