/** Some lines of a request are refused with the reason, the others go on. */
import { change } from "./support/orders";
import { DESKTOP, expect, test } from "./support/people";

test("a buyer refuses one line of a request and the other stays", async ({ open }) => {
  const asker = await open("warehouse", { viewport: DESKTOP });
  const buyer = await open("procurement", { viewport: DESKTOP });
  const lines = [
    { description: "Step ladder", quantity: 1, estimated_price: "120" },
    { description: "Golden step ladder", quantity: 2, estimated_price: "9000" },
  ];
  const { code } = await change(asker, "/requisitions", { team: "A-2", reason: "Heavy cartons", lines });
  await change(asker, `/requisitions/${code}/submit`);
  await buyer.goto(`/requests/${code}`);
  await buyer.getByRole("button", { name: "Refuse" }).click();
  const dialog = buyer.getByRole("dialog", { name: `Refuse ${code}` });
  await expect(dialog.getByRole("textbox", { name: "Reason" })).toBeFocused();
  await buyer.keyboard.press("Control+Enter");
  await expect(dialog.getByText("Say why; whoever asked reads it.")).toBeVisible();
  await buyer.keyboard.type("Not in gold");
  await dialog.getByRole("checkbox", { name: /^1: 1 / }).uncheck();
  await buyer.keyboard.press("Control+Enter");
  await expect(dialog).toBeHidden();
  await expect(buyer.getByRole("region", { name: "Line 2" })).toContainText("Not in gold");
  await expect(buyer.getByRole("region", { name: "Line 1" })).not.toContainText("Not in gold");
  await expect(buyer.locator("h1")).toContainText("Submitted");
});
