/** Writing an order in the grid, by keyboard. */
import { expect, type Locator, type Page } from "@playwright/test";

/** What an open picker offers, and no other picker on the page. */
export async function choices(field: Locator): Promise<Locator> {
  await expect(field).toHaveAttribute("aria-expanded", "true");
  return field.page().locator(`[id="${await field.getAttribute("aria-controls")}"]`).getByRole("option", { disabled: false });
}

/** Types into a picker and takes the first of what it finds. */
export async function pick(page: Page, label: string, words: string): Promise<void> {
  const field = page.getByRole("combobox", { name: label, exact: true });
  await field.focus();
  await field.fill("");
  await field.pressSequentially(words);
  await expect((await choices(field)).first()).toContainText(new RegExp(words.split(/\s+/)[0] ?? words, "i"));
  await field.press("Enter");
  await expect(field).not.toHaveAttribute("aria-expanded", "true");
}

export interface Line {
  model: string;
  quantity: number;
  price: string;
}

export async function writeLines(page: Page, lines: Line[]): Promise<void> {
  for (const [index, line] of lines.entries()) {
    await pick(page, `Model of line ${index + 1}`, line.model);
    await page.keyboard.press("Tab");
    await expect(page.getByRole("textbox", { name: `Quantity of line ${index + 1}` })).toBeFocused();
    await page.keyboard.type(String(line.quantity));
    await page.keyboard.press("Tab");
    await page.keyboard.type(line.price);
    if (index < lines.length - 1) await page.keyboard.press("Enter");
  }
}
