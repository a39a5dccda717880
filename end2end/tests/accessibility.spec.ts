import AxeBuilder from '@axe-core/playwright';

import { COMPLAINT, deviceSwitch, expect, open, read, readOnDevice, submit, test, textBox, WEIGHTS } from './support';

for (const locale of ['en-GB', 'fr-FR'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme, reducedMotion: 'reduce', tolerated: /Failed to load resource/ } as never);

      test('axe finds nothing before a verdict, beside one, and beside an error', async ({ page }) => {
        const violations = async () => (await new AxeBuilder({ page }).analyze()).violations;
        await open(page);
        expect(await violations()).toEqual([]);
        await read(page, COMPLAINT);
        await page.locator('.feedback summary').click();
        await page.locator('.ask-why').click();
        await expect(page.locator('.phrases')).toBeVisible();
        expect(await violations()).toEqual([]);
        await textBox(page).fill(' ');
        await submit(page).click();
        await page.locator('.choices button').first().click();
        await expect(page.locator('.stored')).toBeVisible();
        expect(await violations()).toEqual([]);
      });

      test('axe finds nothing while the device fetches its model, beside its verdict, and when it fails', async ({ page }) => {
        const violations = async () => (await new AxeBuilder({ page }).analyze()).violations;
        await open(page);
        await page.route(WEIGHTS, () => {});
        await deviceSwitch(page).check();
        await expect(page.getByRole('progressbar')).toBeVisible();
        expect(await violations()).toEqual([]);
        await deviceSwitch(page).uncheck();
        await page.unroute(WEIGHTS);
        await page.route('**/pkg/worker.js', (route) => route.abort());
        await deviceSwitch(page).check();
        await expect(page.getByRole('alert')).toBeVisible();
        expect(await violations()).toEqual([]);
        await page.unroute('**/pkg/worker.js');
        await deviceSwitch(page).uncheck();
        await readOnDevice(page);
        await read(page, COMPLAINT);
        expect(await violations()).toEqual([]);
      });
    });
  }
}
