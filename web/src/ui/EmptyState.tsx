/** Says what belongs here and offers the first step. */
import classes from "./EmptyState.module.css";

export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children?: React.ReactNode;
  action?: React.ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <svg width="40" height="40" viewBox="0 0 40 40" aria-hidden="true" className={classes.mark}>
        <path
          d="M6 8h28v8H6zM6 18h28v8H6zM6 28h14v6H6z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
        />
        <path
          d="M24 28h10v6H24z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="2.5 2.5"
        />
      </svg>
      <strong>{title}</strong>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
