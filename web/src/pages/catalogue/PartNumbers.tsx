/** Which part numbers on cartons mean which model. */
import { assetSiblings } from "@/pages/assets/siblings";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";

const fields = [{ name: "part_number" }, { name: "model" }, { name: "vendor", optional: true }];

export function PartNumbers() {
  return (
    <ListPage
      title="Part numbers"
      list="part-numbers"
      siblings={assetSiblings}
      actions={
        <CreateButton label="Teach a part number" path="/part-numbers" fields={fields} primary={false} />
      }
      empty={
        <EmptyState title="No part numbers yet">
          What a vendor prints on a carton is matched to a model here.
        </EmptyState>
      }
    />
  );
}
