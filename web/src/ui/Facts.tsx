/** Facts of a record in two columns of label and value. */
import classes from "./Facts.module.css";
import { Dash } from "./values";

export type Fact = [label: string, value: React.ReactNode] | null | false;

export function Facts({ items, columns = 2 }: { items: Fact[]; columns?: 1 | 2 }) {
  return (
    <dl className={classes.facts} data-columns={columns}>
      {items.map(
        (fact) =>
          fact && (
            <div key={fact[0]} className={classes.fact}>
              <dt>{fact[0]}</dt>
              <dd>{fact[1] === null || fact[1] === undefined || fact[1] === "" ? <Dash /> : fact[1]}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
