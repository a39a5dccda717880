import { COMPLAINT, expect, open, stored, test, textBox, verdict } from './support';

test('a tweet is read, corrected and the correction undone by keyboard alone', async ({ page }) => {
  await open(page);
  const press = async (key: string, times = 1) => {
    for (let time = 0; time < times; time += 1) await page.keyboard.press(key);
  };
  const reach = async (selector: string) => {
    for (let step = 0; step < 40; step += 1) {
      if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
      await press('Tab');
    }
    throw new Error(`Tab does not reach ${selector}`);
  };

  await reach('#text');
  await page.keyboard.type(COMPLAINT);
  await press('Control+Enter');
  await expect(verdict(page)).toBeVisible();
  await expect(textBox(page)).toBeFocused();

  await reach('.feedback summary');
  await press('Enter');
  await reach('.choices button[value=neutral]');
  await press('Enter');
  await expect(page.locator('.stored')).toContainText('you said neutral');
  expect((await stored(page)).feedback.label).toBe('neutral');

  // The focus has stayed where the pressed button was.
  await press('Tab');
  await expect(page.getByRole('button', { name: 'Undo' })).toBeFocused();
  await press('Enter');
  await expect(page.getByRole('button', { name: 'Yes' })).toBeVisible();
  expect((await stored(page)).feedback).toBeNull();
});

test('the first stop leads past the header, and every stop is seen', async ({ page }) => {
  await open(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeInViewport();
  for (let step = 0; step < 20; step += 1) {
    await page.keyboard.press('Tab');
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement!).outlineStyle);
    expect(outline).toBe('solid');
  }
});

test('the verdict is read out', async ({ page }) => {
  await open(page);
  await expect(page.locator('[data-announcer]')).toHaveText('');
  await textBox(page).fill(COMPLAINT);
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('[data-announcer]')).toContainText(/Verdict: Negative, .*confidence/);
});
