/** The grid of an order's lines: type to find a model, Tab through quantity and price, Enter for the next line. */
import { IconAdjustmentsHorizontal, IconTrash } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { formatMoney } from "@/lib/format";
import { RecordPicker } from "@/ui/RecordPicker";
import { type EntryLine, emptyLine, lineTotal } from "./entry";
import { LineTerms } from "./LineTerms";
import classes from "./OrderGrid.module.css";
import { PriceCell } from "./PriceCell";
import { PriceHint } from "./PriceHint";
import { saidTerms } from "./terms";

interface Props {
  lines: EntryLine[];
  faults: Record<string, string>;
  /** Whose prices are suggested; none while it is not known. */
  vendor?: string;
  currency: string;
  onChange: (lines: EntryLine[]) => void;
  onPaste: (text: string, at: number) => void;
  /** What the lines are of, for who hears the page. */
  label?: string;
  price?: string;
  /** Without prices: who is asked says them. */
  prices?: boolean;
  /** A line may say in words what the catalogue does not have. */
  words?: boolean;
  /** Lines have terms of their own: discount, tax, tolerance, place, day. */
  terms?: boolean;
}

export function OrderGrid({
  lines,
  faults,
  vendor = "",
  currency,
  onChange,
  onPaste,
  label = "Lines of the order",
  price: priceLabel = "Unit price",
  words = false,
  prices = true,
  terms = false,
}: Props) {
  const grid = useRef<HTMLTableElement>(null);
  const [at, setAt] = useState(0);
  const [termsRow, setTermsOf] = useState<number | null>(null);
  const termsLine = termsRow === null ? undefined : lines[termsRow];
  const wantFocus = useRef<{ row: number; cell: string } | null>(null);
  const focus = (row: number, cell: string) =>
    grid.current
      ?.querySelector<HTMLInputElement>(`tr[data-row="${row}"] [data-cell="${cell}"] input`)
      ?.focus();

  // biome-ignore lint/correctness/useExhaustiveDependencies: after the lines changed, the awaited cell exists
  useEffect(() => {
    const wanted = wantFocus.current;
    if (wanted) {
      wantFocus.current = null;
      focus(wanted.row, wanted.cell);
    }
  }, [lines.length]);

  const set = (row: number, part: Partial<EntryLine>) =>
    onChange(lines.map((line, i) => (i === row ? { ...line, ...part } : line)));
  const next = (row: number) => {
    if (row === lines.length - 1) {
      wantFocus.current = { row: row + 1, cell: "model" };
      onChange([...lines, emptyLine()]);
    } else focus(row + 1, "model");
  };
  const remove = (row: number) => {
    const rest = lines.filter((_, i) => i !== row);
    wantFocus.current = { row: Math.max(0, row - 1), cell: "model" };
    onChange(rest.length > 0 ? rest : [emptyLine()]);
  };
  const keys = (row: number, cell: string) => (event: React.KeyboardEvent) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) next(row);
    else if (event.key === "ArrowUp" && row > 0) focus(row - 1, cell);
    else if (event.key === "ArrowDown" && row < lines.length - 1) focus(row + 1, cell);
    else if (event.key === "Delete" && event.ctrlKey) remove(row);
    else return;
    event.preventDefault();
  };

  return (
    <div className={classes.scroll}>
      <table
        ref={grid}
        className={classes.grid}
        aria-label={label}
        onPaste={(event) => {
          const text = event.clipboardData.getData("text/plain");
          if (!/[\t\n;]/.test(text.trim())) return;
          event.preventDefault();
          const row = (event.target as HTMLElement).closest<HTMLElement>("tr[data-row]")?.dataset.row;
          onPaste(text, Number(row ?? 0));
        }}
      >
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">Model</th>
            <th scope="col" className={classes.number}>
              Quantity
            </th>
            {prices && (
              <>
                <th scope="col" className={classes.number}>
                  {priceLabel}
                </th>
                <th scope="col" className={classes.number}>
                  Line total
                </th>
              </>
            )}
            <th scope="col">Note</th>
            <th scope="col">
              <span className="sr">Remove</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map((line, row) => {
            const total = lineTotal(line);
            const fault = (cell: string) => faults[`${line.key} ${cell}`];
            return (
              <tr
                key={line.key}
                data-row={row}
                onFocus={() => setAt(row)}
                onKeyDown={(event) => {
                  if (!terms || !event.altKey || event.code !== "KeyT") return;
                  event.preventDefault();
                  setTermsOf(row);
                }}
              >
                <td className={classes.index}>{row + 1}</td>
                <td data-cell="model" data-fault={fault("model") ? true : undefined} title={fault("model")}>
                  <RecordPicker
                    unstyled
                    target="models"
                    aria-label={`Model of line ${row + 1}`}
                    placeholder={words ? "Type a model, or say what it is" : "Type a model or part number"}
                    value={line.model}
                    display={line.modelLabel}
                    onChange={(code, found) =>
                      set(row, {
                        model: found || code === "" || code === line.model ? code : "",
                        modelLabel: found?.label ?? code,
                      })
                    }
                    onKeyDown={(event, store) => {
                      if (event.ctrlKey && event.key === "Delete") {
                        event.preventDefault();
                        remove(row);
                      } else if (
                        event.key === "Enter" &&
                        !event.ctrlKey &&
                        !store.dropdownOpened &&
                        (line.model || words)
                      ) {
                        event.preventDefault();
                        focus(row, "quantity");
                      }
                    }}
                  />
                </td>
                <td
                  data-cell="quantity"
                  data-label="Quantity"
                  data-fault={fault("quantity") ? true : undefined}
                  title={fault("quantity")}
                >
                  <input
                    aria-label={`Quantity of line ${row + 1}`}
                    aria-invalid={fault("quantity") ? true : undefined}
                    inputMode="numeric"
                    className={classes.numberInput}
                    value={line.quantity}
                    onFocus={(e) => e.currentTarget.select()}
                    onChange={(e) => set(row, { quantity: e.currentTarget.value })}
                    onKeyDown={keys(row, "quantity")}
                  />
                </td>
                {prices && (
                  <>
                    <td
                      data-cell="price"
                      data-label={priceLabel}
                      data-fault={fault("price") ? true : undefined}
                      title={fault("price")}
                    >
                      <PriceCell
                        label={`${priceLabel} of line ${row + 1}`}
                        line={line}
                        vendor={vendor}
                        currency={currency}
                        fault={fault("price")}
                        onPrice={(price) => set(row, { price })}
                        onKeyDown={keys(row, "price")}
                      />
                    </td>
                    <td className={classes.total} data-label="Line total">
                      {total ? formatMoney(total, currency) : ""}
                    </td>
                  </>
                )}
                <td data-cell="description">
                  <div className={classes.note}>
                    <input
                      aria-label={`Note of line ${row + 1}`}
                      placeholder="Note"
                      className={classes.textInput}
                      value={line.description}
                      onChange={(e) => set(row, { description: e.currentTarget.value })}
                      onKeyDown={keys(row, "description")}
                    />
                    {terms && (
                      <button
                        type="button"
                        tabIndex={-1}
                        className={classes.terms}
                        aria-label={`Terms of line ${row + 1}`}
                        title="Discount, tax, tolerance, place, day (Alt T)"
                        onClick={() => setTermsOf(row)}
                      >
                        <IconAdjustmentsHorizontal size={15} stroke={1.6} />
                      </button>
                    )}
                  </div>
                  {terms && saidTerms(line.rest) && (
                    <span className={classes.said}>{saidTerms(line.rest)}</span>
                  )}
                </td>
                <td>
                  <button
                    type="button"
                    tabIndex={-1}
                    className={classes.remove}
                    aria-label={`Remove line ${row + 1}`}
                    onClick={() => remove(row)}
                  >
                    <IconTrash size={15} stroke={1.6} />
                  </button>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {termsLine && termsRow !== null && (
        <LineTerms
          line={termsLine}
          number={termsRow + 1}
          onSet={(rest) => set(termsRow, { rest })}
          onClose={() => {
            setTermsOf(null);
            // Back to where one was, once the dialog is gone.
            requestAnimationFrame(() => focus(termsRow, "price"));
          }}
        />
      )}
      <PriceHint line={lines[at]} row={at} vendor={vendor} currency={currency} />
    </div>
  );
}
