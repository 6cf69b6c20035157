/** All vendors by how they delivered in the last year, side by side. */
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { vendorViews } from "./siblings";

export function Scores() {
  return (
    <ListPage
      title="How vendors deliver"
      list="vendor-scores"
      lead="In the last year, worked out of orders, receipts, assets and what the dock reported; each vendor's page says what a figure counts."
      siblings={orderSiblings}
      views={vendorViews}
      open={(row) => `${pb.vendor(codeOf(row))}?tab=scorecard`}
      empty={
        <EmptyState title="No vendors yet" action={<Link to={pb.vendors()}>Enter the first one</Link>}>
          Once orders fall due or arrive, a vendor's figures stand here.
        </EmptyState>
      }
    />
  );
}
