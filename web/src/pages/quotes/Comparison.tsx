/** The answers side by side: a row for each line, a column for each vendor, the best of each line marked. On a phone a card for each line. */
import { Link } from "@tanstack/react-router";
import { formatMoney, formatQuantity, plural } from "@/lib/format";
import { pb } from "@/lib/paths";
import { State } from "@/ui/State";
import { Day, Money } from "@/ui/values";
import classes from "./Comparison.module.css";
import { answered, type OfferLine, type Quote, type QuoteRequestRecord } from "./types";

export function Comparison({ request }: { request: QuoteRequestRecord }) {
  const { lines, quotes, base_currency: base } = request;
  return (
    <>
      {quotes.length === 0 && <p className="muted">No vendor is named yet. Edit it to name some.</p>}
      <Side lines={lines} quotes={quotes} base={base} />
    </>
  );
}

function Side({ lines, quotes, base }: Pick<QuoteRequestRecord, "lines" | "quotes"> & { base: string }) {
  return (
    <section className={classes.scroll} aria-label="Answers side by side" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">What</th>
            {quotes.map((quote) => (
              <th key={quote.vendor.code} scope="col">
                <Link to={pb.vendor(quote.vendor.code)}>{quote.vendor.name}</Link>
                <span className={classes.state}>
                  <State state={quote.status} /> {quote.late && <Mark bad>Late</Mark>}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, n) => (
            <tr key={line.number}>
              <th scope="row">
                <span className={classes.what}>
                  {formatQuantity(line.quantity)} {line.unit}{" "}
                  <Link to={pb.model(line.model.code)}>{line.model.name}</Link>
                </span>
                {line.description && <span className="muted"> {line.description}</span>}
                {line.needed_by && (
                  <span className={classes.small}>
                    needed by <Day at={line.needed_by} />
                  </span>
                )}
                {line.requests.map((asked) => (
                  <span key={`${asked.code} ${asked.line}`} className={classes.small}>
                    {formatQuantity(asked.quantity)} for <Link to={pb.request(asked.code)}>{asked.code}</Link>{" "}
                    of {asked.team}
                  </span>
                ))}
              </th>
              {quotes.map((quote) => (
                <td
                  key={quote.vendor.code}
                  data-label={quote.vendor.name}
                  data-best={quote.lines[n]?.best_price || undefined}
                >
                  <Offer quote={quote} offer={quote.lines[n]} base={base} asked={line.unit} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {quotes.length > 0 && (
          <tfoot>
            <tr>
              <th scope="row">Freight</th>
              {quotes.map((quote) => (
                <td key={quote.vendor.code} data-label={quote.vendor.name}>
                  {answered(quote) ? <Money amount={quote.freight} currency={quote.currency} /> : <None />}
                </td>
              ))}
            </tr>
            <tr className={classes.total}>
              <th scope="row">Total</th>
              {quotes.map((quote) => (
                <td
                  key={quote.vendor.code}
                  data-label={quote.vendor.name}
                  data-best={quote.best_total || undefined}
                >
                  <Total quote={quote} base={base} />
                </td>
              ))}
            </tr>
            <tr>
              <th scope="row">All of it here in</th>
              {quotes.map((quote) => (
                <td key={quote.vendor.code} data-label={quote.vendor.name}>
                  {quote.lead_time_days == null ? <None /> : plural(quote.lead_time_days, "day")}{" "}
                  {quote.best_lead_time && <Mark>Fastest</Mark>}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
}

function Offer({
  quote,
  offer,
  base,
  asked,
}: {
  quote: Quote;
  offer: OfferLine | undefined;
  base: string;
  asked: string;
}) {
  if (!offer || offer.missing)
    return <span className={classes.missing}>{answered(quote) ? "Does not offer it" : "No answer"}</span>;
  return (
    <>
      <span className={classes.price}>
        <Money amount={offer.net} currency={quote.currency} />
        {offer.best_price && <Mark>Best price</Mark>}
        {offer.chosen && <Mark>Chosen</Mark>}
      </span>
      <span className={classes.small}>
        {formatMoney(offer.unit_price, quote.currency ?? base)} each
        {quote.currency !== base && offer.base_net && `, ${formatMoney(offer.base_net, base)} ${base}`}
      </span>
      <span className={classes.small}>
        {offer.lead_time_days == null ? "no lead time" : plural(offer.lead_time_days, "day")}
        {offer.best_lead_time && <Mark>Fastest</Mark>}
      </span>
      {offer.above_asked && (
        <Mark bad>
          At least {formatQuantity(offer.min_quantity)} {asked}
        </Mark>
      )}
      {offer.valid_until && (
        <span className={classes.small}>
          until <Day at={offer.valid_until} /> {offer.expired && <Mark bad>Run out</Mark>}
        </span>
      )}
      {offer.note && <span className={classes.small}>{offer.note}</span>}
    </>
  );
}

function Total({ quote, base }: { quote: Quote; base: string }) {
  if (!answered(quote)) return <None />;
  return (
    <>
      <span className={classes.price}>
        <Money amount={quote.total} currency={quote.currency} />
        {quote.best_total && <Mark>Best total</Mark>}
      </span>
      {quote.currency !== base && (
        <span className={classes.small}>
          {quote.base_total ? `${formatMoney(quote.base_total, base)} ${base}` : `no rate to ${base}`}
        </span>
      )}
      {!quote.complete && <Mark bad>Not all lines</Mark>}
    </>
  );
}

function Mark({ bad, children }: { bad?: boolean; children: React.ReactNode }) {
  return (
    <span className={classes.mark} data-bad={bad || undefined}>
      {children}
    </span>
  );
}

const None = () => <span className="faint">–</span>;
