/** What a carton does not say is asked for on the scan page: which line of the order, and how many. */
import { DESKTOP, expect, PHONE, test } from "./support/people";
import { carton, scan } from "./support/scanner";

test("the warehouse chooses the line and counts what the carton does not say", async ({ open }) => {
  const change = { headers: { "X-Quartermaster": "1" } };
  const buyer = (await open("procurement", { viewport: DESKTOP })).request;
  const approver = (await open("approver", { viewport: DESKTOP })).request;
  const vendors = (await (await buyer.get("/api/v1/vendors?limit=1")).json()) as { items: { code: string }[] };
  const lines = ["panduit-cat6a-patch-cable-2-m", "panduit-cage-nut-m6-with-screw"].map((model) => ({
    model,
    quantity: 20,
    unit_price: "1.00",
  }));
  const data = { vendor: vendors.items[0]!.code, team: "A-2", deliver_to: "WH1", lines };
  const raised = await buyer.post("/api/v1/purchase-orders", { ...change, data });
  const { code } = (await raised.json()) as { code: string };
  for (const [who, step] of [
    [buyer, "submit"],
    [approver, "approve"],
    [buyer, "order"],
  ] as const) {
    expect((await who.post(`/api/v1/purchase-orders/${code}/${step}`, { ...change, data: {} })).status()).toBe(200);
  }

  const page = await open("warehouse", { viewport: PHONE });
  const card = page.getByRole("region", { name: "Last scan" });
  const progress = page.getByRole("region", { name: "What is being done" });
  await page.goto(`/scan?task=receive&order=${code}`);
  await expect(progress).toContainText("0 of 40");

  // The carton says ten, not of what.
  await scan(page, carton({ order: code, quantity: 10 }));
  await expect(card).toHaveAttribute("data-tone", "look");
  const cable = page.getByRole("group", { name: "Next steps" }).getByRole("button", { name: /^1: .*20 open/ });
  expect((await cable.boundingBox())!.height).toBeGreaterThanOrEqual(56);
  await cable.click();
  await expect(card).toHaveAttribute("data-tone", "yes");
  await expect(progress).toContainText("10 of 40");

  // The carton says what, not how many.
  await scan(page, `[)>\u001e06\u001dK${code}\u001d1PCAGE-M6\u001e\u0004`);
  await expect(card).toContainText("How many are there?");
  await page.getByRole("button", { name: "How many?" }).click();
  const dialog = page.getByRole("dialog", { name: "How many?" });
  await expect(dialog.getByRole("textbox", { name: "Counted" })).toHaveValue("");
  await dialog.getByRole("textbox", { name: "Counted" }).fill("15");
  await page.keyboard.press("Enter");
  await expect(card).toHaveAttribute("data-tone", "yes");
  await expect(progress).toContainText("25 of 40");
});
