/** Orders made over the API by the people of the browser tests, where the making is not what a test is about. */
import { type APIResponse, expect, type Page } from "@playwright/test";

/** Asks the API as the person of the page; a session that slept is renewed once, as the pages do. */
async function ask(page: Page, send: () => Promise<APIResponse>): Promise<APIResponse> {
  const answer = await send();
  if (answer.status() !== 401) return answer;
  await page.request.post("/api/v1/auth/refresh", { headers: { "X-Quartermaster": "1" } });
  return send();
}

export async function change(page: Page, path: string, data: object = {}): Promise<Record<string, unknown>> {
  const answer = await ask(page, () =>
    page.request.post(`/api/v1${path}`, { headers: { "X-Quartermaster": "1" }, data }),
  );
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}

export async function first<T = Record<string, string>>(page: Page, list: string): Promise<T> {
  const answer = await ask(page, () => page.request.get(`/api/v1${list}`));
  expect(answer.ok(), await answer.text()).toBe(true);
  const [row] = ((await answer.json()) as { items: T[] }).items;
  if (!row) throw new Error(`${list} is empty.`);
  return row;
}

/** A submitted order of these lines for team A-2; gives its code. */
async function submitted(buyer: Page, order: object): Promise<string> {
  const vendor = await first(buyer, "/vendors?limit=1");
  const { code } = await change(buyer, "/purchase-orders", { vendor: vendor.code, team: "A-2", deliver_to: "WH1", ...order });
  await change(buyer, `/purchase-orders/${code}/submit`);
  return String(code);
}

/** A submitted order of two servers; gives its code. */
export async function submittedOrder(buyer: Page): Promise<string> {
  const model = await first(buyer, "/models?q=PowerEdge%20R740&limit=1");
  return submitted(buyer, { lines: [{ model: model.code, quantity: 2, unit_price: "4100" }] });
}

/** An order with these lines, and whatever else it is to have, that is with the vendor; gives its code. */
export async function ordered(buyer: Page, approver: Page, order: object): Promise<string> {
  const code = await submitted(buyer, order);
  await change(approver, `/purchase-orders/${code}/approve`);
  await change(buyer, `/purchase-orders/${code}/order`);
  return code;
}

/** Chooses what can be done with a record, from its buttons or from the menu behind them; the name may be a pattern. */
export async function choose(page: Page, name: string): Promise<void> {
  const button = page.getByRole("button", { name: new RegExp(`^(${name})$`, "i") });
  const more = page.getByRole("button", { name: "More actions" });
  await expect(button.or(more).first()).toBeVisible();
  if (await button.isVisible()) return button.click();
  await more.click();
  await page.getByRole("menuitem", { name: new RegExp(`^(${name})`, "i") }).click();
}
