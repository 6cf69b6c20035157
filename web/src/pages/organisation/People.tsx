/** Everybody in the organisation. */
import { CreateButton } from "@/ui/CreateButton";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { orgSiblings } from "./siblings";

const fields = [{ name: "name" }, { name: "email", optional: true }, { name: "team" }];

export function People() {
  return (
    <ListPage
      title="People"
      list="people"
      siblings={orgSiblings}
      actions={<CreateButton label="New person" path="/people" fields={fields} />}
      empty={<EmptyState title="Nobody yet">People belong to teams; things can be with a person.</EmptyState>}
    />
  );
}
