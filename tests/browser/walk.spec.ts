/**
 * The walk: from a purchase order to a rack and an audit report, each step by the person whose work it is.
 * It is done twice, at a desk and on a phone; each time with an order, servers and serials of its own.
 */
import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { choices, type Line, pick, writeLines } from "./support/order-entry";
import { choose } from "./support/orders";
import { DESKTOP, expect, PHONE, test } from "./support/people";
import { carton, scan } from "./support/scanner";

const SERVER = { model: "PowerEdge R740" };
const CABLE = { model: "CAB-C6A-2M" };
const SEATS = { model: "Enterprise Linux Server" };

const card = (page: Page) => page.getByRole("region", { name: "Last scan" });
const h1 = (page: Page) => page.getByRole("heading", { level: 1 });

// Two vendors of nearly the same name would be asked about.
for (const [where, viewport, stamp, firm] of [
  ["at a desk", DESKTOP, "D", "Alder Machines"],
  ["on a phone", PHONE, "P", "Birch Computing"],
] as const) {
  test.describe.serial(`The walk ${where}`, () => {
    const run = `${stamp}${Date.now().toString(36).toUpperCase()}`;
    const vendor = `${firm} ${run}`;
    const serials = [1, 2, 3, 4].map((n) => `CZ${run}${n}`);
    let order = "";
    let assets: string[] = [];
    let server = "";
    let before = "";
    let part = "";

    test("procurement makes a vendor and raises an order; the approver approves it; it is ordered", async ({ open }) => {
      before = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, "Z");
      const page = await open("procurement", { viewport });
      await page.goto("/vendors");
      await page.getByRole("button", { name: "New vendor" }).click();
      const form = page.getByRole("dialog", { name: "New vendor" });
      await form.getByRole("textbox", { name: "Name" }).fill(vendor);
      await form.getByRole("textbox", { name: "Currency" }).fill("EUR");
      await form.getByRole("button", { name: "Save" }).click();
      await expect(h1(page)).toContainText(vendor);

      order = await raise(page, vendor, [
        { ...SERVER, quantity: 4, price: "5890" },
        { ...CABLE, quantity: 40, price: "3.10" },
      ]);
      await act(page, "Submit for approval");
      await expect(h1(page)).toContainText("Submitted");
      await expectRefused(page, "Approve");
      await approve(await open("approver", { viewport }), order);
      await page.reload();
      await act(page, "Mark as ordered|Order", { "vendor_reference|Vendor's reference": `NW-${run}` });
      await expect(h1(page)).toContainText("Ordered");
    });

    test("warehouse receives by scanning, is refused what is wrong, prints labels and puts things away", async ({ open }) => {
      const page = await open("warehouse", { viewport: PHONE });
      await page.goto("/scan");
      await expect(page.getByRole("textbox", { name: "Scanned or typed code" })).toBeFocused();
      await scan(page, order);
      await expect(page.getByRole("region", { name: "What is being done" })).toContainText(order);
      await pick(page, "Receiving bin", "WH1-REC-01");

      const models = await page.request.get(`/api/v1/models?q=${encodeURIComponent(SERVER.model)}&limit=20`);
      const known = ((await models.json()) as { items: { name: string; part_number: string | null }[] }).items;
      part = known.find((m) => m.name === SERVER.model)?.part_number ?? "";

      for (const [index, serial] of serials.entries()) {
        await scan(page, carton({ order, part, serial }));
        await expect(card(page)).toHaveAttribute("data-tone", "yes");
        await expect(card(page)).toContainText(serial);
        await expect(page.getByRole("region", { name: "What is being done" })).toContainText(`${index + 1} of 44`);
      }
      await scan(page, carton({ order, part, serial: serials[0] }));
      await expect(card(page)).toHaveAttribute("data-tone", /look|no/);
      await expect(card(page)).toContainText(serials[0]!);
      await scan(page, carton({ order, part, serial: `CZ${run}5` }));
      await expect(card(page)).toHaveAttribute("data-tone", "no");
      await expect(card(page)).toContainText(/order|4/);
      await scan(page, carton({ part: "NO-SUCH-PART", serial: `ZZ${run}` }));
      await expect(card(page)).not.toHaveAttribute("data-tone", "yes");
      await scan(page, carton({ order, part: CABLE.model, quantity: 40 }));
      await expect(card(page)).toHaveAttribute("data-tone", "yes");
      await expect(page.getByRole("region", { name: "What is being done" })).toContainText("44 of 44");
      await expectNoScrolling(page);

      await page.getByRole("button", { name: "Labels (4)" }).click();
      const labels = page.getByRole("dialog");
      await labels.getByText("PDF sheet (A4)").click();
      const sheet = page.waitForEvent("download");
      await labels.getByRole("button", { name: "Download PDF" }).click();
      expect(readFileSync(await (await sheet).path()).subarray(0, 5).toString()).toBe("%PDF-");
      await labels.getByText("ZPL (label printer)").click();
      const zpl = page.waitForEvent("download");
      await labels.getByRole("button", { name: "Download ZPL" }).click();
      expect(readFileSync(await (await zpl).path(), "utf8")).toContain("^XA");
      await page.keyboard.press("Escape");

      const list = await page.request.get(`/api/v1/assets?order=${order}&sort=code&limit=10`);
      assets = ((await list.json()) as { items: { code: string }[] }).items.map((a) => a.code);
      expect(assets).toHaveLength(4);
      server = assets[0]!;

      const bins = await page.request.get("/api/v1/locations?kind=bin&bin_kind=storage&limit=5");
      const bin = ((await bins.json()) as { items: { code: string }[] }).items[0]!.code;
      await page.getByRole("radiogroup", { name: "Task" }).getByText("Put away").click();
      for (const code of assets) await scan(page, code);
      await expect(page.getByRole("region", { name: "What is being done" })).toContainText("4 things in hand");
      await scan(page, bin);
      await expect(card(page)).toHaveAttribute("data-tone", "yes");
      await expect(page.getByRole("region", { name: "What is being done" })).toContainText("Scan the things, then the bin");
    });

    test("a technician places a server in the picture of R12, is refused a taken unit, and cables a port", async ({ open }) => {
      const page = await open("technician", { viewport });
      const racks = await page.request.get("/api/v1/racks?q=R12&limit=1");
      const rack = ((await racks.json()) as { items: { code: string }[] }).items[0]!.code;
      await page.goto(`/racks/${rack}`);
      const front = page.getByRole("listbox", { name: `${rack} front` });
      const unit = stamp === "D" ? 17 : 19;
      await front.getByRole("option", { name: `U${unit} front: free` }).click();
      const panel = page.getByRole("region", { name: `Place in U${unit}` });
      await pick(page, "Asset", server);
      await panel.getByRole("button", { name: "Place", exact: true }).click();
      await expect(front.getByRole("option", { name: new RegExp(`U${unit}-U${unit + 1} front: ${server}`) })).toBeVisible();

      await front.getByRole("option", { name: /front: free/ }).first().click();
      await pick(page, "Asset", assets[1]!);
      await page.getByRole("textbox", { name: "Lowest unit" }).fill(String(unit));
      await page.getByRole("button", { name: "Place", exact: true }).click();
      const refusal = page.getByRole("alert").filter({ has: page.getByRole("group", { name: "Free units" }) });
      await expect(refusal).toContainText(server);
      await refusal.getByRole("group", { name: "Free units" }).getByRole("button").first().click();
      await expect(front.getByRole("option", { name: new RegExp(assets[1]!) })).toBeVisible();

      await page.goto(`/assets/${server}?tab=ports`);
      await page.getByRole("button", { name: /^Connect / }).first().click();
      const dialog = page.getByRole("dialog");
      const other = await deviceWithFreePort(page, assets);
      await pick(page, "To asset", other);
      const port = dialog.getByRole("combobox", { name: "Port", exact: true });
      await port.click();
      await (await choices(port)).first().click();
      await dialog.getByRole("button", { name: "Connect" }).click();
      await expect(dialog).toHaveCount(0);
      await page.getByRole("link", { name: "Trace" }).first().click();
      const hops = page.getByRole("list", { name: "Hops" });
      await expect(hops).toContainText(server);
      await expect(hops).toContainText(other);
    });

    test("the licence manager gives two seats, and the third is refused", async ({ open }) => {
      const buyer = await open("procurement", { viewport });
      const bought = await raise(buyer, vendor, [{ ...SEATS, quantity: 2, price: "349" }]);
      await act(buyer, "Submit for approval");
      await approve(await open("approver", { viewport }), bought);

      const page = await open("licence_manager", { viewport });
      await page.goto("/licences");
      await page.getByRole("button", { name: "Record an entitlement" }).click();
      const form = page.getByRole("dialog");
      await pick(page, "Software", SEATS.model);
      await pick(page, "Bought on order line", bought);
      await form.getByRole("textbox", { name: "Seats" }).fill("2");
      await pick(page, "Team", "A-3");
      await form.getByRole("button", { name: "Save" }).click();
      await expect(page).toHaveURL(/\/licences\/ENT-/);
      const entitlement = new URL(page.url()).pathname.split("/").pop()!;
      for (const [index, asset] of assets.slice(0, 2).entries()) {
        await page.getByRole("button", { name: "Give a seat" }).click();
        const dialog = page.getByRole("dialog");
        await pick(page, "Device", asset);
        await dialog.getByRole("button", { name: "Give the seat" }).click();
        await expect(dialog).toHaveCount(0);
        await expect(page.getByText(`${index + 1} of 2 seats assigned`)).toBeVisible();
      }
      await expectRefused(page, "Give a seat");

      await page.goto(`/assets/${assets[2]}?tab=licences`);
      await page.getByRole("tabpanel").getByRole("button", { name: "Assign a licence" }).click();
      const dialog = page.getByRole("dialog");
      await pick(page, "Entitlement", entitlement);
      await dialog.getByRole("button", { name: "Give the seat" }).click();
      await expect(dialog.getByRole("alert")).toContainText("Release one, or buy more");
    });

    test("the auditor filters and downloads the register, asks for it as of before, and reads one server's history", async ({ open }) => {
      const page = await open("auditor", { viewport });
      await page.goto(`/reports/asset-register?team=A-2&q=${serials[0]}`);
      await expect(page.getByRole("table")).toContainText(serials[0]!);
      const csv = page.waitForEvent("download");
      await page.getByRole("link", { name: "Export CSV" }).click();
      expect(readFileSync(await (await csv).path(), "utf8")).toContain(serials[0]);
      const xlsx = page.waitForEvent("download");
      await page.getByRole("link", { name: "Export XLSX" }).click();
      expect(readFileSync(await (await xlsx).path()).subarray(0, 2).toString()).toBe("PK");

      await page.goto(`/reports/asset-register?team=A-2&q=${serials[0]}&as_of=${encodeURIComponent(before)}`);
      await expect(page.getByRole("status")).toContainText("This is the past");
      await expect(page.getByText(/No .* answer to these filters/)).toBeVisible();
      await page.getByRole("button", { name: "Return to now" }).click();
      await expect(page.getByRole("table")).toContainText(serials[0]!);

      await page.goto(`/assets/${server}`);
      const story = page.getByRole("complementary", { name: "Story" });
      for (const word of [/ordered/i, /approved/i, /received/i, /put away/i, /placed/i, /cable|connect/i, /licen|seat/i]) {
        await expect(story).toContainText(word);
      }
      await story.getByRole("link").first().click();
      await expect(page).toHaveURL(/\/ledger\//);
      await expect(page.getByRole("heading", { name: "What changed" })).toBeVisible();
    });
  });
}

/** Writes an order for team A-2 and saves it as a draft; gives its code. */
async function raise(page: Page, vendor: string, lines: Line[]): Promise<string> {
  await page.goto("/orders/new");
  await pick(page, "Vendor", vendor);
  await pick(page, "For team", "A-2");
  const place = page.getByRole("combobox", { name: "Deliver to" });
  await place.click();
  await (await choices(place)).first().click();
  await writeLines(page, lines);
  await page.getByRole("button", { name: "Save draft" }).click();
  await expect(page).toHaveURL(/\/orders\/PO-/);
  return new URL(page.url()).pathname.split("/").pop()!;
}

async function approve(page: Page, order: string): Promise<void> {
  await page.goto(`/orders/${order}`);
  await act(page, "Approve", { reason: "Within the refresh plan" });
  await expect(h1(page)).toContainText("Approved");
}

/** Presses an action of the record, wherever it stands, fills what it asks, and confirms. */
async function act(page: Page, name: string, fields: Record<string, string> = {}): Promise<void> {
  await choose(page, name);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  for (const [label, value] of Object.entries(fields)) {
    const field = dialog.getByRole("textbox", { name: new RegExp(label, "i") });
    if (await field.count()) await field.fill(value);
  }
  await dialog.getByRole("button", { name: new RegExp(`^(${name})$`, "i") }).click();
  await expect(dialog).toHaveCount(0);
}

/** A device other than ours that has an interface without a cable. */
async function deviceWithFreePort(page: Page, ours: string[]): Promise<string> {
  const list = await page.request.get("/api/v1/assets?kind=device&rack=notnull:&limit=100");
  for (const { code } of ((await list.json()) as { items: { code: string }[] }).items) {
    if (ours.includes(code)) continue;
    const answer = await page.request.get(`/api/v1/assets/${code}/ports`);
    const { ports } = (await answer.json()) as { ports: { kind: string; cable: string | null }[] };
    if (ports.some((port) => port.kind === "interface" && !port.cable)) return code;
  }
  throw new Error("No device in a rack has a free interface.");
}

/** The action is there, cannot be pressed, and says why. */
async function expectRefused(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name });
  const more = page.getByRole("button", { name: "More actions" });
  await expect(button.or(more).first()).toBeVisible();
  if (await button.isVisible()) {
    await expect(button).toHaveAttribute("aria-disabled", "true");
    await expect(button).toHaveAttribute("aria-description", /.+/);
    return;
  }
  await more.click();
  await expect(page.getByRole("menuitem", { name: new RegExp(`^${name}`) })).toHaveAttribute("aria-disabled", "true");
  await page.keyboard.press("Escape");
}

async function expectNoScrolling(page: Page): Promise<void> {
  const hidden = await page.getByRole("main").evaluate((main) => main.scrollHeight - main.clientHeight);
  expect(hidden).toBeLessThanOrEqual(0);
}
