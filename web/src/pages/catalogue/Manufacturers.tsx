/** Who makes the models. */
import { useNavigate } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { assetSiblings } from "@/pages/assets/siblings";
import { EmptyState } from "@/ui/EmptyState";
import { ListView } from "@/ui/list/ListView";
import { Page } from "@/ui/Page";
import { Siblings } from "@/ui/Siblings";

export function Manufacturers() {
  const navigate = useNavigate();
  return (
    <Page title="Manufacturers" fill>
      <Siblings items={assetSiblings} />
      <ListView
        name="manufacturers"
        onOpen={(row) => navigate({ to: pb.models(), search: { manufacturer: String(row.name) } as never })}
        empty={<EmptyState title="No manufacturers yet">They come with their models.</EmptyState>}
      />
    </Page>
  );
}
