import { expect, test } from "vitest";
import { pb, recordPath } from "./paths";

test("every page has one address", () => {
  const all = Object.fromEntries(Object.entries(pb).map(([name, build]) => [name, build("X-1/2")]));
  expect(all).toMatchInlineSnapshot(`
    {
      "absences": "/approvals/absences",
      "approvals": "/approvals",
      "asset": "/assets/X-1%2F2",
      "assets": "/assets",
      "assignments": "/licences/assignments",
      "budget": "/budgets/X-1%2F2",
      "budgets": "/budgets",
      "chargeBack": "/reports/charge-back",
      "commitmentLines": "/reports/commitments/lines",
      "commitments": "/reports/commitments",
      "contract": "/contracts/X-1%2F2",
      "contractCalendar": "/contracts/calendar",
      "contracts": "/contracts",
      "discrepancies": "/discrepancies",
      "discrepancy": "/discrepancies/X-1%2F2",
      "entitlement": "/licences/X-1%2F2",
      "event": "/ledger/X-1%2F2",
      "groups": "/approvals/groups",
      "home": "/",
      "importOf": "/imports/X-1%2F2",
      "imports": "/imports",
      "invoice": "/invoices/X-1%2F2",
      "invoiceNew": "/invoices/new",
      "invoices": "/invoices",
      "ledger": "/ledger",
      "licences": "/licences",
      "location": "/locations/X-1%2F2",
      "locations": "/locations",
      "manufacturers": "/catalogue/manufacturers",
      "model": "/catalogue/X-1%2F2",
      "models": "/catalogue",
      "movements": "/stock/movements",
      "network": "/network",
      "notice": "/shipping-notices/X-1%2F2",
      "noticeNew": "/shipping-notices/new",
      "notices": "/shipping-notices",
      "order": "/orders/X-1%2F2",
      "orderEdit": "/orders/X-1%2F2/edit",
      "orderNew": "/orders/new",
      "orders": "/orders",
      "organisation": "/organisation",
      "people": "/people",
      "policies": "/approvals/policies",
      "policy": "/approvals/policies/X-1%2F2",
      "policyNew": "/approvals/policies/new",
      "ports": "/network/ports",
      "positions": "/positions",
      "quote": "/quotes/X-1%2F2",
      "quoteAnswers": "/quotes/answers",
      "quoteEdit": "/quotes/X-1%2F2/edit",
      "quoteNew": "/quotes/new",
      "quotes": "/quotes",
      "rack": "/racks/X-1%2F2",
      "racks": "/racks",
      "receipts": "/receipts",
      "report": "/reports/X-1%2F2",
      "reports": "/reports",
      "request": "/requests/X-1%2F2",
      "requestEdit": "/requests/X-1%2F2/edit",
      "requestNew": "/requests/new",
      "requests": "/requests",
      "requestsToOrder": "/requests/to-order",
      "scan": "/scan",
      "settings": "/settings",
      "signIn": "/sign-in",
      "spend": "/reports/spend",
      "spendLines": "/reports/spend/lines",
      "stock": "/stock",
      "team": "/organisation/X-1%2F2",
      "tolerances": "/invoices/tolerances",
      "trace": "/network/trace/X-1%2F2",
      "unknownScans": "/scan/unknown",
      "vendor": "/vendors/X-1%2F2",
      "vendorAddresses": "/vendor-addresses",
      "vendorContacts": "/vendor-contacts",
      "vendorReturn": "/returns/X-1%2F2",
      "vendorReturns": "/returns",
      "vendorScores": "/vendor-scores",
      "vendors": "/vendors",
    }
  `);
});

test("a code with odd characters stays one segment", () => {
  expect(pb.asset("A/1 ?")).toBe("/assets/A%2F1%20%3F");
});

test("a record opens by its kind, and a kind without a page opens nothing", () => {
  expect(recordPath("purchase_order", "PO-2026-00042")).toBe("/orders/PO-2026-00042");
  expect(recordPath("rack", "DC1-H2-R12")).toBe("/racks/DC1-H2-R12");
  expect(recordPath("cable_end", "x")).toBeNull();
  expect(recordPath("asset", null)).toBeNull();
});
