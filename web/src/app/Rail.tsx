/** The narrow rail at the left: places by job. */
import { Link } from "@tanstack/react-router";
import { isCurrent, PLACES } from "./nav";
import classes from "./Rail.module.css";

export function Rail({ path }: { path: string }) {
  return (
    <nav className={classes.rail} aria-label="Main">
      <Link to="/" className={classes.mark} aria-label="Quartermaster, home">
        <svg width="24" height="24" viewBox="0 0 32 32" aria-hidden="true">
          <path d="M4 4h24v6H4zM4 13h24v6H4zM4 22h13v6H4z" fill="currentColor" />
          <path d="M20.9 22.9h6.2v4.2h-6.2z" fill="none" stroke="currentColor" strokeWidth="1.8" />
        </svg>
      </Link>
      <ul>
        {PLACES.map((place) => (
          <li key={place.to} className={place.label === "Settings" ? classes.last : undefined}>
            <Link
              to={place.to}
              className={classes.item}
              aria-current={isCurrent(place, path) ? "page" : undefined}
              title={`g ${place.key}`}
            >
              <place.icon size={20} stroke={1.5} aria-hidden="true" />
              <span>{place.label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
