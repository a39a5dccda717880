import { COMPLAINT, expect, history, otherLabels, read, stored, submit, test, textBox, verdict } from './support';

test.use({ javaScriptEnabled: false });

test('a form post reads a tweet and ends on an address that shows it', async ({ page }) => {
  await page.goto('/');
  await read(page, COMPLAINT);
  await expect(verdict(page)).toHaveAttribute('data-label', 'negative');
  expect(new URL(page.url()).search).toBe(`?analysis=${(await stored(page)).id}`);
  await expect(history(page).first()).toContainText(COMPLAINT);
  await expect(page.locator('.session')).toBeHidden();
});

test('thumbs and undo work', async ({ page }) => {
  await page.goto('/');
  await read(page, COMPLAINT);
  const [other] = await otherLabels(page);
  await page.locator('.feedback summary').click();
  await page.locator(`.choices button[value=${other}]`).click();
  await expect(page.locator('.stored')).toContainText(`you said ${other}`);
  expect((await stored(page)).feedback.label).toBe(other);

  await page.getByRole('button', { name: 'Undo' }).click();
  expect((await stored(page)).feedback).toBeNull();

  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(page.locator('.stored')).toContainText('you said negative');
});

test('an over-long text comes back with its sentence, once, and not in the address', async ({ page }) => {
  const text = '😡'.repeat(501);
  await page.goto('/');
  await textBox(page).fill(text);
  await submit(page).click();
  await expect(page.getByRole('alert')).toContainText('The text has 501 characters. Shorten it to 500.');
  await expect(textBox(page)).toHaveValue(text);
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(textBox(page)).toHaveValue('');
});

test('a text that is far too long is kept as far as it fits, and that is said', async ({ page }) => {
  await page.goto('/');
  await textBox(page).fill('word '.repeat(2_000).trim());
  await submit(page).click();
  await expect(page.getByRole('alert')).toContainText('Shorten it to 500.');
  await expect(page.locator('.notice')).toContainText('Only the beginning of your text');
});

test('markup in a refused text stays text', async ({ page }) => {
  const text = `\n</textarea><script>&lt;${'x'.repeat(500)}`;
  await page.goto('/');
  await textBox(page).fill(text);
  await submit(page).click();
  await expect(textBox(page)).toHaveValue(text);
});

test('an example is a link that fills the box', async ({ page }) => {
  await page.goto('/');
  const example = page.locator('.examples a').first();
  const text = await example.innerText();
  await example.click();
  await expect(textBox(page)).toHaveValue(text);
});

test('language and theme are links', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByRole('link', { name: 'Sombre' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.goto('/');
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
