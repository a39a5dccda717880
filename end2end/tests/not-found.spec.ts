import { expect, test } from './support';

// The browser itself reports a page that is not found.
test.use({ tolerated: /Failed to load resource.*404/ });

test('an unknown path is a page that says so, with status 404', async ({ page }) => {
  const answer = await page.goto('/no-such-page');
  expect(answer!.status()).toBe(404);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no such page');
  await page.locator('main').getByRole('link', { name: 'Analyse' }).click();
  await expect(page.locator('main[data-page=analyse]')).toBeVisible();
});
