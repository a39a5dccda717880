import { expect, open, read, requests, submit, test, textBox } from './support';

const count = '#text-count';

test('500 characters pass, whatever their bytes', async ({ page }) => {
  await open(page);
  await read(page, '😡'.repeat(500));
  await expect(page.locator(count)).toContainText('500');
});

test('501 characters are refused at once, without a request', async ({ page }) => {
  await open(page);
  await textBox(page).fill('é'.repeat(501));
  await expect(page.getByRole('alert')).toContainText('The text has 501 characters. Shorten it to 500.');
  await expect(textBox(page)).toHaveAttribute('aria-invalid', 'true');
  expect(await requests(page, () => submit(page).click())).toEqual([]);

  await textBox(page).fill('é'.repeat(499));
  await expect(page.getByRole('alert')).toHaveCount(0);
});

test('a line break counts as one character', async ({ page }) => {
  await open(page);
  await textBox(page).fill('a\nb');
  await expect(page.locator(count)).toHaveText(/^3\s/);
});

for (const [text, sentence] of [
  ['', 'The text box is empty'],
  ['  \n ', 'The text is blank'],
]) {
  test(`${JSON.stringify(text)} is refused with a sentence`, async ({ page }) => {
    await open(page);
    await textBox(page).fill(text);
    expect(await requests(page, () => submit(page).click())).toEqual([]);
    await expect(page.getByRole('alert')).toContainText(sentence);
  });
}
