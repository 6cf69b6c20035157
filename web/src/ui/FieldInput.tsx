/** The right input for a field by its name: a picker for records, a date, a number, a longer text, or plain text. */
import { NumberInput, PasswordInput, Select, Textarea, TextInput } from "@mantine/core";
import { capital, words } from "@/lib/format";
import { RecordPicker, type Target } from "./RecordPicker";

const targets: Record<string, Target> = {
  to: "locations",
  from: "locations",
  location: "locations",
  bin: "locations",
  deliver_to: "locations",
  parent: "locations",
  team: "teams",
  vendor: "vendors",
  model: "models",
  manufacturer: "manufacturers",
  asset: "assets",
  entitlement: "entitlements",
  rack: "racks",
  person: "people",
  delegate: "people",
  board: "approver-groups",
  into: "assets",
  order_line: "purchase-order-lines",
};

const labels: Record<string, string> = {
  from: "From",
  deliver_to: "Deliver to",
  into: "Into the asset",
  to: "To",
  vendor_reference: "Vendor's reference",
  u_height: "Height (U)",
  tax_id: "Tax id",
  expires_in_days: "Expires in (days)",
  reference: "Number of the transfer",
};

export const fieldLabel = (name: string) => labels[name] ?? capital(words(name));

interface Props {
  name: string;
  value: unknown;
  onChange: (value: unknown) => void;
  label?: string;
  description?: string;
  error?: string;
  required?: boolean;
  autoFocus?: boolean;
  options?: string[];
}

export function FieldInput({
  name,
  value,
  onChange,
  label = fieldLabel(name),
  options,
  autoFocus,
  ...rest
}: Props) {
  const text = value === null || value === undefined ? "" : String(value);
  const common = { label, ...rest, "data-autofocus": autoFocus || undefined };
  const target = targets[name];
  if (options) {
    return (
      <Select
        {...common}
        data={options.map((o) => ({ value: o, label: capital(words(o)) }))}
        value={text || null}
        onChange={onChange}
      />
    );
  }
  if (target) return <RecordPicker {...common} target={target} value={text} onChange={onChange} />;
  if (/reason|notes?$|description/.test(name)) {
    return (
      <Textarea
        {...common}
        autosize
        minRows={2}
        value={text}
        onChange={(e) => onChange(e.currentTarget.value)}
      />
    );
  }
  if (/_on$|^on$|_by$|_ends$|date/.test(name)) {
    return (
      <TextInput {...common} type="date" value={text} onChange={(e) => onChange(e.currentTarget.value)} />
    );
  }
  if (
    /^(quantity|from_quantity|seats|change|u_height|days|copies|skip|.*_(days|months|kg|w|percent|units))$/.test(
      name,
    )
  ) {
    return (
      <NumberInput
        {...common}
        value={text === "" ? "" : Number(text)}
        onChange={(v) => onChange(v === "" ? null : v)}
      />
    );
  }
  if (/password|^current$|^new$/.test(name)) {
    return <PasswordInput {...common} value={text} onChange={(e) => onChange(e.currentTarget.value)} />;
  }
  return <TextInput {...common} value={text} onChange={(e) => onChange(e.currentTarget.value)} />;
}
