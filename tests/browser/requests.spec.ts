/** A team asks, the buyer bundles two requests into one order, and whoever asked follows it to the shelf. */
import { serious } from "./support/axe";
import { change, first } from "./support/orders";
import { DESKTOP, expect, PHONE, test } from "./support/people";

test("asking by keyboard, bundling, and the way to the rack", async ({ open }) => {
  test.setTimeout(240_000);
  const asker = await open("technician", { viewport: DESKTOP });
  const buyer = await open("procurement", { viewport: DESKTOP });
  const approver = await open("approver", { viewport: DESKTOP });
  const warehouse = await open("warehouse", { viewport: DESKTOP });

  // Asking, without a mouse.
  await asker.goto("/requests/new");
  const team = asker.getByRole("combobox", { name: "For team" });
  await expect(team).toBeFocused();
  await asker.keyboard.type("A-3");
  await expect(asker.getByRole("option").first()).toBeVisible();
  await asker.keyboard.press("Enter");
  await expect(team).toHaveValue(/A-3/);
  await asker.getByRole("textbox", { name: "Project" }).focus();
  await asker.keyboard.type("Hall 2");
  await asker.keyboard.press("Tab");
  await asker.keyboard.press("Tab");
  await asker.keyboard.type("Two more servers for the new row");
  await asker.keyboard.press("Tab");
  await asker.keyboard.type("PowerEdge R650");
  await expect(asker.getByRole("option").first()).toContainText("R650");
  await asker.keyboard.press("Enter");
  await asker.keyboard.press("Enter");
  await asker.keyboard.type("2");
  await asker.keyboard.press("Enter");
  await asker.keyboard.type("A hand truck that carries 250 kg");
  await asker.keyboard.press("Tab");
  await asker.keyboard.type("1");
  await asker.keyboard.press("Control+Enter");
  await expect(asker).toHaveURL(/\/requests\/REQ-/);
  const code = asker.url().split("/").at(-1)!;
  await expect(asker.getByRole("list", { name: "Way of line 1" })).toContainText("A draft yet");
  await asker.getByRole("button", { name: "Submit" }).click();
  await asker.getByRole("dialog").getByRole("button", { name: "Submit" }).click();
  await expect(asker.getByRole("list", { name: "Way of line 1" })).toContainText("Waits for a buyer");

  // The buyer finds it at home, accepts it, and bundles it with another's.
  const model = await first(buyer, "/models?q=PowerEdge%20R650&limit=1");
  const other = await change(asker, "/requisitions", { team: "A-3", reason: "A spare", lines: [{ model: model.code, quantity: 1 }] });
  await change(asker, `/requisitions/${other.code}/submit`);
  await change(buyer, `/requisitions/${other.code}/accept`);
  await buyer.goto("/");
  await expect(buyer.getByRole("link", { name: new RegExp(`hand truck.*accept or refuse`, "i") })).toBeVisible();
  await buyer.goto(`/requests/${code}`);
  await buyer.getByRole("button", { name: "Accept" }).click();
  await buyer.getByRole("dialog").getByRole("button", { name: "Accept" }).click();
  await expect(buyer.getByRole("button", { name: "Order it" })).toBeVisible();
  await buyer.goto(`/requests/to-order?sort=code`);
  for (const line of [`${code} 1`, `${code} 2`, `${other.code} 1`]) {
    const [request, number] = line.split(" ");
    const row = buyer.getByRole("row").filter({ hasText: request! }).filter({ hasText: number === "2" ? "hand truck" : "R650" });
    await row.getByRole("checkbox").check();
  }
  await buyer.screenshot({ path: "test-results/to-order-1440.png" });
  await buyer.getByRole("button", { name: "Bundle" }).click();
  const dialog = buyer.getByRole("dialog");
  await expect(dialog.getByRole("combobox", { name: "Vendor" })).toBeFocused();
  await buyer.keyboard.type("Northwind");
  await expect(buyer.getByRole("option").first()).toContainText("Northwind");
  await buyer.keyboard.press("Enter");
  await dialog.getByRole("combobox", { name: "Deliver to" }).fill("WH1");
  await expect(buyer.getByRole("option").first()).toContainText("WH1");
  await buyer.keyboard.press("Enter");
  const save = dialog.getByRole("button", { name: "Make a draft order" });
  await expect(save).toBeDisabled();
  await dialog.getByRole("combobox", { name: `Model for line 2 of ${code}` }).fill("label tape");
  await expect(buyer.getByRole("option").first()).toBeVisible();
  await buyer.keyboard.press("Enter");
  await buyer.screenshot({ path: "test-results/bundle-1440.png" });
  expect(await serious(buyer)).toEqual([]);
  await save.click();
  await expect(dialog.getByRole("row").filter({ hasText: "hand truck" })).toContainText("Say what one costs");
  await dialog.getByRole("textbox", { name: `Unit price of line 2 of ${code}` }).fill("13.40");
  await buyer.keyboard.press("Control+Enter");
  await expect(buyer).toHaveURL(/\/orders\/PO-/);
  const order = buyer.url().split("/").at(-1)!;
  const lines = buyer.getByRole("region", { name: "Lines of the order" });
  await expect(lines).toContainText(`2 for ${code}`);
  await expect(lines).toContainText(`1 for ${other.code}`);
  await expect(lines.getByRole("row").filter({ hasText: "R650" })).toContainText("0 of 3");

  // Ordered and received, the asker sees each piece and its place.
  await change(buyer, `/purchase-orders/${order}/submit`);
  await change(approver, `/purchase-orders/${order}/approve`);
  await change(buyer, `/purchase-orders/${order}/order`);
  await asker.goto(`/requests/${code}`);
  const way = asker.getByRole("list", { name: "Way of line 1" });
  await expect(way).toContainText(order);
  await expect(way).toContainText("Expected");
  const line = (await first<{ number: string }>(buyer, `/purchase-order-lines?order=${order}&model=like:R650&limit=1`)).number;
  await change(warehouse, `/purchase-orders/${order}/receive`, { line: String(line), serials: ["REQSER1", "REQSER2"], location: "WH1-REC-01" });
  await asker.reload();
  await expect(way).toContainText("2 of 2");
  await expect(asker.getByRole("region", { name: "Assets of line 1" })).toContainText("REQSER1");
  await expect(asker.getByRole("region", { name: "Assets of line 1" })).toContainText("WH1-REC-01");
  expect(await serious(asker)).toEqual([]);
  await asker.screenshot({ path: "test-results/request-1440.png", fullPage: true });
  await asker.setViewportSize(PHONE);
  await asker.screenshot({ path: "test-results/request-390.png", fullPage: true });
  expect(await asker.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  expect(await serious(asker)).toEqual([]);
});
