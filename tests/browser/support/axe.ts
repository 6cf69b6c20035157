/** What axe finds serious on a page as it is shown, in words. */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** All rules, or only those that are named. */
export async function serious(page: Page, rules?: string[]): Promise<string[]> {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations
    .filter((one) => one.impact === "serious" || one.impact === "critical")
    .map((v) => `${v.id} (${v.impact}) ${v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(" | ")}`);
}
