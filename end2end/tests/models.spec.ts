import AxeBuilder from '@axe-core/playwright';

import { COMPLAINT, expect, open, read, requests, stored, test, verdict } from './support';

test('the page says which models are in use, as the service does', async ({ page }) => {
  await open(page, '/models');
  const { models } = await (await page.request.get('/api/v1')).json();
  const cards = page.locator('.model-card');
  await expect(cards).toHaveCount(models.length);
  for (const [place, model] of models.entries()) {
    await expect(cards.nth(place)).toHaveAttribute('data-model', model.name);
    await expect(cards.nth(place).locator('h2')).toContainText(model.version);
  }
  await expect(page.locator('.known-languages')).toContainText('Vigie knows English');
});

test('every figure stands with its interval and its rows', async ({ page }) => {
  await open(page, '/models');
  const rows = page.locator('.model-card').first().locator('.figures tbody tr');
  expect(await rows.count()).toBeGreaterThan(0);
  for (const row of await rows.all()) {
    await expect(row.locator('td').nth(0)).toHaveText(/^[01]\.\d{3}$/);
    await expect(row.locator('td').nth(1)).toHaveText(/^[01]\.\d{3} to [01]\.\d{3}$/);
    await expect(row.locator('td').last()).toHaveText(/^[\d,]+$/);
  }
  const card = page.locator('.model-card').first();
  await expect(card).toContainText('MB');
  await expect(card.locator('.limits li').first()).not.toBeEmpty();
  await expect(card.locator('.data-files tbody tr').first()).toBeVisible();
  await expect(card.locator('pre')).toContainText('vigie-train');
});

test('the header leads there and back without a reload, and a verdict names one of them', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  const { model } = await stored(page);
  await page.evaluate(() => Object.assign(window, { kept: true }));
  await page.getByRole('link', { name: 'Models' }).click();
  await expect(page.locator('main[data-page=models]')).toBeVisible();
  await expect(page.locator(`.model-card[data-model="${model}"]`)).toBeVisible();
  await expect(page.getByRole('link', { name: 'Models' })).toHaveAttribute('aria-current', 'page');
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Analyse' }).click();
  await expect(page.locator('main[data-page=analyse]')).toBeVisible();
  expect(await page.evaluate(() => 'kept' in window)).toBe(true);
});

test('opened directly, it asks for nothing more', async ({ page }) => {
  const sent = await requests(page, () => open(page, '/models'));
  expect(sent.filter((request) => new URL(request.url()).pathname.startsWith('/api/'))).toEqual([]);
});

test('the page of a tweet says which languages are known', async ({ page }) => {
  await open(page);
  await expect(page.locator('.ask .known-languages')).toContainText('Vigie knows English');
});

test('a text in a language that no model knows is read with a warning, one without letters without', async ({ page }) => {
  await open(page);
  await read(page, 'Bavulum kayıp ve çok kötü bir gün');
  await expect(page.locator('[data-notice=language]')).toContainText('This reads like Turkish. The model knows English');
  expect((await stored(page)).language).toBe('tr');
  await read(page, '12:30 😡');
  await expect(page.locator('[data-notice=language]')).toHaveCount(0);
  await expect(verdict(page)).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the page is whole', async ({ page }) => {
    await page.goto('/');
    await page.getByRole('link', { name: 'Models' }).click();
    await expect(page.locator('.model-card').first().locator('.figures tbody tr').first()).toBeVisible();
    await page.getByRole('link', { name: 'Français' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Quels modèles lisent les tweets');
    await expect(page.locator('.known-languages')).toContainText('Vigie connaît l’anglais');
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`${colorScheme}, on a phone`, () => {
    test.use({ colorScheme, viewport: { width: 360, height: 740 } });

    test('axe finds nothing and nothing is cut', async ({ page }) => {
      await open(page, '/models');
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      expect(await page.evaluate(overflow)).toBe(0);
    });
  });
}
