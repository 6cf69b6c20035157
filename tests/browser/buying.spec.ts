/** An order's whole way by keys and a scanner: raised, approved, sent, received, matched, closed. Nothing here uses a mouse. */
import type { Page } from "@playwright/test";
import { serious } from "./support/axe";
import { press, tabTo, typeAndTake } from "./support/keys";
import { writeLines } from "./support/order-entry";
import { first } from "./support/orders";
import { expect, test } from "./support/people";
import { carton, scan } from "./support/scanner";
import { withMail } from "./support/with-mail";

const mail = withMail();

/** Goes to a record by its code, as one who knows it does. */
async function open(page: Page, code: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.keyboard.press("Control+k");
  await page.keyboard.type(code);
  await expect(page.getByRole("option", { name: new RegExp(code) }).first()).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(code);
}

test("a buyer takes an order from its first key to closed", async ({ open: as }) => {
  const buyer = await as("procurement");
  await buyer.goto("/");
  await buyer.getByRole("heading", { level: 1 }).waitFor();
  await buyer.keyboard.press("Control+k");
  await buyer.keyboard.type("new purchase");
  await buyer.keyboard.press("Enter");
  await expect(buyer.getByRole("heading", { level: 1, name: "New purchase order" })).toBeVisible();
  for (const [label, words] of [
    ["Vendor", "Northwind"],
    ["For team", "A-2"],
    ["Deliver to", "WH1"],
  ] as const) {
    const field = buyer.getByRole("combobox", { name: label });
    await tabTo(field);
    await typeAndTake(field, words);
  }
  await tabTo(buyer.getByRole("combobox", { name: "Model of line 1" }));
  await writeLines(buyer, [{ model: "R740", quantity: 2, price: "4100" }]);
  await buyer.keyboard.press("Control+Enter");
  await expect(buyer).toHaveURL(/\/orders\/PO-/);
  const order = buyer.url().split("/").pop() ?? "";
  const state = buyer.getByRole("heading", { level: 1 });
  await press(buyer, "Submit for approval");
  await expect(state).toContainText("Submitted");

  const approver = await as("approver");
  await open(approver, order);
  await press(approver, "Approve");
  await expect(approver.getByRole("heading", { level: 1 })).toContainText("Approved");

  await open(buyer, order);
  await press(buyer, "Send to the vendor", "Send");
  await expect(state).toContainText("Ordered");
  await expect.poll(() => mail.taken.some((one) => one.text.includes(`${order}.pdf`)), { timeout: 20_000 }).toBe(true);

  const warehouse = await as("warehouse");
  await warehouse.goto("/scan");
  const field = warehouse.getByRole("textbox", { name: "Scanned or typed code" });
  await expect(field).toBeFocused();
  await scan(warehouse, order);
  const now = warehouse.getByRole("region", { name: "What is being done" });
  await expect(now).toContainText(order);
  const bin = warehouse.getByRole("combobox", { name: "Receiving bin" });
  await tabTo(bin);
  await typeAndTake(bin, "WH1-REC-01");
  await tabTo(field);
  const { part_number } = await first(warehouse, "/models?q=PowerEdge%20R740&limit=1");
  const stamp = Date.now().toString(36).toUpperCase();
  for (const piece of [1, 2]) {
    await scan(warehouse, carton({ order, part: part_number, serial: `WAY${stamp}${piece}` }));
    await expect(now).toContainText(`${piece} of 2`);
  }

  await open(buyer, order);
  await expect(state).toContainText("Received");
  await press(buyer, "Enter an invoice");
  await expect(buyer.getByRole("textbox", { name: "Vendor's number" })).toBeFocused();
  await buyer.keyboard.type(`WAY-${stamp}`);
  await buyer.keyboard.press("Control+Enter");
  // Ordered, received and charged alike: nobody has to look at it.
  await expect(state).toContainText(/INV-.*Approved/);
  await expect(buyer.getByRole("region", { name: "Match by line" })).toBeVisible();

  await open(buyer, order);
  await press(buyer, "Close");
  await expect(state).toContainText("Closed");
  const story = buyer.getByRole("complementary", { name: "Story" });
  for (const step of ["submitted", "approved", "sent", "received", "invoice", "closed"]) await expect(story).toContainText(new RegExp(step, "i"));
  expect(await serious(buyer)).toEqual([]);
  await buyer.screenshot({ path: "screenshots/order-closed-1440.png", fullPage: true });
});
