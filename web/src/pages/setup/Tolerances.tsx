/** How far an invoice may be off before it is held: of all vendors, and of those who have their own. */
import { useState } from "react";
import { useRecord } from "@/api/hooks";
import type { components } from "@/api/schema.gen";
import type { Row } from "@/api/types";
import { ActionButton } from "@/ui/ActionBar";
import { EmptyState } from "@/ui/EmptyState";
import { ListPage } from "@/ui/list/ListPage";
import { type FormField, RecordForm } from "@/ui/RecordForm";
import { useLacks } from "@/ui/use-lacks";
import { setupSiblings } from "./siblings";

const LIMITS: FormField[] = [
  { name: "quantity_percent", label: "Quantity (%)", description: "More than was received" },
  { name: "price_percent", label: "Price (%)", description: "Above the order's price" },
  { name: "freight_percent", label: "Freight (%)", description: "Above the order's freight" },
  { name: "tax_amount", label: "Tax of a line", description: "More or less, as an amount" },
];
const VENDOR: FormField = {
  name: "vendor",
  optional: true,
  description: "Empty for all vendors without their own",
};
const NONE: Row = { quantity_percent: 0, price_percent: 0, freight_percent: 0, tax_amount: "0" };

/** Percentages are typed as numbers and sent as the exact decimals that the server takes. */
const asText = (body: Row) =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value ?? "")]));

export function Tolerances() {
  const lacks = useLacks("administrator");
  const [open, setOpen] = useState<"new" | { vendor: string | null; name: string } | null>(null);
  const close = () => setOpen(null);
  return (
    <>
      <ListPage
        title="Invoice tolerances"
        list="match-tolerances"
        siblings={setupSiblings}
        open={(row) => {
          const code = row.vendor_code as { code?: string } | string | null | undefined;
          const vendor = typeof code === "object" ? (code?.code ?? null) : (code ?? null);
          if (lacks === null) setOpen({ vendor, name: String(row.vendor) });
          return null;
        }}
        actions={<ActionButton label="New tolerance" primary reason={lacks} onClick={() => setOpen("new")} />}
        empty={
          <EmptyState title="No tolerances yet">
            Without one, an invoice that is off by a cent is held. A tolerance says how far off is near
            enough.
          </EmptyState>
        }
      />
      {open === "new" && (
        <RecordForm
          title="New tolerance"
          path="/match-tolerances"
          method="PUT"
          fields={[VENDOR, ...LIMITS]}
          initial={NONE}
          prepare={asText}
          onClose={close}
        />
      )}
      {open !== null && open !== "new" && <Edit vendor={open.vendor} name={open.name} onClose={close} />}
    </>
  );
}

function Edit({ vendor, name, onClose }: { vendor: string | null; name: string; onClose: () => void }) {
  const { data } = useRecord<components["schemas"]["Tolerance"]>(
    `/match-tolerances/${encodeURIComponent(vendor ?? "all")}`,
  );
  if (!data) return null;
  const { quantity_percent, price_percent, freight_percent, tax_amount, version } = data.data;
  return (
    <RecordForm
      title={`Tolerance of ${name === "All others" ? "all other vendors" : name}`}
      path="/match-tolerances"
      method="PUT"
      draft={`PUT /match-tolerances ${vendor ?? "all"} ${version}`}
      fields={LIMITS}
      initial={{
        quantity_percent: Number(quantity_percent),
        price_percent: Number(price_percent),
        freight_percent: Number(freight_percent),
        tax_amount,
      }}
      prepare={(body) => asText(vendor ? { ...body, vendor } : body)}
      ifMatch={data.etag}
      onClose={onClose}
    />
  );
}
