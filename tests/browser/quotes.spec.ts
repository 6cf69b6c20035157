/** Vendors are asked, answer, are compared, and the chosen answers become orders; at a desk and on a phone. */
import { serious } from "./support/axe";
import { first } from "./support/orders";
import { DESKTOP, expect, PHONE, test } from "./support/people";

test("asking vendors, comparing their answers, and choosing line by line", async ({ open }) => {
  test.setTimeout(240_000);
  const page = await open("procurement", { viewport: DESKTOP });
  const pick = async (label: string, text: string) => {
    await page.getByRole("combobox", { name: label }).fill(text);
    await expect(page.getByRole("option").first()).toContainText(text);
    await page.keyboard.press("Enter");
  };
  await page.goto("/quotes/new");
  await expect(page.getByRole("textbox", { name: "What about" })).toBeFocused();
  await page.keyboard.type("Servers for the new row");
  await pick("For team", "A-2");
  await pick("Deliver to", "WH1");
  for (const vendor of ["Northwind", "Harbour"]) await pick("Vendors", vendor);
  await expect(page.getByRole("list", { name: "Vendors that are asked" }).getByRole("listitem")).toHaveCount(2);
  for (const [n, model] of ["PowerEdge R650", "TZe-231 label tape"].entries()) {
    await pick(`Model of line ${n + 1}`, model);
    await page.getByRole("textbox", { name: `Quantity of line ${n + 1}` }).fill(String(10 * (n + 1)));
    if (n === 0) await page.keyboard.press("Enter");
  }
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/quotes\/RFQ-/);
  await page.getByRole("button", { name: "Mark as sent" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Mark as sent" }).click();
  const table = page.getByRole("region", { name: "Answers side by side" });
  await expect(table).toContainText("No answer");

  // Both answer; what is wrong is said at its cell.
  const answer = async (vendor: string, prices: string[], days: string[]) => {
    await page.getByRole("button", { name: "Enter an answer" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("combobox", { name: "Vendor" }).click();
    await page.getByRole("option", { name: vendor }).click();
    for (const [n, price] of prices.entries()) {
      await dialog.getByRole("textbox", { name: `Unit price of line ${n + 1}` }).fill(price);
      await dialog.getByRole("textbox", { name: `Lead time of line ${n + 1}` }).fill(days[n]!);
    }
    if (vendor === "Northwind Systems") {
      await dialog.getByRole("textbox", { name: "Minimum of line 2" }).fill("few");
      await dialog.getByRole("button", { name: "Enter the answer" }).click();
      await expect(dialog).toContainText("A number above 0");
      await dialog.getByRole("textbox", { name: "Minimum of line 2" }).fill("25");
      await page.screenshot({ path: "test-results/answer-1440.png" });
      expect(await serious(page)).toEqual([]);
    }
    await page.keyboard.press("Control+Enter");
    await expect(dialog).toHaveCount(0);
  };
  await answer("Northwind Systems", ["5900", "12.10"], ["21", "5"]);
  await answer("Harbour Networks", ["6100", "11.90"], ["14", "7"]);
  await expect(table.getByRole("row").filter({ hasText: "R650" })).toContainText("Best price");
  await expect(table).toContainText("At least 25");
  await expect(table.getByRole("row").filter({ hasText: "Total" })).toContainText("Best total");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/compare-1440.png", fullPage: true });
  await page.setViewportSize(PHONE);
  await page.screenshot({ path: "test-results/compare-390.png", fullPage: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  expect(await serious(page)).toEqual([]);
  await page.setViewportSize(DESKTOP);

  // Line by line begins with the best price of each.
  await page.getByRole("button", { name: "Choose", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Take" }).click();
  await page.getByRole("option", { name: "Line by line" }).click();
  await expect(dialog.getByRole("combobox", { name: /Line 1/ })).toHaveValue(/Northwind.*best price/);
  await expect(dialog.getByRole("combobox", { name: /Line 2/ })).toHaveValue(/Harbour.*best price/);
  await expect(dialog).toContainText("2 draft orders");
  await page.screenshot({ path: "test-results/choose-1440.png" });
  await dialog.getByRole("textbox", { name: "Why this one" }).fill("Cheapest of each");
  await dialog.getByRole("button", { name: "Choose" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Awarded");
  const order = await first(page, "/purchase-orders?limit=1&sort=-code");
  await page.getByRole("link", { name: String(order.code) }).first().click();
  await expect(page.getByRole("region", { name: "Lines of the order" })).toBeVisible();
  await expect(page.getByText(/RFQ-\d{4}-\d{5}/).first()).toBeVisible();
});

test("lines that teams asked for go to the vendors with the request behind them", async ({ open }) => {
  const page = await open("procurement", { viewport: DESKTOP });
  await page.goto("/requests/to-order");
  const row = page.getByRole("row").filter({ hasText: "Velcro" });
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Ask for quotes" }).click();
  await expect(page.getByRole("region", { name: "Lines of requests" })).toContainText("Velcro");
  await page.getByRole("textbox", { name: "What about" }).fill("Straps");
  await page.getByRole("combobox", { name: "For team" }).fill("A-2");
  await expect(page.getByRole("option").first()).toContainText("A-2");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("Which model is that?")).toBeVisible();
  await page.getByRole("combobox", { name: /^Model for line/ }).fill("label tape");
  await expect(page.getByRole("option").first()).toContainText("label tape");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/quotes\/RFQ-/);
  await expect(page.getByText(/for REQ-/).first()).toBeVisible();
});
