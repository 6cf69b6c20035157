/** A new purchase order. */
import { Page } from "@/ui/Page";
import { OrderForm } from "./OrderForm";

export function OrderNew() {
  return (
    <Page title="New purchase order">
      <OrderForm draft="purchase-order" />
    </Page>
  );
}
