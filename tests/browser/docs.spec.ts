/** The API's own page: readable from this server alone, under its Content-Security-Policy. */
import { DESKTOP, expect, PHONE, serverUrl, test } from "./support/people";
import { watch } from "./support/watch";

for (const viewport of [DESKTOP, PHONE]) {
  test(`the API's page names the operations and asks no other host, at ${viewport.width} pixels`, async ({ browser }) => {
    const context = await browser.newContext({ baseURL: serverUrl(), viewport });
    const page = await context.newPage();
    const seen = watch(page);
    const answer = await page.goto("/api/docs");
    expect(answer?.headers()["content-security-policy"]).toContain("default-src 'self'");
    const api = (await (await page.request.get("/api/openapi.json")).json()) as { info: { title: string }; paths: Record<string, { post?: { summary: string } }> };
    await expect(page.getByRole("heading", { level: 1, name: api.info.title })).toBeVisible();
    const receive = api.paths["/api/v1/purchase-orders/{id}/receive"]?.post?.summary ?? "";
    expect(receive).not.toBe("");
    await page.goto("/api/docs#tag/procurement");
    await expect(page.getByText("/api/v1/purchase-orders/{id}/receive").first()).toBeVisible();
    await expect(page.getByText(receive).first()).toBeAttached();
    await page.waitForLoadState("networkidle");
    await page.screenshot({ path: `screenshots/docs-${viewport.width}-light.png` });
    expect(seen.complaints).toEqual([]);
    await context.close();
  });
}
