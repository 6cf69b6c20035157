/** Every page at a desk, light and dark, and on a phone: a picture, no serious fault for a screen reader, no errors, no other host. */
import type { APIRequestContext } from "@playwright/test";
import { serious } from "./support/axe";
import { DESKTOP, expect, PHONE, test } from "./support/people";
import { watch } from "./support/watch";

const plain: Record<string, string> = {
  home: "/",
  scan: "/scan",
  "unknown-scans": "/scan/unknown",
  orders: "/orders",
  "order-new": "/orders/new",
  requests: "/requests",
  "request-new": "/requests/new",
  "to-order": "/requests/to-order",
  quotes: "/quotes",
  "quote-new": "/quotes/new",
  "quote-answers": "/quotes/answers",
  approvals: "/approvals",
  absences: "/approvals/absences",
  policies: "/approvals/policies",
  "policy-new": "/approvals/policies/new",
  "approver-groups": "/approvals/groups",
  tolerances: "/invoices/tolerances",
  receipts: "/receipts",
  notices: "/shipping-notices",
  discrepancies: "/discrepancies",
  invoices: "/invoices",
  "invoice-which": "/invoices/new",
  returns: "/returns",
  budgets: "/budgets",
  vendors: "/vendors",
  "vendor-scores": "/vendor-scores",
  "vendor-contacts": "/vendor-contacts",
  "vendor-addresses": "/vendor-addresses",
  contracts: "/contracts",
  "contract-calendar": "/contracts/calendar",
  stock: "/stock",
  movements: "/stock/movements",
  locations: "/locations",
  assets: "/assets",
  "assets-filtered": "/assets?status=in:ready,in_service&sort=-code",
  models: "/catalogue",
  manufacturers: "/catalogue/manufacturers",
  racks: "/racks",
  cables: "/network",
  ports: "/network/ports",
  licences: "/licences",
  assignments: "/licences/assignments",
  reports: "/reports",
  "asset-register": "/reports/asset-register",
  spend: "/reports/spend",
  "spend-lines": "/reports/spend/lines?kind=credit",
  "charge-back": "/reports/charge-back",
  commitments: "/reports/commitments?by=budget",
  "commitment-lines": "/reports/commitments/lines",
  imports: "/imports/assets",
  ledger: "/ledger",
  organisation: "/organisation",
  people: "/people",
  positions: "/positions",
  settings: "/settings",
  "settings-tokens": "/settings?tab=tokens",
  "settings-users": "/settings?tab=users",
  "settings-grants": "/settings?tab=grants",
  "not-found": "/no/such/page",
};

/** Pages of records: the first row of a list says which. */
const records: [name: string, list: string, page: (row: Record<string, string>) => string][] = [
  ["order", "/purchase-orders?limit=1&sort=-code", (row) => `/orders/${row.code}`],
  ["notice", "/shipping-notices?limit=1", (row) => `/shipping-notices/${row.code}`],
  ["notice-new", "/purchase-orders?limit=1&status=in:ordered,partly_received", (row) => `/shipping-notices/new?order=${row.code}`],
  ["discrepancy", "/discrepancies?limit=1", (row) => `/discrepancies/${row.code}`],
  ["invoice", "/invoices?limit=1&status=held", (row) => `/invoices/${row.code}`],
  ["invoice-new", "/purchase-orders?limit=1&not_invoiced=true", (row) => `/invoices/new?order=${row.code}`],
  ["return", "/returns?limit=1", (row) => `/returns/${row.code}`],
  ["request", "/requisitions?limit=1&status=ordered", (row) => `/requests/${row.code}`],
  ["quote", "/quote-requests?limit=1&status=sent", (row) => `/quotes/${row.code}`],
  ["budget", "/budgets?limit=1", (row) => `/budgets/${row.code}`],
  ["policy", "/approval-policies?limit=1", (row) => `/approvals/policies/${row.code}`],
  ["vendor", "/vendors?limit=1", (row) => `/vendors/${row.code}`],
  ["vendor-scorecard", "/vendors?limit=1", (row) => `/vendors/${row.code}?tab=scorecard`],
  ["contract", "/contracts?limit=1", (row) => `/contracts/${row.code}`],
  ["asset", "/assets?limit=1&status=in_service", (row) => `/assets/${row.code}`],
  ["asset-ports", "/assets?limit=1&status=in_service", (row) => `/assets/${row.code}?tab=ports`],
  ["asset-labels", "/assets?limit=1&status=in_service", (row) => `/assets/${row.code}?tab=labels`],
  ["model", "/models?limit=1&kind=device", (row) => `/catalogue/${row.code ?? row.id}`],
  ["rack", "/racks?limit=1", (row) => `/racks/${row.code}`],
  ["location", "/locations?limit=1&kind=bin", (row) => `/locations/${row.code}`],
  ["entitlement", "/entitlements?limit=1", (row) => `/licences/${row.code}`],
  ["team", "/teams?limit=1&code=A-2", (row) => `/organisation/${row.code}`],
  ["event", "/events?limit=1", (row) => `/ledger/${row.id}`],
  ["asset-past", "/assets?limit=1&status=in_service", (row) => `/assets/${row.code}?as_of=${encodeURIComponent(new Date(Date.now() - 2_000).toISOString())}`],
];

async function addresses(api: APIRequestContext): Promise<Record<string, string>> {
  const found: Record<string, string> = { ...plain };
  for (const [name, list, page] of records) {
    const answer = await api.get(`/api/v1${list}`);
    if (!answer.ok()) continue;
    const row = ((await answer.json()) as { items: Record<string, string>[] }).items[0];
    if (row) found[name] = page(row);
  }
  return found;
}

for (const size of [DESKTOP, PHONE]) {
  test(`every page is sound at ${size.width} pixels`, async ({ open }) => {
    test.setTimeout(1_200_000);
    const page = await open("administrator", { viewport: size, colorScheme: "light" });
    const seen = watch(page);
    const faults: string[] = [];
    for (const [name, address] of Object.entries(await addresses(page.request))) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1 })).toBeAttached();
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: `screenshots/${name}-${size.width}-light.png` });
      if ((await page.getByRole("heading", { level: 1 }).count()) !== 1) faults.push(`${name}: not exactly one heading of level 1`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) faults.push(`${name}: ${wide} pixels wider than the screen`);
      const light = await serious(page);
      const dark: string[] = [];
      // The page is the same in the dark but for its colours, and those are the same on every screen.
      if (size === DESKTOP) {
        await page.emulateMedia({ colorScheme: "dark" });
        await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");
        await page.screenshot({ path: `screenshots/${name}-${size.width}-dark.png` });
        dark.push(...(await serious(page, ["color-contrast"])));
      }
      faults.push(...[...light, ...dark.map((d) => `dark: ${d}`), ...seen.complaints.splice(0)].map((f) => `${name}: ${f}`));
    }
    expect(faults.join("\n")).toBe("");
  });
}

test("the sign-in page is sound, and a wrong password is refused with words", async ({ page, baseURL }) => {
  expect(baseURL ?? process.env.QM_URL).toBeTruthy();
  await page.goto(`${process.env.QM_URL}/sign-in`);
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "screenshots/sign-in-1440-light.png" });
  await page.getByLabel("Email").fill("nobody@example.org");
  await page.getByRole("textbox", { name: "Password" }).fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
});
