import { COMPLAINT, expect, open, read, requests, test, verdict } from './support';

const ask = { name: 'Why this verdict?' };

test('the words that tell are underlined and named, in one request, and stay on a reload', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  const sent = await requests(page, async () => {
    await page.getByRole('link', ask).click();
    await expect(page.locator('.why [data-speaks=for]').first()).toBeVisible();
  });
  expect(sent).toHaveLength(1);
  await expect(verdict(page).locator('blockquote')).toHaveText(COMPLAINT);
  await expect(page.locator('.why')).toContainText('speak for negative');
  await expect(page.locator('.phrases li').first()).toContainText('lost');
  await expect(page.locator('.phrases li').first()).toContainText('+');
  await page.reload();
  await expect(page.locator('.phrases li').first()).toContainText('lost');

  await page.getByRole('link', { name: 'Hide the reasons' }).click();
  await expect(page.locator('.why [data-speaks]')).toHaveCount(0);
  await expect(page.getByRole('link', ask)).toBeVisible();
});

test('what speaks against the verdict is told apart by more than its colour', async ({ page }) => {
  await open(page);
  await read(page, 'thanks a lot @skyhopper, you lost my bag and nobody answers the phone');
  await page.getByRole('link', ask).click();
  const style = (speaks: string) =>
    page.locator(`.why [data-speaks=${speaks}]`).first().evaluate((word) => getComputedStyle(word).textDecorationStyle);
  expect([await style('for'), await style('against')]).toEqual(['solid', 'dotted']);
});

test('the next tweet is not explained before anybody asks', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  await page.getByRole('link', ask).click();
  await expect(page.locator('.phrases')).toBeVisible();
  await read(page, 'thank you for a lovely flight');
  await expect(page.locator('.phrases')).toHaveCount(0);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the question is a link', async ({ page }) => {
    await page.goto('/');
    await read(page, COMPLAINT);
    await page.getByRole('link', ask).click();
    await expect(page.locator('.phrases li').first()).toContainText('lost');
    await page.getByRole('link', { name: 'Hide the reasons' }).click();
    await expect(page.locator('.phrases')).toHaveCount(0);
  });
});
