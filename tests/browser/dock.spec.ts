/** What a vendor announced is entered at the desk and verified at the dock; what is not taken in is reported and settled. */
import { serious } from "./support/axe";
import { choose, ordered } from "./support/orders";
import { DESKTOP, expect, PHONE, test } from "./support/people";
import { scan } from "./support/scanner";

/** The smallest photo: one pixel. */
const PIXEL = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");

test("serials that the vendor announced are verified by scanning, without knowing the order", async ({ open }) => {
  const desk = await open("procurement", { viewport: DESKTOP });
  const lines = [{ model: "dell-poweredge-r740", quantity: 3, unit_price: "4100" }];
  const code = await ordered(desk, await open("approver"), { lines });

  await desk.goto(`/orders/${code}`);
  await choose(desk, "Enter a shipping notice");
  await expect(desk.getByLabel("Vendor’s delivery number")).toBeFocused();
  await desk.keyboard.type("DN-7001");
  await desk.getByLabel("Serials").fill("XDOCK01\nXDOCK02, XDOCK03");
  await expect(desk.getByText("3 serials")).toBeVisible();
  expect(await serious(desk)).toEqual([]);
  await desk.keyboard.press("Control+Enter");
  await expect(desk.getByRole("region", { name: "Serials" })).toContainText("XDOCK02");
  await desk.screenshot({ path: "screenshots/dock-notice-1440.png" });
  expect(await serious(desk)).toEqual([]);

  const dock = await open("warehouse", { viewport: PHONE });
  const card = dock.getByRole("region", { name: "Last scan" });
  await dock.goto("/scan?task=receive");
  await expect(dock.getByRole("region", { name: "What is being done" })).toContainText("Scan the order");
  await scan(dock, "XDOCK01");
  await expect(card).toHaveAttribute("data-tone", "yes");
  await expect(dock.getByRole("region", { name: "What is being done" })).toContainText("1 of 3");

  // One letter off: the announced one that it is nearest to is named; it may be taken in all the same.
  await scan(dock, "XDOCK0Z");
  await expect(card).toHaveAttribute("data-tone", "look");
  await expect(card).toContainText("not among the serials announced");
  await dock.screenshot({ path: "screenshots/dock-scan-390.png" });
  await dock.getByRole("group", { name: "Next steps" }).getByRole("button", { name: "Receive it all the same" }).click();
  await expect(card).toHaveAttribute("data-tone", "yes");

  await dock.goto(`/orders/${code}`);
  await expect(dock.getByRole("region", { name: "Shipping notices" })).toContainText("DN-7001");
  await expect(dock.getByRole("region", { name: "Discrepancies" })).toContainText("Not announced");
});

test("what is refused at the dock is reported there and settled at the desk", async ({ open }) => {
  const desk = await open("procurement", { viewport: DESKTOP });
  const lines = [{ model: "panduit-cat6a-patch-cable-2-m", quantity: 5, unit_price: "4" }];
  const code = await ordered(desk, await open("approver"), { lines });
  const dock = await open("warehouse", { viewport: PHONE });
  await dock.goto(`/orders/${code}`);
  await choose(dock, "Report a discrepancy");
  const dialog = dock.getByRole("dialog");
  await dialog.getByLabel("Pieces").fill("2");
  await dialog.getByLabel("Why was it refused?").fill("Crushed by the pallet above");
  expect(await serious(dock)).toEqual([]);
  await dock.screenshot({ path: "screenshots/dock-report-390.png" });
  await dialog.getByRole("button", { name: "Report" }).click();
  await expect(dock.getByRole("heading", { level: 1 })).toContainText("Refused");
  await dock.locator('input[type="file"]').first().setInputFiles({ name: "pallet.png", mimeType: "image/png", buffer: PIXEL });
  await expect(dock.getByRole("link", { name: /pallet.png/ })).toBeVisible();
  await dock.screenshot({ path: "screenshots/dock-discrepancy-390.png", fullPage: true });
  await dock.goto(`/orders/${code}`);
  await expect(dock.getByRole("region", { name: "Discrepancies" })).toContainText("Crushed by the pallet above");

  await desk.goto(`/orders/${code}`);
  await desk.getByRole("region", { name: "Discrepancies" }).getByRole("link").first().click();
  await desk.getByRole("button", { name: "Settle" }).click();
  await desk.getByRole("dialog").getByLabel("Resolution").fill("The vendor sends two more");
  await desk.keyboard.press("Control+Enter");
  await expect(desk.getByRole("main")).toContainText("The vendor sends two more");
  await expect(desk.getByRole("main")).toContainText("Resolved");
});
