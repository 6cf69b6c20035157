/** The neighbouring lists of procurement. */
import { pb } from "@/lib/paths";

export const orderSiblings = [
  { label: "Requests", to: pb.requests() },
  { label: "To order", to: pb.requestsToOrder() },
  { label: "Quotes", to: pb.quotes() },
  { label: "Answers", to: pb.quoteAnswers() },
  { label: "Purchase orders", to: pb.orders() },
  { label: "Approvals", to: pb.approvals() },
  { label: "Receipts", to: pb.receipts() },
  { label: "Announced", to: pb.notices() },
  { label: "Discrepancies", to: pb.discrepancies() },
  { label: "Invoices", to: pb.invoices() },
  { label: "Returns", to: pb.vendorReturns() },
  { label: "Vendors", to: pb.vendors() },
  { label: "Contracts", to: pb.contracts() },
  { label: "Budgets", to: pb.budgets() },
  { label: "Setting up", to: pb.policies() },
];
