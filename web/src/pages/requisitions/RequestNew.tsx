/** A new request. */
import { Page } from "@/ui/Page";
import { RequestForm } from "./RequestForm";

export function RequestNew() {
  return (
    <Page title="New request">
      <RequestForm draft="requisition" />
    </Page>
  );
}
