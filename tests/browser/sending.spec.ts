/** An order goes to its vendor from its page, by keyboard; one that the mail server refuses is seen and sent again. */
import { serious } from "./support/axe";
import { tabTo } from "./support/keys";
import { change, submittedOrder } from "./support/orders";
import { DESKTOP, expect, PHONE, test } from "./support/people";
import { withMail } from "./support/with-mail";

const mail = withMail();

test("sending an order to its vendor by keyboard, and again when it was refused", async ({ open }) => {
  test.setTimeout(240_000);
  const buyer = await open("procurement", { viewport: DESKTOP });
  const approver = await open("approver");
  const code = await submittedOrder(buyer);
  await change(approver, `/purchase-orders/${code}/approve`);
  await buyer.goto(`/orders/${code}`);

  // The PDF opens beside the page.
  const pdf = await buyer.request.get(`/api/v1/purchase-orders/${code}/pdf`);
  expect(pdf.headers()["content-type"]).toBe("application/pdf");
  await expect(buyer.getByRole("link", { name: "PDF", exact: true })).toHaveAttribute("href", `/api/v1/purchase-orders/${code}/pdf`);
  await expect(buyer.getByRole("link", { name: "PDF", exact: true })).toHaveAttribute("target", "_blank");

  mail.refuses = ["nobody@vendor.example"];
  await tabTo(buyer.getByRole("button", { name: "Send to the vendor" }));
  await buyer.keyboard.press("Enter");
  const dialog = buyer.getByRole("dialog", { name: `Send ${code} to the vendor` });
  const to = dialog.getByRole("textbox", { name: "To", exact: true });
  await expect(to).toBeFocused();
  await expect(dialog.getByRole("textbox", { name: "Subject" })).toHaveValue(new RegExp(code));
  await expect(dialog.getByRole("textbox", { name: "Message" })).toHaveValue(new RegExp(code));
  // What is no address is said at its field.
  await to.fill("nobody");
  await buyer.keyboard.press("Control+Enter");
  await expect(dialog).toContainText("is not an e-mail address");
  await buyer.screenshot({ path: "test-results/send-1440.png" });
  expect(await serious(buyer)).toEqual([]);
  await buyer.setViewportSize(PHONE);
  await buyer.screenshot({ path: "test-results/send-390.png" });
  await buyer.setViewportSize(DESKTOP);
  await to.fill("nobody@vendor.example");
  await buyer.keyboard.press("Control+Enter");
  await expect(dialog).toHaveCount(0);
  await expect(buyer.getByRole("heading", { level: 1 })).toContainText("Ordered");

  const sent = buyer.getByRole("region", { name: "Mails sent" });
  await expect(sent).toContainText("Failed", { timeout: 20_000 });
  await expect(sent).toContainText("nobody of that name here");
  await buyer.goto("/");
  await expect(buyer.getByRole("main")).toContainText("Its mail did not reach the vendor");
  await buyer.goto(`/orders/${code}`);
  await expect(sent).toContainText("Failed");
  await buyer.screenshot({ path: "test-results/sent-1440.png", fullPage: true });
  expect(await serious(buyer)).toEqual([]);
  await buyer.setViewportSize(PHONE);
  await buyer.screenshot({ path: "test-results/sent-390.png", fullPage: true });
  expect(await buyer.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  await buyer.setViewportSize(DESKTOP);

  // Their address works now.
  mail.refuses = [];
  await tabTo(sent.getByRole("button", { name: "Send again" }));
  await buyer.keyboard.press("Enter");
  const again = buyer.getByRole("dialog");
  await again.getByRole("button", { name: "Send again" }).press("Enter");
  await expect(sent.getByRole("row").filter({ hasText: "nobody@vendor.example" })).toContainText("Sent", { timeout: 20_000 });
  await expect(sent).toContainText("250 2.0.0 taken");
  expect(mail.taken.map((one) => one.to)).toEqual([["nobody@vendor.example"]]);
  expect(mail.taken[0]?.text).toContain(`${code}.pdf`);
  // What went is kept, and opens.
  const kept = await sent.getByRole("link", { name: `${code}.pdf` }).getAttribute("href");
  const file = await buyer.request.get(String(kept));
  const encoded = (mail.taken[0]?.text ?? "").replaceAll("\n", "");
  expect(encoded).toContain((await file.body()).toString("base64"));
});

test("the letterhead is procurement's to see and the administrator's to change", async ({ open }) => {
  const admin = await open("administrator", { viewport: DESKTOP });
  await admin.goto("/settings?tab=letterhead");
  const form = admin.getByRole("form", { name: "Letterhead" });
  await expect(form.getByRole("textbox", { name: "Legal name" })).toHaveValue("Meridian Data Centres GmbH");
  await form.getByRole("textbox", { name: "Phone" }).fill("+49 69 555 0199");
  await admin.keyboard.press("Control+Enter");
  await expect(admin.getByText("Letterhead: saved")).toBeVisible();
  await form.locator('input[type="file"]').setInputFiles({
    name: "logo.png",
    mimeType: "image/png",
    buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC", "base64"),
  });
  await expect(admin.getByRole("img", { name: "The company's logo" })).toBeVisible();
  await admin.screenshot({ path: "test-results/letterhead-1440.png", fullPage: true });
  expect(await serious(admin)).toEqual([]);
  await admin.setViewportSize(PHONE);
  await admin.screenshot({ path: "test-results/letterhead-390.png", fullPage: true });
  expect(await admin.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);

  const buyer = await open("procurement");
  await buyer.goto("/settings?tab=letterhead");
  await expect(buyer.getByRole("textbox", { name: "Phone" })).toHaveValue("+49 69 555 0199");
  await expect(buyer.getByRole("button", { name: "Save" })).toHaveAttribute("aria-disabled", "true");
  const viewer = await open("viewer");
  await viewer.goto("/settings");
  await expect(viewer.getByRole("tab", { name: "Me" })).toBeVisible();
  await expect(viewer.getByRole("tab", { name: "Letterhead" })).toHaveCount(0);
});
