/** How much of each sort of open work lies on my desk; each number opens the list that shows exactly that. */
import { Link } from "@tanstack/react-router";
import { formatQuantity } from "@/lib/format";
import { Section } from "@/ui/Page";
import classes from "./Home.module.css";

export interface DeskNumber {
  name: string;
  label: string;
  value: number;
  urgency: number;
  hint: string;
  page: string;
  filters: Record<string, string>;
}

export function Desk({ numbers }: { numbers: DeskNumber[] }) {
  const nothing = numbers.every((one) => one.value === 0);
  return (
    <Section title="On your desk">
      {nothing && (
        <p className="muted">
          All of it is done. What is put before you, falls due, is held or comes near its end is counted here.
        </p>
      )}
      <ul className={`${classes.figures} ${classes.desk}`}>
        {numbers.map((one) => (
          <li key={one.name}>
            <Link
              to={one.page}
              search={one.filters as never}
              className={classes.figure}
              data-urgency={one.value > 0 ? one.urgency : undefined}
              aria-label={`${one.label}: ${formatQuantity(one.value)}`}
            >
              <span className={classes.value} data-none={one.value === 0 || undefined}>
                {formatQuantity(one.value)}
              </span>
              <span className="muted">{one.label}</span>
              {one.value > 0 && <span className={classes.hint}>{one.hint}</span>}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
