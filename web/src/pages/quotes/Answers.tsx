/** Every answer of every vendor, line by line. */
import { pb } from "@/lib/paths";
import { orderSiblings } from "@/pages/orders/siblings";
import { EmptyState } from "@/ui/EmptyState";
import { codeOf, ListPage } from "@/ui/list/ListPage";

export function Answers() {
  return (
    <ListPage
      title="Answers of vendors"
      list="quote-answers"
      siblings={orderSiblings}
      open={(row) => pb.quote(codeOf(row))}
      empty={
        <EmptyState title="No answer yet">
          What vendors offer is entered on the request, or imported from a file.
        </EmptyState>
      }
    />
  );
}
