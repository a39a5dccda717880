import AxeBuilder from '@axe-core/playwright';

import { COMPLAINT, expect, open, read, submit, test, textBox } from './support';

for (const locale of ['en-GB', 'fr-FR'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme, reducedMotion: 'reduce' } as never);

      test('axe finds nothing before a verdict, beside one, and beside an error', async ({ page }) => {
        const violations = async () => (await new AxeBuilder({ page }).analyze()).violations;
        await open(page);
        expect(await violations()).toEqual([]);
        await read(page, COMPLAINT);
        await page.locator('.feedback summary').click();
        expect(await violations()).toEqual([]);
        await textBox(page).fill(' ');
        await submit(page).click();
        await page.locator('.choices button').first().click();
        await expect(page.locator('.stored')).toBeVisible();
        expect(await violations()).toEqual([]);
      });
    });
  }
}
