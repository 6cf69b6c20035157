/** Whom we buy from. */
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { vendorFields } from "./fields";
import { confirmLikely } from "./likely";
import { vendorViews } from "./siblings";

export function Vendors() {
  const create = (
    <CreateButton
      label="New vendor"
      path="/vendors"
      fields={vendorFields}
      initial={{ currency: "EUR" }}
      confirm={confirmLikely}
      open={(row) => pb.vendor(codeOf(row))}
    />
  );
  return (
    <ListPage
      title="Vendors"
      list="vendors"
      siblings={orderSiblings}
      views={vendorViews}
      open={(row) => pb.vendor(codeOf(row))}
      actions={create}
      empty={
        <EmptyState title="No vendors yet">A vendor is whom orders go to: name, currency, terms.</EmptyState>
      }
    />
  );
}
