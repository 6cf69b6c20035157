/** What is known of the price of the line that one is at. */
import type { EntryLine } from "./entry";
import classes from "./OrderGrid.module.css";
import { known, suggested, usePrices } from "./prices";

interface Props {
  line: EntryLine | undefined;
  row: number;
  vendor: string;
  currency: string;
}

export function PriceHint({ line, row, vendor, currency }: Props) {
  const prices = usePrices(line, vendor, currency);
  const said = line?.model ? known(prices) : [];
  const suggestion = line?.price === "" ? suggested(prices, currency) : null;
  return (
    <p className={classes.hint} role="status">
      {said.length > 0 && (
        <>
          Line {row + 1}: {said.join("; ")}.{" "}
          {suggestion && (
            <>
              <kbd>=</kbd> in the price takes {suggestion}.
            </>
          )}
        </>
      )}
    </p>
  );
}
