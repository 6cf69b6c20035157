/** Dialogs and menus, opened: no serious fault for a screen reader, light and dark; each closes with Escape. */
import type { Page } from "@playwright/test";
import { serious } from "./support/axe";
import { first } from "./support/orders";
import { DESKTOP, expect, PHONE, test } from "./support/people";

type Opening = [
  name: string,
  where: (page: Page) => Promise<string>,
  open: (page: Page) => Promise<void>,
  /** The field in which one begins to type. */
  field?: string,
];

const at = (address: string) => async () => address;
const press = (name: string | RegExp) => async (page: Page) => page.getByRole("button", { name }).first().click();

const openings: Opening[] = [
  ["new vendor", at("/vendors"), press("New vendor"), "Name"],
  ["new location", at("/locations"), press("New location")],
  ["entitlement", at("/licences"), press("Record an entitlement"), "Software"],
  ["move stock", at("/stock"), press("Move stock"), "Model"],
  ["new user", at("/settings?tab=users"), press("New user"), "Name"],
  ["new token", at("/settings?tab=tokens"), press("New token")],
  ["approval", async (page) => `/orders/${(await first(page, "/purchase-orders?status=submitted&limit=1")).code}`, press("Approve")],
  ["labels", async (page) => `/racks/${(await first(page, "/racks?limit=1")).code}`, press("Print label")],
  ["seat", async (page) => `/licences/${(await first(page, "/entitlements?limit=1")).code}`, press("Give a seat"), "Device"],
  ["connect", async (page) => `/assets/${(await first(page, "/assets?q=DCS-7050&limit=1")).code}?tab=ports`, press(/^Connect /)],
  ["keys", at("/"), async (page) => page.keyboard.press("?")],
  ["palette", at("/"), async (page) => page.keyboard.press("Control+k")],
  ["clock", at("/"), press(/Showing now/)],
  ["columns", at("/assets"), press("Columns")],
];

for (const [viewport, colorScheme] of [
  [DESKTOP, "light"],
  [PHONE, "dark"],
] as const) {
  test(`dialogs are sound at ${viewport.width} pixels, ${colorScheme}`, async ({ open }) => {
    test.setTimeout(300_000);
    const page = await open("administrator", { viewport, colorScheme });
    const faults: string[] = [];
    for (const [name, where, show, field] of openings) {
      await page.goto(await where(page));
      await page.getByRole("heading", { level: 1 }).waitFor();
      await page.waitForLoadState("networkidle");
      await show(page);
      const dialog = page.getByRole("dialog");
      await expect(dialog).toBeVisible();
      if (field) await expect(dialog.getByLabel(field).and(page.locator('input:not([type="radio"])'))).toBeFocused();
      await page.screenshot({ path: `screenshots/dialog-${name.replace(" ", "-")}-${viewport.width}-${colorScheme}.png` });
      faults.push(...(await serious(page)).map((fault) => `${name}: ${fault}`));
      await page.keyboard.press("Escape");
      await expect(dialog).toHaveCount(0);
    }
    expect(faults).toEqual([]);
  });
}
