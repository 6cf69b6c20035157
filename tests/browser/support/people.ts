/** The people of the demonstration company, signed in once each by their one-time link. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type APIRequestContext, type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page, test as base } from "@playwright/test";

export type Person =
  | "administrator"
  | "procurement"
  | "approver"
  | "warehouse"
  | "technician"
  | "licence_manager"
  | "auditor"
  | "viewer";

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

interface Link {
  email: string;
  link: string;
}

export const serverUrl = () => process.env.QM_URL!;
const links = (): Record<Person, Link> => JSON.parse(readFileSync(process.env.QM_LINKS!, "utf8"));

/** A kept session of one person, beside the links so that it dies with the server's data. */
const stateOf = (person: Person) => path.join(path.dirname(process.env.QM_LINKS!), "browser-sessions", `${person}.json`);

/** Keeps who is signed in, and none of what pages remember: a draft that one test left is no business of the next. */
async function keep(context: BrowserContext, person: Person): Promise<void> {
  const { cookies } = await context.storageState();
  writeFileSync(stateOf(person), JSON.stringify({ cookies, origins: [] }));
}

async function signInOnce(browser: Browser, person: Person): Promise<string> {
  const kept = stateOf(person);
  if (existsSync(kept)) return kept;
  mkdirSync(path.dirname(kept), { recursive: true });
  const context = await browser.newContext({ baseURL: serverUrl() });
  const page = await context.newPage();
  const { pathname, search } = new URL(links()[person].link, serverUrl());
  await page.goto(pathname + search);
  await expect(page.getByRole("navigation", { name: "Main" })).toBeAttached();
  await keep(context, person);
  await context.close();
  return kept;
}

export interface Opened {
  page: Page;
  context: BrowserContext;
}

/** A connection that the server closed as idle just when the next request went out is no fault: that request is sent again. */
function patient(request: APIRequestContext): void {
  for (const verb of ["get", "post"] as const) {
    const once = request[verb].bind(request);
    request[verb] = (url, options) => once(url, { maxRetries: 2, ...options });
  }
}

type Open = (person: Person, options?: BrowserContextOptions) => Promise<Page>;

/** `open("warehouse", {viewport: PHONE})` gives a page on which that person is signed in. */
export const test = base.extend<{ open: Open }>({
  open: async ({ browser }, use) => {
    const opened: [Person, BrowserContext][] = [];
    await use(async (person, options = {}) => {
      const storageState = await signInOnce(browser, person);
      const context = await browser.newContext({
        baseURL: serverUrl(),
        viewport: DESKTOP,
        reducedMotion: "reduce",
        storageState,
        ...options,
      });
      opened.push([person, context]);
      // A session's token lives for some minutes: renewed now, it outlives the test.
      await context.request.post("/api/v1/auth/refresh", { headers: { "X-Quartermaster": "1" } });
      await keep(context, person);
      const page = await context.newPage();
      patient(page.request);
      return page;
    });
    for (const [person, context] of opened) {
      // The session's refresh token may have been rotated meanwhile.
      await keep(context, person);
      await context.close();
    }
  },
});

export { expect };
