import { COMPLAINT, expect, open, read, requests, test, textBox } from './support';

for (const path of ['/?lang=fr', '/?theme=dark']) {
  test(`${path} answers 200 and is remembered`, async ({ request }) => {
    const answer = await request.get(path, { maxRedirects: 0 });
    expect(answer.status()).toBe(200);
    expect(answer.headers()['set-cookie']).toContain(path.slice(2));
  });
}

test.describe('a French browser', () => {
  test.use({ locale: 'fr-FR' });

  test('gets French, with its typography', async ({ page }) => {
    await open(page);
    await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Que ressent ce tweet\u202f?', { useInnerText: true });
    await read(page, COMPLAINT);
    await expect(page.locator('.verdict-card .headline')).toContainText('Négatif');
    await page.getByRole('button', { name: 'Oui' }).click();
    await expect(page.locator('.stored')).toContainText('vous avez dit négatif');
  });

  test('can choose English and keeps what is open', async ({ page }) => {
    await open(page);
    await read(page, COMPLAINT);
    await page.getByRole('link', { name: 'English' }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page.locator('.verdict-card blockquote')).toHaveText(COMPLAINT);
    await open(page);
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  });
});

const background = () => getComputedStyle(document.documentElement).backgroundColor;

test('the theme follows the system until one is chosen', async ({ page }) => {
  await open(page);
  const light = await page.evaluate(background);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await page.evaluate(background)).not.toBe(light);
  await page.getByRole('link', { name: 'Light', exact: true }).click();
  expect(await page.evaluate(background)).toBe(light);
});

test('a theme is chosen without a request, keeps the text, and comes back without a flash', async ({ page }) => {
  await open(page);
  await page.waitForLoadState('networkidle');
  await textBox(page).fill('half a tweet');
  const sent = await requests(page, () => page.getByRole('link', { name: 'Dark' }).click());
  expect(sent).toEqual([]);
  await expect(textBox(page)).toHaveValue('half a tweet');
  await expect(page.getByRole('link', { name: 'Dark' })).toHaveAttribute('aria-current', 'true');
  const html = await (await page.request.get('/')).text();
  expect(html).toContain('data-theme="dark"');
});
