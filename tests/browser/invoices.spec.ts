/** An invoice entered by keyboard beside its order, held, released, credited, paid; and things sent back to the vendor. */
import { serious } from "./support/axe";
import { tabTo } from "./support/keys";
import { change, ordered } from "./support/orders";
import { DESKTOP, expect, PHONE, test } from "./support/people";

const day = () => Date.now().toString(36);

test("an invoice is entered by keyboard, held for what is not here, released by the approver, credited and paid", async ({ open }) => {
  const page = await open("procurement", { viewport: DESKTOP });
  const approver = await open("approver", { viewport: DESKTOP });
  const warehouse = await open("warehouse", { viewport: DESKTOP });
  const lines = [{ model: "panduit-cat6a-patch-cable-2-m", quantity: 10, unit_price: "4.00", tax_percent: "19" }];
  const code = await ordered(page, approver, { lines, freight: "12" });
  await change(warehouse, `/purchase-orders/${code}/receive`, { line: "1", quantity: 8, location: "WH1-REC-01" });

  await page.goto(`/orders/${code}`);
  await tabTo(page.getByRole("button", { name: "More actions" }));
  await page.keyboard.press("Enter");
  const entry = page.getByRole("menuitem", { name: "Enter an invoice" });
  await expect(entry).toBeVisible();
  await entry.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "New invoice" })).toBeVisible();
  await expect(page.getByRole("textbox", { name: "Vendor's number" })).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("The number on the invoice.")).toBeVisible();
  const number = `RE-${day()}`;
  await page.keyboard.type(number);
  await tabTo(page.getByRole("textbox", { name: "Total on the paper" }));
  await page.keyboard.type("59.61");
  const quantity = page.getByRole("textbox", { name: "Quantity of line 1" });
  await expect(quantity).toHaveValue("8");
  await tabTo(quantity);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("10");
  await tabTo(page.getByRole("textbox", { name: "Freight" }));
  await page.keyboard.type("12");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/invoice-new-1440.png", fullPage: true });
  await page.keyboard.press("Control+Enter");
  // The paper says another total: what was typed stays, and the person looks again.
  await expect(page.getByText(/The lines come to 59.6 EUR/).first()).toBeVisible();
  await tabTo(page.getByRole("textbox", { name: "Total on the paper" }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("59.60");
  await page.keyboard.press("Control+Enter");

  const match = page.getByRole("region", { name: "Match by line" });
  await expect(match).toContainText("10 invoiced, 8 received and kept");
  await expect(page.locator("h1")).toContainText("Held");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/invoice-held-1440.png", fullPage: true });
  await page.setViewportSize(PHONE);
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/invoice-held-390.png", fullPage: true });
  await page.setViewportSize(DESKTOP);
  const release = page.getByRole("button", { name: "Release" });
  await expect(release).toHaveAttribute("aria-disabled", "true");

  await approver.goto(page.url());
  await approver.getByRole("button", { name: "Release" }).click();
  const dialog = approver.getByRole("dialog", { name: /^Release INV-/ });
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Two are on their way");
  await dialog.getByRole("button", { name: "Release" }).click();
  await expect(approver.locator("h1")).toContainText("Approved");
  await expect(approver.getByRole("region", { name: "Match by line" })).toContainText("Two are on their way");

  await page.reload();
  await page.getByRole("button", { name: "Enter a credit note" }).click();
  const credit = page.getByRole("dialog", { name: /^Credit note for INV-/ });
  await expect(credit.getByRole("textbox", { name: "Vendor's number" })).toBeFocused();
  await page.keyboard.type(`GS-${day()}`);
  await credit.getByRole("textbox", { name: "Net amount of line 1" }).fill("4");
  await credit.getByRole("textbox", { name: "Reason" }).fill("Discount forgotten");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/credit-1440.png" });
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("region", { name: "Credit notes" })).toContainText("Discount forgotten");
  await page.getByRole("button", { name: "Mark as paid" }).click();
  const pay = page.getByRole("dialog", { name: /^Mark as paid INV-/ });
  await pay.getByRole("textbox", { name: "Number of the transfer" }).fill("SEPA 88");
  await pay.getByRole("button", { name: "Mark as paid" }).click();
  await expect(page.locator("h1")).toContainText("Paid");

  await page.goto(`/orders/${code}`);
  await expect(page.getByRole("region", { name: "Invoices", exact: true })).toContainText(number);
  await expect(page.getByRole("region", { name: "Invoiced by line" })).toContainText("10");
  await page.goto("/invoices");
  await expect(page.getByRole("heading", { level: 1, name: "Invoices" })).toBeVisible();
  await expect(page.getByText(number)).toBeVisible();
  await page.screenshot({ path: "test-results/invoices-1440.png" });
});

test("what is broken goes back to the vendor from the order's page", async ({ open }) => {
  const page = await open("procurement", { viewport: DESKTOP });
  const approver = await open("approver", { viewport: DESKTOP });
  const warehouse = await open("warehouse", { viewport: DESKTOP });
  const lines = [
    { model: "dell-poweredge-r740", quantity: 2, unit_price: "4100" },
    { model: "panduit-cat6a-patch-cable-2-m", quantity: 6, unit_price: "4.00" },
  ];
  const code = await ordered(page, approver, { lines });
  const serials = [`RB${day()}1`, `RB${day()}2`];
  await change(warehouse, `/purchase-orders/${code}/receive`, { line: "1", serials, location: "WH1-REC-01" });
  await change(warehouse, `/purchase-orders/${code}/receive`, { line: "2", quantity: 6, location: "WH1-REC-01" });
  await change(page, "/invoices", { order: code, number: `RB-${day()}`, invoiced_on: "2026-01-05", lines: [{ line: 1, quantity: 2 }, { line: 2, quantity: 6 }] });

  await warehouse.goto(`/orders/${code}`);
  await warehouse.getByRole("button", { name: "Return to the vendor" }).click();
  const dialog = warehouse.getByRole("dialog", { name: `Return of ${code}` });
  await expect(dialog.getByRole("textbox", { name: "RMA number" })).toBeFocused();
  await warehouse.keyboard.type("RMA-2211");
  await dialog.getByRole("checkbox", { name: new RegExp(serials[0]!) }).check();
  await dialog.getByRole("textbox", { name: /^Pieces of/ }).fill("2");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Bent in transit");
  expect(await serious(warehouse)).toEqual([]);
  await warehouse.screenshot({ path: "test-results/return-dialog-1440.png" });
  await warehouse.setViewportSize(PHONE);
  await warehouse.screenshot({ path: "test-results/return-dialog-390.png" });
  await warehouse.setViewportSize(DESKTOP);
  await warehouse.keyboard.press("Control+Enter");
  await expect(warehouse.locator("h1")).toContainText("Sent");
  await expect(warehouse.getByRole("region", { name: "What went back" }).first()).toContainText(serials[0]!);
  expect(await serious(warehouse)).toEqual([]);
  await warehouse.screenshot({ path: "test-results/return-1440.png", fullPage: true });

  await page.goto(`/orders/${code}`);
  await expect(page.getByRole("region", { name: "Returns" })).toContainText("RMA-2211");
  await expect(page.getByRole("region", { name: "Invoices", exact: true })).toContainText("Held");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/order-circle-1440.png", fullPage: true });
  await page.setViewportSize(PHONE);
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/order-circle-390.png", fullPage: true });
});
