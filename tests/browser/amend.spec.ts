/** An order that was agreed upon is amended: what raises its total waits for the approver, and stays readable. */
import { first, ordered } from "./support/orders";
import { DESKTOP, expect, test } from "./support/people";

test("a buyer amends an order, the approver agrees, and what changed stays readable", async ({ open }) => {
  const page = await open("procurement", { viewport: DESKTOP });
  const approver = await open("approver", { viewport: DESKTOP });
  const budget = await first(page, "/budgets?limit=1&team=A-2");
  const lines = [{ model: "panduit-cat6a-patch-cable-2-m", quantity: 20, unit_price: "4.00", tax_percent: "19" }];
  const code = await ordered(page, approver, { budget: budget.code, freight: "25", lines });

  await page.goto(`/orders/${code}`);
  await expect(page.getByRole("region", { name: "Lines of the order" })).toContainText("120.20");
  await page.getByRole("button", { name: "Amend", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: `Amend ${code}` });
  const save = dialog.getByRole("button", { name: "Amend" });
  await expect(save).toBeDisabled();
  const quantity = dialog.getByRole("textbox", { name: "Quantity of line 1" });
  await expect(quantity).toBeFocused();
  await quantity.fill("30");
  await dialog.getByRole("textbox", { name: "Reason" }).fill("Ten more racks");
  await save.click();
  const amendments = page.getByRole("region", { name: "Amendments" });
  await expect(amendments).toContainText("Proposed");
  await expect(amendments).toContainText("Line 1: quantity 20 to 30");
  await expect(page.getByRole("region", { name: "Lines of the order" })).toContainText("120.20");

  await approver.goto(`/orders/${code}`);
  await approver.getByRole("button", { name: "Approve the amendment" }).click();
  await approver.getByRole("dialog").getByRole("button", { name: "Approve the amendment" }).click();
  await expect(approver.getByRole("region", { name: "Amendments" })).toContainText("Applied");
  await expect(approver.getByRole("region", { name: "Lines of the order" })).toContainText("167.80");
  await expect(approver.getByRole("region", { name: "Approvals" })).toContainText("Amendment 1");
  await approver.screenshot({ path: "test-results/amended-1440.png", fullPage: true });
  await approver.setViewportSize({ width: 390, height: 844 });
  await approver.screenshot({ path: "test-results/amended-390.png", fullPage: true });
});
