/** What the forms of a vendor ask, in the order a person has it. */
import type { FormField } from "@/ui/RecordForm";

export const vendorFields: FormField[] = [
  { name: "name" },
  { name: "code", optional: true, description: "A short code of your own; one is given when left empty" },
  { name: "currency", description: "Three letters, as EUR or USD" },
  { name: "payment_terms", label: "Payment terms", optional: true },
  { name: "email", label: "Orders go to (email)", optional: true },
  { name: "phone", optional: true },
  { name: "tax_id", optional: true },
  { name: "lead_time_days", label: "Usual lead time (days)", optional: true },
];

export const contactFields: FormField[] = [
  { name: "name" },
  { name: "role", optional: true, description: "Sales, support, accounts" },
  { name: "email", optional: true },
  { name: "phone", optional: true },
  { name: "notes", optional: true },
];

export const addressFields: FormField[] = [
  { name: "kind", options: ["headquarters", "ordering", "billing", "returns", "pickup", "other"] },
  { name: "street" },
  { name: "postal_code", optional: true },
  { name: "city" },
  { name: "region", optional: true },
  { name: "country", description: "Two letters, as DE" },
  { name: "notes", optional: true },
];

export const leadTimeFields: FormField[] = [
  { name: "model" },
  { name: "days", optional: true, description: "Left empty, the usual time holds again" },
];
