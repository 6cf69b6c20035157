/** What a carton does not say is asked for on the scan page: which line of the order, and how many. */
import { ordered } from "./support/orders";
import { expect, PHONE, test } from "./support/people";
import { carton, scan } from "./support/scanner";

test("the warehouse chooses the line and counts what the carton does not say", async ({ open }) => {
  const lines = ["panduit-cat6a-patch-cable-2-m", "panduit-cage-nut-m6-with-screw"].map((model) => ({
    model,
    quantity: 20,
    unit_price: "1.00",
  }));
  const code = await ordered(await open("procurement"), await open("approver"), { lines });

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
