/** Orders and amendments that were put before somebody to be approved. */
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";
import { orderSiblings } from "./siblings";

export function Approvals() {
  return (
    <ListPage
      title="Approvals"
      list="approvals"
      siblings={orderSiblings}
      open={(row) => pb.order(codeOf(row))}
      empty={
        <EmptyState
          title="Nothing was put before anybody yet"
          action={<Link to={pb.orders()}>Purchase orders</Link>}
        >
          An order that is submitted comes up here until it is approved or sent back.
        </EmptyState>
      }
    />
  );
}
