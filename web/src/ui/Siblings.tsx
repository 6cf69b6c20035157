/** Links to the neighbouring lists of one place: Orders, Receipts, Vendors. */
import { Link, useRouterState } from "@tanstack/react-router";
import classes from "./Siblings.module.css";

export interface Sibling {
  label: string;
  to: string;
}

export function Siblings({ items, label = "Neighbouring pages" }: { items: Sibling[]; label?: string }) {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return (
    <nav className={classes.row} aria-label={label}>
      {items.map((item) => (
        <Link
          key={item.to}
          to={item.to}
          className={classes.item}
          activeOptions={{ exact: true }}
          aria-current={path === item.to ? "page" : undefined}
        >
          {item.label}
        </Link>
      ))}
    </nav>
  );
}
