/** Going about a page by keyboard alone. */
import { expect, type Locator, type Page } from "@playwright/test";

/** Presses Tab until the control has the focus, as a person does who sees where the focus is. */
export async function tabTo(control: Locator, most = 120): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < most; presses++) {
    if (await control.evaluate((element) => element === document.activeElement)) return;
    await control.page().keyboard.press("Tab");
  }
  throw new Error(`The focus did not come to ${control} within ${most} presses of Tab.`);
}

/** Types into the picker that has the focus and takes the first that it finds. */
export async function typeAndTake(control: Locator, words: string): Promise<void> {
  await expect(control).toBeFocused();
  await control.page().keyboard.type(words);
  await control.page().keyboard.press("Enter");
  await expect(control).not.toHaveAttribute("aria-expanded", "true");
  await expect(control).not.toHaveValue(words);
}

/** Does what a button says, or an entry of the menu behind the buttons, and agrees to the dialog that asks. */
export async function press(page: Page, name: string, agreed = name): Promise<void> {
  const button = page.getByRole("button", { name, exact: true });
  const more = page.getByRole("button", { name: "More actions" });
  await expect(button.or(more).first()).toBeVisible();
  if (await button.isVisible()) {
    await tabTo(button);
    await page.keyboard.press("Enter");
  } else {
    await tabTo(more);
    await page.keyboard.press("Enter");
    const entry = page.getByRole("menuitem", { name });
    await expect(entry).toBeVisible();
    for (let presses = 0; presses < 20 && !(await entry.evaluate((element) => element === document.activeElement)); presses++)
      await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
  }
  const dialog = page.getByRole("dialog");
  const agree = dialog.getByRole("button", { name: agreed, exact: true }).and(page.locator("[type=submit]"));
  // Some open a page instead.
  const asks = await agree.waitFor({ timeout: 2_000 }).then(
    () => true,
    () => false,
  );
  if (asks) {
    await page.keyboard.press("Control+Enter");
    await expect(dialog).toHaveCount(0);
  }
}
