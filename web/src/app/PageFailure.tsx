/** A page that could not be drawn: says so in place, the frame stays. */
import type { ErrorComponentProps } from "@tanstack/react-router";
import { Page } from "@/ui/Page";
import { ProblemCard } from "@/ui/ProblemCard";

export function PageFailure({ error, reset }: ErrorComponentProps) {
  return (
    <Page title="This page failed">
      <ProblemCard error={error} onRetry={reset} />
    </Page>
  );
}
