import { fileURLToPath } from 'node:url';

import { open, openDemo, read, test } from './support';

/** Pictures for the documentation, made only when asked: `SCREENSHOTS=1`. */
test.skip(!process.env.SCREENSHOTS, 'set SCREENSHOTS=1 to make them again');

const folder = new URL('../../docs/screenshots/', import.meta.url);
const views = [
  { name: 'analyse-light', locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 720 } },
  { name: 'analyse-dark', locale: 'fr-FR', colorScheme: 'dark', viewport: { width: 1280, height: 720 } },
  { name: 'analyse-phone', locale: 'en-GB', colorScheme: 'light', viewport: { width: 360, height: 740 } },
];

const pages = [
  { name: 'watch-light', locale: 'en-GB', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  { name: 'watch-dark', locale: 'fr-FR', colorScheme: 'dark', viewport: { width: 1280, height: 900 } },
];

for (const { name, ...settings } of pages) {
  test.describe(name, () => {
    test.use({ ...settings, reducedMotion: 'reduce' } as never);

    test('is taken', async ({ page }) => {
      await openDemo(page, 'week');
      await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) });
    });
  });
}

for (const { name, ...settings } of views) {
  test.describe(name, () => {
    test.use({ ...settings, reducedMotion: 'reduce' } as never);

    test('is taken', async ({ page }) => {
      await open(page);
      for (const place of [4, 2, 0]) await read(page, await page.locator('.examples a').nth(place).innerText());
      await page.evaluate(() => scrollTo(0, 0));
      await page.screenshot({ path: fileURLToPath(new URL(`${name}.png`, folder)) });
    });
  });
}
