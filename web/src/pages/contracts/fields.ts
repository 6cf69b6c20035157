/** What the forms of a contract ask, in the order a person reads it off the paper. */
import type { Row } from "@/api/types";
import type { FormField } from "@/ui/RecordForm";

const terms: FormField[] = [
  { name: "starts_on", label: "From" },
  { name: "ends_on", label: "Last day", optional: true, description: "Empty where it has no end" },
  { name: "notice_days", label: "Notice (days)", optional: true },
  {
    name: "renewal_months",
    label: "Renews itself for (months)",
    optional: true,
    description: "Empty where it ends by itself",
  },
  { name: "value", optional: true, description: "What all of it costs, as 12000.00" },
];

const words: FormField[] = [
  { name: "vendor_reference", optional: true },
  {
    name: "remind_days",
    label: "Remind (days before)",
    optional: true,
    description: "So long before each of its days it is on the home page; 60 when left empty",
  },
  { name: "notes", optional: true },
];

export const contractFields: FormField[] = [
  { name: "kind", options: ["maintenance", "lease", "framework", "nda", "other"] },
  { name: "title" },
  { name: "vendor" },
  { name: "team" },
  ...terms,
  ...words,
];

/** Of a draft all can be edited but whose it is; of a signed one only what was not signed. */
export const draftFields: FormField[] = [{ name: "title" }, ...terms, ...words];
export const signedFields: FormField[] = [{ name: "title" }, ...words];

export const coverFields: FormField[] = [
  { name: "asset", optional: true },
  { name: "model", optional: true },
  { name: "entitlement", label: "Licence", optional: true },
  { name: "vendor", label: "Goods of another vendor", optional: true },
  { name: "note", optional: true },
];

export const priceFields: FormField[] = [
  { name: "model" },
  { name: "unit_price", label: "Unit price" },
  { name: "from_quantity", label: "From quantity", optional: true, description: "1 when left empty" },
];

export const renewFields: FormField[] = [
  { name: "starts_on", label: "From", optional: true, description: "The day after its term when left empty" },
  { name: "ends_on", label: "Last day", optional: true, description: "As long as before when left empty" },
  { name: "value", optional: true },
];

/** Without what was left empty: the server's own values hold then. */
export const filled = (body: Row): Row =>
  Object.fromEntries(Object.entries(body).filter(([, value]) => value !== "" && value !== null));
