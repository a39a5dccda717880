import { fileURLToPath } from 'node:url';

import type { Page } from '@playwright/test';

import { expect, open, openDemo, read, test } from './support';

/** Pictures of every page for the documentation, made only when asked: `SCREENSHOTS=1`. */
test.skip(!process.env.SCREENSHOTS, 'set SCREENSHOTS=1 to make them again');

const folder = new URL('../../docs/screenshots/', import.meta.url);

const SAID = [
  'worst airline ever. 3 hours late', 'thanks for the great flight, lovely crew', 'lost my bag, terrible service',
  'what time does flight 12 leave?', 'cancelled again, nobody answers the phone', 'smooth boarding, thank you!',
];

/** Shows the examples' verdicts. */
async function analyse(page: Page) {
  await open(page);
  for (const place of [4, 2, 0]) await read(page, await page.locator('.examples a').nth(place).innerText());
}

/** A table of three days, read. */
async function files(page: Page) {
  const row = (place: number) => `${place};${SAID[place % SAID.length]};2${place % 3}/02/2015 1${place % 9}:00`;
  const table = ['ref;said;posted', ...Array.from({ length: 240 }, (_, place) => row(place))].join('\n');
  await open(page, '/files');
  await page.locator('#file').setInputFiles({ name: 'tweets.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await page.locator('.upload button').click();
  await page.locator('.layout .primary').click();
  await expect(page.locator('.row-table')).toBeVisible();
}

/** Some texts to review. */
async function review(page: Page) {
  for (const text of SAID) await page.request.post('/api/v1/analyses', { data: { text } });
  await open(page, '/review');
  await expect(page.locator('.queue > .item').first()).toBeVisible();
}

const pages = {
  analyse,
  files,
  models: (page: Page) => open(page, '/models'),
  review,
  watch: async (page: Page) => {
    await openDemo(page, 'week');
    const age = async () => Date.now() - Date.parse((await page.locator('.watch-head time').getAttribute('datetime')) ?? '');
    await expect.poll(age, { timeout: 60_000 }).toBeLessThan(600_000);
  },
  channels: async (page: Page) => {
    await openDemo(page);
    await page.goto('/watch/channels');
  },
};
const wide = { width: 1280, height: 800 };
const views = [
  { view: 'light', locale: 'en-GB', colorScheme: 'light', viewport: wide },
  { view: 'dark', locale: 'fr-FR', colorScheme: 'dark', viewport: wide },
  { view: 'phone', locale: 'en-GB', colorScheme: 'light', viewport: { width: 360, height: 740 } },
];

for (const { view, ...settings } of views) {
  test.describe(view, () => {
    test.use({ ...settings, reducedMotion: 'reduce' } as never);

    for (const [name, reach] of Object.entries(pages)) {
      test(`${name} is taken`, async ({ page }) => {
        await reach(page);
        await page.evaluate(() => scrollTo(0, 0));
        await page.screenshot({ path: fileURLToPath(new URL(`${name}-${view}.png`, folder)) });
      });
    }
  });
}
