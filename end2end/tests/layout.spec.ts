import { COMPLAINT, expect, open, read, test, verdict } from './support';

const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

test('the first view on a laptop shows the whole verdict', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  const box = await verdict(page).boundingBox();
  expect(await page.evaluate(() => scrollY)).toBe(0);
  expect(box!.y + box!.height).toBeLessThanOrEqual(720);
});

for (const locale of ['en-GB', 'fr-FR']) {
  test.describe(`a phone in ${locale}`, () => {
    test.use({ viewport: { width: 360, height: 740 }, locale, hasTouch: true, isMobile: true });

    test('cuts nothing, and shows the thumbs with the verdict', async ({ page }) => {
      await open(page);
      expect(await page.evaluate(overflow)).toBe(0);
      await read(page, 'Unbreakable@handle_'.repeat(8));
      await expect(page.locator('.headline')).toBeInViewport();
      await expect(page.locator('.feedback summary')).toBeInViewport();
      await page.locator('.feedback summary').tap();
      expect(await page.evaluate(overflow)).toBe(0);
      await expect(page.locator('.headline')).toBeInViewport();
      await expect(page.locator('.feedback summary')).toBeInViewport();
      const thumb = await page.locator('.feedback .button').first().boundingBox();
      expect(thumb!.height).toBeGreaterThanOrEqual(44);
    });
  });
}

test('bars do not move for a reader who asks for stillness', async ({ page }) => {
  const animation = () => getComputedStyle(document.querySelector('.bar .value')!).animationName;
  await open(page);
  await read(page, COMPLAINT);
  expect(await page.evaluate(animation)).toBe('grow');
  await page.emulateMedia({ reducedMotion: 'reduce' });
  expect(await page.evaluate(animation)).toBe('none');
});
