/** An address that leads nowhere. */
import { Link } from "@tanstack/react-router";
import { pb } from "@/lib/paths";
import { Page } from "@/ui/Page";

export function NotFound() {
  return (
    <Page title="There is nothing at this address">
      <p className="muted">
        The link may be mistyped. A code can be found with <kbd>/</kbd>, or start from{" "}
        <Link to={pb.home()}>Home</Link>.
      </p>
    </Page>
  );
}
