/** The keyboard alone: an order from the first key to the saved draft, and the ways around. */
import { expect, test } from "./support/people";
import { writeLines } from "./support/order-entry";

test("an order is written, saved and found again without a mouse", async ({ open }) => {
  const page = await open("procurement");
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("new purchase");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "New purchase order" })).toBeVisible();

  const choose = async (words: string) => {
    await page.keyboard.type(words);
    await expect(page.getByRole("option").first()).toBeVisible();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
  };
  await page.getByRole("combobox", { name: "Vendor" }).focus();
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await choose("A-2");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Model of line 1" }).focus();
  await writeLines(page, [
    { model: "R740", quantity: 2, price: "5890" },
    { model: "R650", quantity: 3, price: "4100.50" },
  ]);
  await expect(page.getByRole("complementary", { name: "Totals" })).toContainText("24\u202f081.50");
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/orders\/PO-/);
  await expect(page.getByText("Draft").first()).toBeVisible();
});

test("what was typed into an order survives a reload", async ({ open }) => {
  const page = await open("procurement");
  await page.goto("/orders/new");
  await page.getByRole("textbox", { name: "Unit price of line 1" }).fill("1234.5");
  await page.getByRole("textbox", { name: "Notes for the vendor and the approver" }).fill("Call before delivery");
  await page.reload();
  await expect(page.getByRole("textbox", { name: "Unit price of line 1" })).toHaveValue("1234.5");
  await expect(page.getByRole("textbox", { name: "Notes for the vendor and the approver" })).toHaveValue("Call before delivery");
});

test("keys lead everywhere, walk lists and open rows", async ({ open }) => {
  const page = await open("auditor");
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("g");
  await page.keyboard.press("a");
  await expect(page.getByRole("heading", { level: 1, name: "Assets" })).toBeVisible();
  await page.getByRole("table").getByRole("link").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  const code = await page.locator('tr[aria-current="true"] th').innerText();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/assets/${code.trim()}`));

  await page.keyboard.press("/");
  await page.keyboard.type(code.trim());
  await expect(page.getByRole("option").first()).toContainText(code.trim());
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
