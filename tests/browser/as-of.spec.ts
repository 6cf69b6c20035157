/** The as-of clock: every page shows the moment, and nothing can be changed in the past. */
import { expect, test } from "./support/people";
import { change, first, submittedOrder } from "./support/orders";

const reason = /looking at the past/;
const moment = () => new Date().toISOString();
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test("an order is shown as it was before its approval, and again as it is now", async ({ open }) => {
  const buyer = await open("procurement");
  const order = await submittedOrder(buyer);
  await pause(1100);
  const before = moment();
  await pause(1100);
  const approver = await open("approver");
  await change(approver, `/purchase-orders/${order}/approve`, { reason: "Planned" });

  await approver.goto(`/orders/${order}?as_of=${encodeURIComponent(before)}`);
  const heading = approver.getByRole("heading", { level: 1 });
  const story = approver.getByRole("complementary", { name: "Story" });
  await expect(heading).toContainText("Submitted");
  await expect(story).toContainText(/submitted/i);
  await expect(story).not.toContainText(/approved/i);
  const approve = approver.getByRole("button", { name: "Approve", exact: true });
  await expect(approve).toHaveAttribute("aria-disabled", "true");
  await expect(approve).toHaveAttribute("aria-description", reason);

  await approver.getByRole("button", { name: "Return to now" }).click();
  await expect(heading).toContainText("Approved");
  await expect(story).toContainText(/approved/i);
});

test("the clock sets the moment for the whole application, and it stays while one goes about", async ({ open }) => {
  const page = await open("administrator");
  await page.goto("/assets");
  await page.getByRole("table").getByRole("link").first().waitFor();
  await page.getByRole("button", { name: /Showing now/ }).click();
  await page.getByRole("button", { name: /End of yesterday/ }).click();
  await expect(page).toHaveURL(/as_of=/);
  await expect(page.getByRole("status").filter({ hasText: "This is the past" })).toBeVisible();
  await expect(page.getByText("No assets yet")).toBeVisible();

  await page.keyboard.press("g");
  await page.keyboard.press("o");
  await expect(page.getByRole("heading", { level: 1, name: "Purchase orders" })).toBeVisible();
  await expect(page).toHaveURL(/as_of=/);
  await expect(page.getByText(/No (purchase )?orders yet/)).toBeVisible();
  await page.getByRole("button", { name: "Return to now" }).click();
  await expect(page.getByRole("table").getByRole("link").first()).toBeVisible();
  await expect(page).not.toHaveURL(/as_of=/);
});

test("in the past no page offers a change that could be pressed", async ({ open }) => {
  test.setTimeout(240_000);
  const page = await open("administrator");
  const past = encodeURIComponent(new Date(Date.now() - 2000).toISOString());
  const codes = async (list: string) => (await first(page, `${list}&limit=1&as_of=${past}`)).code;
  const asset = await codes("/assets?status=in_service");
  const places = [
    "/",
    "/orders",
    "/orders/new",
    "/vendors",
    "/budgets",
    "/stock",
    "/locations",
    "/assets",
    "/catalogue",
    "/racks",
    "/network",
    "/licences",
    "/licences/assignments",
    "/people",
    "/imports",
    "/settings?tab=tokens",
    "/settings?tab=users",
    "/settings?tab=grants",
    `/orders/${await codes("/purchase-orders?status=submitted")}`,
    `/vendors/${await codes("/vendors?q=")}`,
    `/assets/${asset}`,
    `/assets/${asset}?tab=ports`,
    `/assets/${asset}?tab=licences`,
    `/licences/${await codes("/entitlements?q=")}`,
    `/racks/${await codes("/racks?q=")}`,
  ];
  const changes =
    /^(New|Record|Add|Adjust|Move|Edit|Give|Release|Connect|Disconnect|Attach|Submit|Approve|Reject|Cancel|Receive|Put away|Order|Save|Assign|Take|I see|Change|Revoke)\b/;
  const open_: string[] = [];
  for (const place of places) {
    await page.goto(`${place}${place.includes("?") ? "&" : "?"}as_of=${past}`);
    await expect(page.getByRole("status").filter({ hasText: "This is the past" })).toBeVisible();
    await page.waitForLoadState("networkidle");
    for (const button of await page.getByRole("main").getByRole("button", { name: changes }).all()) {
      if (await button.evaluate((element) => element.closest("th") !== null)) continue;
      const name = (await button.textContent()) ?? "";
      if (name === "Add line") continue;
      const off = (await button.getAttribute("aria-disabled")) === "true" || (await button.isDisabled());
      if (!off) open_.push(`${place}: ${name}`);
    }
  }
  expect(open_).toEqual([]);
});
