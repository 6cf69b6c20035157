/** Whom one speaks to at vendors, and where they are. */
import { Link } from "@tanstack/react-router";
import type { Row } from "@/api/types";
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { vendorViews } from "./siblings";

const open = (row: Row) => pb.vendor(String(row.vendor_code));

export function Contacts() {
  return (
    <ListPage
      title="Contacts at vendors"
      list="vendor-contacts"
      siblings={orderSiblings}
      views={vendorViews}
      open={open}
      empty={
        <EmptyState title="No contacts yet" action={<Link to={pb.vendors()}>Open a vendor</Link>}>
          Contacts are added on the page of their vendor.
        </EmptyState>
      }
    />
  );
}

export function Addresses() {
  return (
    <ListPage
      title="Addresses of vendors"
      list="vendor-addresses"
      siblings={orderSiblings}
      views={vendorViews}
      open={open}
      empty={
        <EmptyState title="No addresses yet" action={<Link to={pb.vendors()}>Open a vendor</Link>}>
          Addresses are added on the page of their vendor.
        </EmptyState>
      }
    />
  );
}
