/** Every port of every asset. */
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { networkSiblings } from "./siblings";

export function Ports() {
  return (
    <ListPage
      title="Ports"
      list="ports"
      siblings={networkSiblings}
      open={(row) => pb.trace(String(row.id))}
      empty={<EmptyState title="No ports yet">An asset gets its ports from its model.</EmptyState>}
    />
  );
}
