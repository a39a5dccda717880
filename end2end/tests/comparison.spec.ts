import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';

import { expect, open, requests, test } from './support';

/** What the page must tell, whatever it says today. */
const report = JSON.parse(readFileSync(new URL('../../docs/models.json', import.meta.url), 'utf8'));
const protocols = report.protocols.filter((protocol: any) => protocol.results.length > 0);
const chartFiles: string[] = [
  ...protocols.flatMap((protocol: any) => protocol.plots.map((plot: any) => plot.file)),
  ...report.models.map((model: any) => model.learning_curves).filter(Boolean),
].map((file) => file.split('/').at(-1));

const section = (page: Page, protocol: any) => page.locator(`.protocol[data-protocol="${protocol.name}"]`);
const rowsOfModels = (page: Page, protocol: any) => section(page, protocol).locator('tr[data-model]');

test('every protocol with results has its rows: each model, then what others published', async ({ page }) => {
  await open(page, '/models');
  await expect(page.locator('.protocol')).toHaveCount(protocols.length);
  for (const protocol of protocols) {
    await expect(section(page, protocol).getByRole('heading')).toHaveText(protocol.title);
    const titles = protocol.results.map((result: any) => result.title);
    await expect(rowsOfModels(page, protocol).locator('.title')).toHaveText(titles);
    const published = section(page, protocol).locator('.published th[scope=row]');
    await expect(published).toHaveText(protocol.published.map((figure: any) => figure.model));
  }
});

test('the figure that is judged by stands first, with its interval and drawn', async ({ page }) => {
  await open(page, '/models');
  for (const protocol of protocols) {
    await expect(section(page, protocol).locator('thead th').nth(1)).toHaveText(protocol.headline);
    for (const [place, result] of protocol.results.entries()) {
      const row = rowsOfModels(page, protocol).nth(place);
      const { value, low, high } = result.summary.find((figure: any) => figure.measure === protocol.headline);
      const said = `${value.toFixed(3)} ${low.toFixed(3)} to ${high.toFixed(3)}`;
      await expect(row.locator('td').first()).toHaveText(said);
      await expect(row.locator('.drawn circle')).toHaveCount(1);
      await expect(row).toContainText('MB');
      await expect(row.locator('td').last()).toHaveText(/^[\d.]+\s(µs|ms|s)$/);
    }
  }
});

test('bold is only what every pair with another model supports', async ({ page }) => {
  await open(page, '/models');
  for (const protocol of protocols) {
    const { headline, results, pairs } = protocol;
    const isAbove = (pair: any, name: string) => {
      const found = pair.differences.find((difference: any) => difference.measure === headline);
      return found?.p < 0.05 && (pair.first === name ? found.value > 0 : found.value < 0);
    };
    for (const [place, { model }] of results.entries()) {
      const own = pairs.filter((pair: any) => [pair.first, pair.second].includes(model));
      const leads = own.length > 0 && own.every((pair: any) => isAbove(pair, model));
      const bold = rowsOfModels(page, protocol).nth(place).locator('td').first().locator('strong');
      await expect(bold).toHaveCount(leads ? 1 : 0);
    }
  }
});

test('a model is marked as in use in the version that was measured, and another version as another', async ({ page }) => {
  await open(page, '/models');
  const loaded: { name: string; version: string }[] = (await (await page.request.get('/api/v1')).json()).models;
  for (const { model } of report.models) {
    const namesakes = loaded.filter(({ name }) => name === model.name);
    const usage = namesakes.some(({ version }) => version === model.version) ? 'this' : 'other';
    for (const row of await page.locator(`tr[data-model="${model.name}"]`).all()) {
      await expect(row.locator('.usage')).toHaveCount(namesakes.length > 0 ? 1 : 0);
      if (namesakes.length > 0) await expect(row.locator('.usage')).toHaveAttribute('data-usage', usage);
    }
    const warned = namesakes.length > 0 && usage === 'other';
    await expect(page.locator(`[data-other-version="${model.name}"]`)).toHaveCount(warned ? 1 : 0);
  }
});

test('a chart is asked for when it is opened, and has its place before', async ({ page }) => {
  const sent = await requests(page, () => open(page, '/models'));
  expect(sent.filter((request) => request.url().includes('/charts/'))).toEqual([]);
  const charts = page.locator('.protocol .charts').first();
  await charts.locator('summary').click();
  for (const chart of await charts.locator('img').all()) {
    await chart.scrollIntoViewIfNeeded();
    await expect.poll(() => chart.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);
    const [given, natural] = await chart.evaluate((image: HTMLImageElement) => [
      ['width', 'height'].map((size) => Number(image.getAttribute(size))),
      [image.naturalWidth, image.naturalHeight],
    ]);
    expect(given).toEqual(natural);
    await expect(chart).toHaveAttribute('alt', /\w/);
  }
});

test('every chart of the report is shown and served as a drawing', async ({ page }) => {
  await open(page, '/models');
  const sources = await page.locator('.charts img').evaluateAll((all) => all.map((one) => one.getAttribute('src')!));
  expect(sources.map((source) => source.split('/').at(-1))).toEqual(chartFiles);
  for (const source of sources) {
    const answer = await page.request.get(source);
    expect([answer.status(), answer.headers()['content-type']]).toEqual([200, 'image/svg+xml']);
  }
});

test('a chart opened by itself may set its colours', async ({ page }) => {
  await open(page, '/models');
  await page.locator('.protocol summary').first().click();
  await page.locator('.charts a').first().click();
  await expect(page.locator('svg')).toBeVisible();
  expect(new URL(page.url()).pathname).toMatch(/^\/charts\/.+\.svg$/);
});

test('the links at the top lead to the protocols and to the cards', async ({ page }) => {
  await open(page, '/models');
  for (const link of await page.locator('.contents a').all()) {
    await link.click();
    await expect(page.locator(`[id="${(await link.getAttribute('href'))!.slice(1)}"]`)).toBeInViewport();
  }
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the comparison is whole and its charts open', async ({ page }) => {
    // Where scripts are off, browsers may load at once what is marked as lazy.
    const loaded = page.waitForResponse(/\/charts\/.+\.svg$/);
    await page.goto('/models?lang=fr');
    await expect(page.getByRole('heading', { name: 'Tous les modèles comparés' })).toBeVisible();
    for (const protocol of protocols) {
      await expect(rowsOfModels(page, protocol)).toHaveCount(protocol.results.length);
    }
    const charts = page.locator('.protocol .charts').first();
    await expect(charts.locator('img').first()).toBeHidden();
    await charts.locator('summary').click();
    expect((await loaded).status()).toBe(200);
    await expect(charts.locator('img').first()).toBeVisible();
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  for (const width of [360, 1280]) {
    test.describe(`${colorScheme}, ${width} pixels wide`, () => {
      test.use({ colorScheme, viewport: { width, height: 740 } });

      test('axe finds nothing beside an open chart and nothing is cut', async ({ page }) => {
        await open(page, '/models');
        for (const summary of await page.locator('.charts summary').all()) await summary.click();
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        expect(await page.evaluate(overflow)).toBe(0);
      });
    });
  }
}
