/** An order that was agreed upon is amended: what raises its total waits for the approver, and stays readable. */
import { DESKTOP, expect, test } from "./support/people";

test("a buyer amends an order, the approver agrees, and what changed stays readable", async ({ open }) => {
  const change = { headers: { "X-Quartermaster": "1" } };
  const page = await open("procurement", { viewport: DESKTOP });
  const approver = await open("approver", { viewport: DESKTOP });
  const vendors = (await (await page.request.get("/api/v1/vendors?limit=1")).json()) as { items: { code: string }[] };
  const budgets = (await (await page.request.get("/api/v1/budgets?limit=1")).json()) as { items: { code: string }[] };
  const data = {
    vendor: vendors.items[0]!.code,
    team: "A-2",
    deliver_to: "WH1",
    budget: budgets.items[0]!.code,
    freight: "25",
    lines: [{ model: "panduit-cat6a-patch-cable-2-m", quantity: 20, unit_price: "4.00", tax_percent: "19" }],
  };
  const raised = await page.request.post("/api/v1/purchase-orders", { ...change, data });
  const { code } = (await raised.json()) as { code: string };
  for (const [who, step] of [
    [page.request, "submit"],
    [approver.request, "approve"],
    [page.request, "order"],
  ] as const) {
    expect((await who.post(`/api/v1/purchase-orders/${code}/${step}`, { ...change, data: {} })).status()).toBe(200);
  }

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
