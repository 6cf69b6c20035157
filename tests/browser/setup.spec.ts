/** What procurement sets up, by keyboard: a group, a policy of two steps, who decides meanwhile, a budget and its shares. */
import { serious } from "./support/axe";
import { tabTo, typeAndTake } from "./support/keys";
import { change, first } from "./support/orders";
import { DESKTOP, expect, PHONE, test } from "./support/people";

test("an order is asked for in the steps of a policy that was set up in the browser, and somebody stands in", async ({ open }) => {
  const page = await open("administrator", { viewport: DESKTOP });
  const approver = await open("approver", { viewport: DESKTOP });
  const buyer = await open("procurement", { viewport: DESKTOP });
  const mark = Date.now().toString(36).toUpperCase();
  const me = await (await approver.request.get("/api/v1/me")).json();

  await page.goto("/approvals/groups");
  await tabTo(page.getByRole("button", { name: "New group" }));
  await page.keyboard.press("Enter");
  const group = page.getByRole("dialog", { name: "New group" });
  await expect(group.getByRole("textbox", { name: "Code" })).toBeFocused();
  await page.keyboard.press("Control+Enter");
  await expect(group.getByText("At least one.")).toBeVisible();
  await page.keyboard.type(`BOARD-${mark}`);
  await tabTo(group.getByRole("textbox", { name: "Name" }));
  await page.keyboard.type(`Board ${mark}`);
  await tabTo(group.getByRole("combobox", { name: "Members" }));
  await typeAndTake(group.getByRole("combobox", { name: "Members" }), me.email);
  await expect(group.getByRole("list", { name: "Members of the group" })).toContainText(me.name);
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/group-1440.png" });
  await page.keyboard.press("Control+Enter");
  await expect(group).toBeHidden();
  await expect(page.getByRole("table")).toContainText(`BOARD-${mark}`);

  await page.goto("/approvals/policies");
  await tabTo(page.getByRole("button", { name: "New policy" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Code" })).toBeFocused();
  await page.keyboard.type(`FAR-${mark}`);
  await page.keyboard.press("Tab");
  await page.keyboard.type(`Far above ${mark}`);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Control+A");
  await page.keyboard.type("1");
  await page.keyboard.press("Tab");
  await page.keyboard.type("40000000");
  await tabTo(page.getByRole("combobox", { name: "Group of step 1" }));
  await typeAndTake(page.getByRole("combobox", { name: "Group of step 1" }), `BOARD-${mark}`);
  await tabTo(page.getByRole("button", { name: "Add step" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Name of step 2" })).toBeFocused();
  await page.keyboard.type("Their lead");
  // A policy whose first step has no name is not saved; what is missing is said there.
  await page.keyboard.press("Control+Enter");
  await expect(page.getByText("What this step is called.")).toBeVisible();
  await page.getByRole("textbox", { name: "Name of step 1" }).focus();
  await page.keyboard.type("The board");
  // Moved to the front by its button, and the focus goes along.
  const up = page.getByRole("button", { name: "Move step 2 up" });
  await tabTo(up);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Move step 1 up" })).toBeFocused();
  await expect(page.getByRole("textbox", { name: "Name of step 1" })).toHaveValue("Their lead");
  const said = page.getByRole("complementary", { name: "What it says" });
  await expect(said).toContainText(/Orders from 40.000.000\.00 EUR: one approver of the order's team, then one of Board /);
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/policy-1440.png", fullPage: true });
  await page.setViewportSize(PHONE);
  await page.screenshot({ path: "test-results/policy-390.png", fullPage: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await page.setViewportSize(DESKTOP);
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Approval policies" })).toBeVisible();
  await expect(page.getByRole("table")).toContainText(`FAR-${mark}`);

  // An order above the amount is asked for in those two steps.
  const vendor = await first(buyer, "/vendors?limit=1");
  const lines = [{ model: "panduit-cat6a-patch-cable-2-m", quantity: 1000, unit_price: "41000" }];
  const { code } = await change(buyer, "/purchase-orders", { vendor: vendor.code, team: "A-2", deliver_to: "WH1", lines });
  await change(buyer, `/purchase-orders/${code}/submit`);
  await buyer.goto(`/orders/${code}`);
  const approval = buyer.getByRole("main");
  await expect(approval).toContainText("Their lead");
  await expect(approval).toContainText("The board");
  await change(buyer, `/purchase-orders/${code}/withdraw`);

  // A change keeps what was not touched; retired, no order is given it any more.
  await page.goto(`/approvals/policies/FAR-${mark}`);
  const needed = page.getByRole("combobox", { name: "How many in step 2" });
  await tabTo(needed);
  const all = page.getByRole("option", { name: "All of them" });
  if (!(await all.isVisible())) await page.keyboard.press("ArrowDown");
  await expect(all).toBeVisible();
  // The list opens at what is chosen, or at its first: down until it is there.
  for (let presses = 0; presses < 4 && (await all.getAttribute("data-combobox-selected")) === null; presses++)
    await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(said).toContainText("then all of Board");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Approval policies" })).toBeVisible();
  await page.goto(`/approvals/policies/FAR-${mark}`);
  await expect(page.getByRole("combobox", { name: "How many in step 2" })).toHaveValue("All of them");
  await tabTo(page.getByRole("button", { name: "Retire" }));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: `Retire FAR-${mark}` })).toBeVisible();
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Approval policies" })).toBeVisible();
  await expect(page.getByText(`FAR-${mark}`, { exact: true })).toHaveCount(0);

  // The approver will be away and names the administrator, comes back, and decides alone again.
  const stand = await (await page.request.get("/api/v1/me")).json();
  await approver.goto("/approvals/absences");
  await tabTo(approver.getByRole("button", { name: "New absence" }));
  await approver.keyboard.press("Enter");
  const absence = approver.getByRole("dialog", { name: "New absence" });
  const who = absence.getByRole("combobox", { name: "Who decides" });
  await expect(who).toBeFocused();
  await typeAndTake(who, stand.email);
  const until = absence.getByLabel("Until");
  await until.fill(new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10));
  await approver.screenshot({ path: "test-results/absence-1440.png" });
  await approver.keyboard.press("Control+Enter");
  await expect(absence).toBeHidden();
  const row = approver.getByRole("row").filter({ hasText: me.name }).filter({ hasText: stand.name });
  await expect(row).toBeVisible();
  await row.getByRole("checkbox").check();
  await tabTo(approver.getByRole("button", { name: "End now" }));
  await approver.keyboard.press("Enter");
  await expect(approver.getByRole("dialog", { name: /^End now the absence of / })).toBeVisible();
  await approver.keyboard.press("Control+Enter");
  await expect(row).toHaveCount(0);
});

test("a budget is made by keyboard, shared out, changed, and its tree shows where the money is", async ({ open }) => {
  const page = await open("administrator", { viewport: DESKTOP });
  const year = 2100 + (Date.now() % 90);
  await page.goto("/budgets");
  await tabTo(page.getByRole("button", { name: "New budget" }));
  await page.keyboard.press("Enter");
  const made = page.getByRole("dialog", { name: "New budget" });
  await typeAndTake(made.getByRole("combobox", { name: "Team" }), "CIPO");
  await tabTo(made.getByRole("textbox", { name: "Fiscal year" }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type(String(year));
  await tabTo(made.getByRole("textbox", { name: "Amount" }));
  await page.keyboard.type("1 000 000");
  await page.keyboard.press("Control+Enter");
  await expect(page.getByRole("heading", { level: 1 })).toContainText(`-${year}-CAPEX-EUR`);

  await tabTo(page.getByRole("button", { name: "Share out" }));
  await page.keyboard.press("Enter");
  const share = page.getByRole("dialog", { name: /^Share out of B-/ });
  await typeAndTake(share.getByRole("combobox", { name: "Team" }), "A-3");
  await tabTo(share.getByRole("textbox", { name: "Amount" }));
  await page.keyboard.type("400000");
  await page.keyboard.press("Control+Enter");
  const tree = page.getByRole("region", { name: "Shares of the budget" });
  await expect(tree.getByRole("img", { name: /400.000\.00 shared out/ })).toBeVisible();
  await expect(tree.getByRole("row").filter({ hasText: "A-3" })).toContainText(/400.000\.00/);
  await expect(page.locator("header").filter({ has: page.getByRole("heading", { level: 1 }) })).toContainText(/600.000\.00/);

  await page.getByRole("main").focus().catch(() => undefined);
  await page.keyboard.press("e");
  const edit = page.getByRole("dialog", { name: /^Edit B-/ });
  await expect(edit.getByRole("textbox", { name: "Amount" })).toHaveValue("1000000");
  await edit.getByRole("textbox", { name: "Amount" }).fill("300000");
  await page.keyboard.press("Control+Enter");
  // Less than was shared out of it: the server says so, and what was typed stays.
  await expect(edit.getByRole("alert")).toBeVisible();
  await edit.getByRole("textbox", { name: "Amount" }).fill("900000");
  await page.keyboard.press("Control+Enter");
  await expect(edit).toBeHidden();
  await expect(page.locator("header").filter({ has: page.getByRole("heading", { level: 1 }) })).toContainText(/500.000\.00/);
  expect(await serious(page)).toEqual([]);
  await page.screenshot({ path: "test-results/budget-1440.png", fullPage: true });
  await page.setViewportSize(PHONE);
  await page.screenshot({ path: "test-results/budget-390.png", fullPage: true });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});

test("an invoice tolerance is set and changed", async ({ open }) => {
  const page = await open("administrator", { viewport: DESKTOP });
  const vendor = await first(page, "/vendors?limit=1&sort=-name");
  await page.goto("/invoices/tolerances");
  await tabTo(page.getByRole("button", { name: "New tolerance" }));
  await page.keyboard.press("Enter");
  const made = page.getByRole("dialog", { name: "New tolerance" });
  await typeAndTake(made.getByRole("combobox", { name: "Vendor" }), vendor.name!);
  await tabTo(made.getByRole("textbox", { name: "Price (%)" }));
  await page.keyboard.press("Control+A");
  await page.keyboard.type("1.5");
  await page.keyboard.press("Control+Enter");
  await expect(made).toBeHidden();
  const row = page.getByRole("row").filter({ hasText: vendor.name });
  await expect(row).toContainText("1.5");
  await row.getByText(vendor.name!).first().click();
  const edit = page.getByRole("dialog", { name: `Tolerance of ${vendor.name}` });
  await expect(edit.getByRole("textbox", { name: "Price (%)" })).toHaveValue("1.5");
  await edit.getByRole("textbox", { name: "Price (%)" }).fill("0");
  await page.keyboard.press("Control+Enter");
  await expect(edit).toBeHidden();
  await expect(row).not.toContainText("1.5");
});
