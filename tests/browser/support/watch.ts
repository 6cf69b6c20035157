/** Watches a page for what must never happen: errors on its console, and requests to any other host. */
import type { Page } from "@playwright/test";
import { serverUrl } from "./people";

export interface Watch {
  complaints: string[];
}

export function watch(page: Page): Watch {
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(`page error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`console: ${message.text()} (${message.location().url})`);
  });
  page.on("request", (request) => {
    const url = request.url();
    if (/^(data|blob|about):/.test(url)) return;
    if (new URL(url).host !== new URL(serverUrl()).host) complaints.push(`request to another host: ${url}`);
  });
  return { complaints };
}
