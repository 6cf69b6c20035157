/** The keyboard alone: an order from the first key to the saved draft, and the ways around. */
import { serious } from "./support/axe";
import { expect, test } from "./support/people";
import { tabTo, typeAndTake } from "./support/keys";
import { pick, writeLines } from "./support/order-entry";
import { change, first, submittedOrder } from "./support/orders";
import { carton, scan } from "./support/scanner";

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

test("a line's discount, tax and day are set by keys, and the books work out what it costs", async ({ open }) => {
  const page = await open("procurement");
  await page.goto("/orders/new");
  for (const [label, words] of [
    ["Vendor", "Northwind"],
    ["For team", "A-2"],
    ["Deliver to", "WH1"],
  ] as const)
    await pick(page, label, words);
  await writeLines(page, [{ model: "R740", quantity: 2, price: "100" }]);
  await page.keyboard.press("Alt+t");
  const dialog = page.getByRole("dialog", { name: "Terms of line 1" });
  await expect(dialog.getByRole("textbox", { name: "Discount on the unit price" })).toBeFocused();
  await page.keyboard.type("500");
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toContainText("A percentage from 0 to 100");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("5");
  await page.keyboard.press("Tab");
  await page.keyboard.type("19");
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "screenshots/order-terms-1440.png" });
  await page.keyboard.press("Control+Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("table", { name: "Lines of the order" })).toContainText("5 % off · tax 19 %");
  await expect(page.getByRole("textbox", { name: "Unit price of line 1" })).toBeFocused();
  await page.screenshot({ path: "screenshots/order-terms-said-1440.png" });
  await page.keyboard.press("Control+Enter");
  await expect(page).toHaveURL(/\/orders\/PO-/);
  // 2 x 100.00 less 5 %, and 19 % of that.
  await expect(page.getByRole("main")).toContainText("226.10");
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

test("an order is approved, ordered and received by keyboard alone", async ({ open }) => {
  const buyer = await open("procurement");
  const order = await submittedOrder(buyer);
  const approver = await open("approver");
  await approver.goto(`/orders/${order}`);
  await tabTo(approver.getByRole("button", { name: "Approve", exact: true }));
  await approver.keyboard.press("Enter");
  await expect(approver.getByRole("dialog").getByRole("button", { name: "Approve" })).toBeFocused();
  await approver.keyboard.press("Enter");
  await expect(approver.getByRole("heading", { level: 1 })).toContainText("Approved");
  await change(buyer, `/purchase-orders/${order}/order`);

  const page = await open("warehouse");
  await page.goto("/scan");
  await expect(page.getByRole("textbox", { name: "Scanned or typed code" })).toBeFocused();
  await scan(page, order);
  const now = page.getByRole("region", { name: "What is being done" });
  await expect(now).toContainText(order);
  const bin = page.getByRole("combobox", { name: "Receiving bin" });
  await tabTo(bin);
  await typeAndTake(bin, "WH1-REC-01");
  await tabTo(page.getByRole("textbox", { name: "Scanned or typed code" }));
  const { part_number } = await first(page, "/models?q=PowerEdge%20R740&limit=1");
  await scan(page, carton({ order, part: part_number, serial: `KB${Date.now().toString(36).toUpperCase()}` }));
  await expect(page.getByRole("region", { name: "Last scan" })).toHaveAttribute("data-tone", "yes");
  await expect(now).toContainText("1 of 2");
});

test("a device is placed in a rack, cabled and licensed by keyboard alone", async ({ open }) => {
  const page = await open("administrator");
  const { code } = await first(page, "/assets?status=received&kind=device&sort=-code&limit=1");
  const { code: rack } = await first(page, "/racks?q=R09&limit=1");
  await page.goto(`/racks/${rack}`);
  const front = page.getByRole("listbox", { name: `${rack} front` });
  await tabTo(front);
  for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const asset = page.getByRole("combobox", { name: "Asset" });
  await tabTo(asset);
  await typeAndTake(asset, code!);
  await tabTo(page.getByRole("button", { name: "Place", exact: true }));
  await page.keyboard.press("Enter");
  await expect(front.getByRole("option", { name: new RegExp(code!) })).toBeVisible();

  await page.goto(`/assets/${code}?tab=ports`);
  await tabTo(page.getByRole("button", { name: /^Connect / }).first());
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  const other = dialog.getByRole("combobox", { name: "To asset" });
  await expect(other).toBeFocused();
  await typeAndTake(other, (await first(page, "/assets?q=DCS-7050&status=in_service&limit=1")).code!);
  const port = dialog.getByRole("combobox", { name: "Port", exact: true });
  await tabTo(port);
  await page.keyboard.type("Ethernet2");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(port).toHaveValue(/Ethernet2/);
  await tabTo(dialog.getByRole("button", { name: "Connect", exact: true }));
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);

  await page.keyboard.press("g");
  await page.keyboard.press("l");
  await page.getByRole("table").getByRole("link").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/licences\/ENT-/);
  await tabTo(page.getByRole("button", { name: "Give a seat" }));
  await page.keyboard.press("Enter");
  const device = dialog.getByRole("combobox", { name: "Device" });
  await tabTo(device);
  await typeAndTake(device, code!);
  await tabTo(dialog.getByRole("button", { name: "Give the seat" }));
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Seats given" })).toContainText(code!);
});

test("x chooses a row, e edits a record, and in the past e says why not", async ({ open }) => {
  const page = await open("administrator");
  await page.goto("/assets");
  await page.getByRole("table").getByRole("link").first().waitFor();
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await expect(page.getByRole("toolbar", { name: "With the chosen rows" })).toContainText("1 chosen");

  const { code } = await first(page, "/vendors?limit=1");
  await page.goto(`/vendors/${code}`);
  await page.getByRole("button", { name: "Edit" }).waitFor();
  await page.keyboard.press("e");
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.goto(`/vendors/${code}?as_of=${encodeURIComponent(new Date(Date.now() - 1500).toISOString())}`);
  await page.getByRole("button", { name: "Edit" }).waitFor();
  await page.keyboard.press("e");
  await expect(page.getByRole("alert").filter({ hasText: "looking at the past" })).toBeVisible();
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
