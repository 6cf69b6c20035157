/** The unit price of a line: what is suggested stands in it as a placeholder, and `=` takes it. */
import type { EntryLine } from "./entry";
import classes from "./OrderGrid.module.css";
import { suggested, usePrices } from "./prices";

interface Props {
  label: string;
  line: EntryLine;
  vendor: string;
  currency: string;
  fault?: string;
  onPrice: (price: string) => void;
  onKeyDown: (event: React.KeyboardEvent) => void;
}

export function PriceCell({ label, line, vendor, currency, fault, onPrice, onKeyDown }: Props) {
  const suggestion = suggested(usePrices(line, vendor, currency), currency);
  return (
    <input
      aria-label={label}
      aria-invalid={fault ? true : undefined}
      aria-description={suggestion ? `${suggestion} is suggested; the equals sign takes it` : undefined}
      inputMode="decimal"
      className={classes.numberInput}
      placeholder={suggestion ?? undefined}
      value={line.price}
      onFocus={(e) => e.currentTarget.select()}
      onChange={(e) => onPrice(e.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "=" && suggestion) {
          event.preventDefault();
          onPrice(suggestion);
        } else onKeyDown(event);
      }}
    />
  );
}
