/** The positions of teams, filled or not. */
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { orgSiblings } from "./siblings";

export function Positions() {
  return (
    <ListPage
      title="Positions"
      list="positions"
      siblings={orgSiblings}
      empty={
        <EmptyState title="No positions yet">
          The organisation's document describes them; importing it brings them here.
        </EmptyState>
      }
    />
  );
}
