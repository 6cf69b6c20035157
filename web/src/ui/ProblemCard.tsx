/** A refusal or failure: what, why, what to do; the request id small beneath. */
import { Button } from "@mantine/core";
import { asProblem } from "@/api/problem";
import classes from "./ProblemCard.module.css";

export function ProblemCard({
  error,
  onRetry,
  children,
}: {
  error: unknown;
  onRetry?: () => void;
  children?: React.ReactNode;
}) {
  const { body } = asProblem(error);
  const rest = (body.errors ?? []).filter((e) => e.message);
  return (
    <div role="alert" className={classes.card}>
      <strong>{body.title}</strong>
      {body.detail && <p>{body.detail}</p>}
      {rest.length > 0 && (
        <ul>
          {rest.map((e) => (
            <li key={`${e.field} ${e.message}`}>
              {e.field && <code>{e.field}</code>} {e.message}
            </li>
          ))}
        </ul>
      )}
      {children}
      {onRetry && (
        <div>
          <Button data-size="xs" onClick={onRetry}>
            Try again
          </Button>
        </div>
      )}
      {body.request_id && <p className={classes.id}>Request {body.request_id}</p>}
    </div>
  );
}
