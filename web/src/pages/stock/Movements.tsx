/** Every movement of stock: what, how many, from where, to where. */
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { stockSiblings } from "./siblings";

export function Movements() {
  return (
    <ListPage
      title="Movements"
      list="movements"
      siblings={stockSiblings}
      empty={
        <EmptyState title="Nothing moved yet">
          Each receipt, put-away, use and adjustment of stock is one movement.
        </EmptyState>
      }
    />
  );
}
