/** From a number on the desk to its list, from a bar of a chart to its rows and their file: by keyboard, and every figure the same on both sides. */
import { serious } from "./support/axe";
import { tabTo } from "./support/keys";
import { DESKTOP, expect, PHONE, test } from "./support/people";

test("each number on a buyer's desk opens a list with as many rows", async ({ open }) => {
  const page = await open("procurement");
  await page.goto("/");
  const desk = page.locator("section", { has: page.getByRole("heading", { name: "On your desk" }) });
  await expect(desk.getByRole("link").first()).toBeVisible();
  const told = await desk.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("aria-label") ?? ""));
  expect(told.length).toBeGreaterThan(9);
  for (const words of told) {
    const [label, value] = words.split(": ") as [string, string];
    await page.goto("/");
    const link = desk.getByRole("link", { name: words, exact: true });
    await link.focus();
    await page.keyboard.press("Enter");
    await expect(page).not.toHaveURL(/\/$/);
    await expect(page.getByRole("search")).toBeVisible();
    if (value === "0") await expect(page.getByText(/answer to these filters/), label).toBeVisible();
    else await expect(page.getByText(new RegExp(`^${value} \\D`)).last(), label).toBeVisible();
  }
  await page.goto("/");
  await page.screenshot({ path: "screenshots/desk-1440-light.png", fullPage: true });
});

test("a bar of spend opens its rows, which come to what the bar says, and leave as CSV, by keyboard alone", async ({ open }) => {
  const page = await open("procurement");
  await page.goto("/reports");
  const report = page.getByRole("link", { name: /^Spend/ });
  await report.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Spend");
  await expect(page.getByRole("list", { name: "Spend: by month" }).getByRole("link").nth(3)).toBeVisible();
  await tabTo(page.getByRole("combobox", { name: "Sum by" }), 200);
  await page.keyboard.press("ArrowDown");
  const vendor = page.getByRole("option", { name: "Vendor" });
  await expect(vendor).toBeVisible();
  while ((await vendor.getAttribute("data-combobox-selected")) !== "true") await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const bar = page.getByRole("list", { name: "Spend by vendor" }).getByRole("link").first();
  await expect(bar).toBeVisible();
  const [, amount = "", count = ""] = /: ([^ ]+) EUR, (\d+) line/.exec((await bar.getAttribute("aria-label")) ?? "") ?? [];
  expect(amount).toMatch(/\d\.\d\d$/);
  await tabTo(bar);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lines of spend");
  await expect(page).toHaveURL(/vendor=/);
  await expect(page.getByText(new RegExp(`^${count} spend lines?$`))).toBeVisible();
  const csv = page.getByRole("link", { name: "Export CSV" });
  await tabTo(csv);
  const coming = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const file = await (await coming).createReadStream();
  let text = "";
  for await (const part of file) text += part;
  const [head = "", ...rows] = text.trim().split("\n");
  const at = head.trim().split(",").indexOf("amount");
  // No cell of these has a comma of its own but quoted ones, which come before.
  const cents = rows.map((row) => row.replace(/"[^"]*"/g, "").trim().split(",")[at] ?? "").reduce((sum, cell) => sum + Math.round(Number(cell) * 100), 0);
  expect(rows).toHaveLength(Number(count));
  expect(cents).toBe(Math.round(Number(amount.replace(/\u202f/g, "").replace("\u2212", "-")) * 100));
});

test("a period, a team and those below it, the charge-back and what is open", async ({ open }) => {
  const page = await open("auditor");
  await page.goto("/reports/spend");
  const teams = page.getByRole("region", { name: "Spend by team, in figures" });
  await teams.getByRole("button", { name: "teams below A" }).press("Enter");
  await expect(page).toHaveURL(/team=A/);
  await expect(page.getByRole("list", { name: "Spend by team" }).getByRole("link", { name: /^A-4 / })).toBeVisible();
  await page.screenshot({ path: "screenshots/spend-team-1440-light.png", fullPage: true });
  await page.goto("/reports/charge-back");
  const charged = page.getByRole("region", { name: /^Charged by division/ });
  const line = charged.getByRole("link", { name: /^Lines of A-3/ }).first();
  await line.press("Enter");
  await expect(page).toHaveURL(/owner=A-3/);
  await page.goto("/reports/commitments");
  await expect(page.getByRole("list", { name: "Open commitments by team" }).getByRole("link").first()).toBeVisible();
  await page.getByRole("list", { name: "Open commitments: by month expected" }).getByRole("link").first().press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Lines of commitments");
  await expect(page.getByText(/^\d+ commitments?$/)).toBeVisible();
});

for (const size of [DESKTOP, PHONE]) {
  test(`what is about money and vendors is sound at ${size.width} pixels, light and dark`, async ({ open }) => {
    test.setTimeout(120_000);
    const page = await open("auditor", { viewport: size });
    const faults: string[] = [];
    for (const [name, address] of Object.entries({
      spend: "/reports/spend",
      "spend-vendor": "/reports/spend?by=vendor",
      "charge-back": "/reports/charge-back",
      commitments: "/reports/commitments",
      "vendor-scores": "/vendor-scores",
    })) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.goto(address);
        await page.waitForLoadState("networkidle");
        await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("This page failed");
        await page.screenshot({ path: `screenshots/${name}-${size.width}-${colorScheme}.png`, fullPage: true });
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (wide > 0) faults.push(`${name}: ${wide} pixels wider than the screen`);
        faults.push(...(await serious(page)).map((fault) => `${name} ${colorScheme}: ${fault}`));
      }
    }
    expect(faults.join("\n")).toBe("");
  });
}
