/** Vendors and contracts as a buyer works with them: a likely duplicate, contacts, a document, the scorecard; a contract and its price in an order. */
import { serious } from "./support/axe";
import { pick } from "./support/order-entry";
import { DESKTOP, expect, PHONE, test } from "./support/people";

const PDF = Buffer.from("%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");

test("a vendor that is likely here already is told, and made all the same", async ({ open }) => {
  const page = await open("procurement");
  const name = `Northwind Sistems ${Date.now()} GmbH`;
  await page.goto("/vendors");
  await page.getByRole("button", { name: "New vendor" }).click();
  const form = page.getByRole("dialog", { name: "New vendor" });
  await form.getByLabel("Name").fill(name);
  await form.getByLabel("Orders go to (email)").fill("desk@northwind.example");
  await form.getByRole("button", { name: "Save", exact: true }).click();
  const likely = form.getByRole("list", { name: "Vendors that are likely the same" });
  await expect(likely.getByRole("link", { name: "Northwind Systems" })).toBeVisible();
  await expect(likely).toContainText("the same e-mail domain");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "screenshots/vendor-likely-1440-light.png" });
  await form.getByRole("button", { name: "It is another vendor: save it" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(name);
});

test("contacts and documents of a vendor are added, seen and retired", async ({ open }) => {
  const page = await open("procurement");
  const stamp = Date.now();
  await page.goto("/vendors/HARBOUR-NETWORKS");
  await page.getByRole("button", { name: "Add a contact" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill(`Returns desk ${stamp}`);
  await form.getByLabel("Email").fill(`returns.${stamp}@harbour.example`);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: "Contacts" })).toContainText(`Returns desk ${stamp}`);

  await page.getByRole("tab", { name: "Documents" }).click();
  const file = `offer-${stamp}.pdf`;
  await page.getByLabel("Add a document").setInputFiles({ name: file, mimeType: "application/pdf", buffer: Buffer.concat([PDF, Buffer.from(`% ${stamp}\n`)]) });
  const link = page.getByRole("link", { name: new RegExp(file) });
  await expect(link).toBeVisible();
  const content = await page.request.get((await link.getAttribute("href")) ?? "");
  expect(content.headers()["content-disposition"]).toContain("inline");
  expect(content.headers()["content-security-policy"]).toContain("default-src 'none'");
  // What its name says and it is not, is refused with words.
  await page.getByLabel("Add a document").setInputFiles({ name: "page.pdf", mimeType: "application/pdf", buffer: Buffer.from("<script>alert(1)</script>") });
  await expect(page.getByRole("alert").filter({ hasText: "Name it as what it is" })).toBeVisible();
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "screenshots/vendor-documents-1440-light.png" });
  await page.getByRole("row", { name: new RegExp(file) }).getByRole("button", { name: /Retire/ }).click();
  await page.getByRole("dialog").getByLabel("Reason").fill("A newer offer came");
  await page.getByRole("dialog").getByRole("button", { name: "Retire" }).click();
  await expect(link).toBeHidden();
});

test("a contract is entered, signed and priced, and an order takes its price by a key", async ({ open }) => {
  const page = await open("procurement");
  const title = `Switches ${Date.now()}`;
  await page.goto("/contracts");
  await page.getByRole("button", { name: "New contract" }).click();
  const form = page.getByRole("dialog", { name: "New contract" });
  await form.getByRole("combobox", { name: "Kind" }).click();
  await page.getByRole("option", { name: "Framework" }).click();
  await form.getByLabel("Title").fill(title);
  await pick(page, "Vendor", "HARBOUR-NETWORKS");
  await pick(page, "Team", "A-2");
  const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
  await form.getByLabel("From").fill(day(-1));
  await form.getByLabel("Last day").fill(day(200));
  await form.getByLabel("Notice (days)").fill("30");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
  await page.getByRole("button", { name: "Add a price" }).click();
  await pick(page, "Model", "OM2216");
  await page.getByRole("dialog").getByLabel("Unit price").fill("1799.50");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: "Prices" })).toContainText("799.50");
  await page.getByRole("button", { name: "It is signed" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "It is signed" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Active");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "screenshots/contract-new-1440-light.png", fullPage: true });

  await page.goto("/contracts/calendar");
  await expect(page.getByRole("list", { name: "The next twelve months" })).toContainText(title);

  await page.goto("/orders/new");
  await pick(page, "Vendor", "HARBOUR-NETWORKS");
  await pick(page, "Model of line 1", "OM2216");
  const price = page.getByRole("textbox", { name: "Unit price of line 1" });
  await expect(price).toHaveAttribute("placeholder", "1799.50");
  await expect(price).toHaveValue("");
  await expect(page.getByRole("status").filter({ hasText: "Line 1:" })).toContainText("last paid");
  await page.screenshot({ path: "screenshots/order-price-1440-light.png" });
  await price.focus();
  await page.keyboard.press("=");
  await expect(price).toHaveValue("1799.50");
});

for (const size of [DESKTOP, PHONE]) {
  test(`a vendor's scorecard, its contracts and their calendar are sound at ${size.width} pixels`, async ({ open }) => {
    const page = await open("auditor", { viewport: size });
    const faults: string[] = [];
    for (const [name, address, shown] of [
      ["vendor-facts", "/vendors/NORTHWIND-SYSTEMS", "Contacts"],
      ["vendor-scorecard", "/vendors/NORTHWIND-SYSTEMS?tab=scorecard", "On time"],
      ["vendor-contracts", "/vendors/NORTHWIND-SYSTEMS?tab=contracts", "Servers and parts"],
      ["contracts", "/contracts", "Servers and parts"],
      ["contract-calendar", "/contracts/calendar", "Last day to give notice"],
    ] as const) {
      await page.goto(address);
      await expect(page.getByText(shown).first()).toBeVisible();
      await page.waitForLoadState("networkidle");
      await page.screenshot({ path: `screenshots/${name}-${size.width}-light.png`, fullPage: true });
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (wide > 0) faults.push(`${name}: ${wide} pixels wider than the screen`);
      faults.push(...(await serious(page)).map((fault) => `${name}: ${fault}`));
    }
    await page.goto("/vendors/NORTHWIND-SYSTEMS?tab=scorecard");
    await page.getByRole("button", { name: 'What "On time" says' }).focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("Of the order lines that fell due in the period")).toBeVisible();
    // Whoever only reads cannot add, and is told why.
    await page.goto("/vendors/NORTHWIND-SYSTEMS?tab=documents");
    await expect(page.getByText(/needs the role procurement/).first()).toBeVisible();
    expect(faults.join("\n")).toBe("");
  });
}
