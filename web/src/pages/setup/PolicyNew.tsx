/** A new approval policy. */
import { Page } from "@/ui/Page";
import { PolicyForm } from "./PolicyForm";
import { emptyPolicy } from "./policy";

export function PolicyNew() {
  return (
    <Page title="New approval policy">
      <PolicyForm draft="PUT /approval-policies" initial={emptyPolicy()} />
    </Page>
  );
}
