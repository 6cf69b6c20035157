/** What the form of a vendor asks, in the order a person has it. */
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
