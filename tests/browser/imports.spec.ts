/** A file into the books: found from a list, the palette or the phone's More; shown row by row; then all of it or nothing. */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { serious } from "./support/axe";
import { DESKTOP, expect, PHONE, test } from "./support/people";

const file = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
const rows = (page: Page) => page.getByRole("region", { name: "Rows of the file" }).getByRole("row");

async function expectAccessible(page: Page): Promise<void> {
  expect(await serious(page)).toEqual([]);
}

for (const viewport of [DESKTOP, PHONE]) {
  test(`a file of vendors is shown, refused as a whole, mended and taken, at ${viewport.width} pixels`, async ({ open }) => {
    const page = await open("procurement", { viewport });
    const run = `${viewport.width}-${Date.now().toString(36)}`;
    // Names that are nearly the same would be asked about.
    const firms = viewport === DESKTOP ? ["Adler Cable", "Birke Racks", "Cedar Tools"] : ["Damson Optics", "Elder Power", "Fennel Freight"];
    await page.goto("/vendors");
    await page.getByRole("link", { name: "Import" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "Import" })).toBeVisible();
    await expect(page.getByRole("combobox", { name: "What the file is of" })).toHaveValue("Vendors");

    const template = page.waitForEvent("download");
    await page.getByRole("link", { name: "Template" }).click();
    expect(readFileSync(await (await template).path(), "utf8")).toMatch(/^name,code,currency/);

    const choose = page.locator('input[type="file"]');
    const good = firms.map((firm, n) => `${firm} ${run},EUR,${n + 1}`);
    await choose.setInputFiles(file("vendors.csv", `name,currency,lead_time_days\n${good[0]}\nBad ${run},EURO,soon\n${good[2]}\n`));
    await expect(rows(page)).toHaveCount(4);
    await expect(rows(page).nth(1)).toContainText("Refused");
    await expect(rows(page).nth(1)).toContainText(/lead_time_days|currency/);
    await expect(rows(page).nth(2)).toContainText("Taken");
    const button = page.getByRole("button", { name: "Import 3 rows" });
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAttribute("aria-description", /Mend the file/);
    await expectAccessible(page);
    await page.screenshot({ path: `screenshots/imports-refused-${viewport.width}-light.png` });

    await choose.setInputFiles(file("vendors.csv", `name,currency,lead_time_days\n${good.join("\n")}\n`));
    await expect(button).not.toHaveAttribute("aria-disabled", "true");
    await button.click();
    await expect(page.getByRole("status").filter({ hasText: "3 rows imported" })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole("link", { name: "Open the list" }).click();
    await page.goto(`/vendors?q=${encodeURIComponent(run)}`);
    await expect(page.getByRole("table")).toContainText(`${firms[2]} ${run}`);
    await expect(page.getByRole("table")).not.toContainText("Bad");

    // The same file again: every row says that it is there already, and nothing is taken.
    await page.goto("/imports/vendors");
    await choose.setInputFiles(file("vendors.csv", `name,currency\n${firms[0]} ${run},EUR\n`));
    await expect(rows(page).nth(1)).toContainText("Refused");
  });
}

test("a file that is none is refused with the mend, and the page keeps its place", async ({ open }) => {
  const page = await open("warehouse");
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("import");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Import" })).toBeVisible();
  await page.goto("/imports/stock");
  await page.locator('input[type="file"]').setInputFiles(file("stock.csv", "modell,location\nx,y\n"));
  await expect(page.getByRole("alert")).toContainText("The first line does not name the columns rightly");
  await expect(page.getByRole("region", { name: "Columns" })).toContainText("model");
});

test("who may not import is told why, and More leads there on a phone", async ({ open }) => {
  const page = await open("auditor", { viewport: PHONE });
  await page.goto("/");
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("link", { name: "Import a file" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Import" })).toBeVisible();
  const choose = page.locator('input[type="file"]');
  await expect(choose).toBeDisabled();
  await expect(choose).toHaveAttribute("aria-description", /needs/);
  await page.goto("/vendors");
  await page.getByRole("table").waitFor();
  await expect(page.getByRole("link", { name: "Import" })).toHaveCount(0);
});
