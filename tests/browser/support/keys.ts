/** Going about a page by keyboard alone. */
import { expect, type Locator } from "@playwright/test";

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
