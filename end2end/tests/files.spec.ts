import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, open, test } from './support';

/** One column is called neither text nor anything like it, one row cannot be read, one cell would be a formula. */
const TABLE = [
  'ref;said;posted;memo',
  '1;worst airline ever. 3 hours late; 24/02/2015 11:35;=1+1',
  '2;thanks for the great flight, lovely crew;24/02/2015 11:40;fine',
  '3;lost my bag, terrible service;25/02/2015 09:00;-',
  '4;;25/02/2015 09:30;no text',
  '5;what time does flight 12 leave?;26/02/2015 10:00;',
].join('\r\n');

const upload = { name: 'tweets.csv', mimeType: 'text/csv', buffer: Buffer.from(TABLE) };

/** Uploads the table and leads to its preview. */
async function give(page: Page) {
  await page.locator('#file').setInputFiles(upload);
  await page.locator('.upload button').click();
  await expect(page.locator('.beginning')).toBeVisible();
}

/** Has the file read, and waits for what comes of it. */
async function read(page: Page) {
  await page.locator('.layout .primary').click();
  await expect(page.locator('.row-table')).toBeVisible();
}

test('a file is given, understood, corrected, read, filtered and exported', async ({ page }) => {
  await open(page, '/files');
  await give(page);
  const column = page.locator('[name=text_column]');
  await expect(column.locator('option:checked')).toHaveText('said');
  await expect(page.locator('[name=date_column] option:checked')).toHaveText('posted');
  await column.selectOption({ label: 'memo' });
  await page.getByRole('button', { name: 'Preview again' }).click();
  await expect(page.locator('.beginning th[data-role=text]')).toContainText('memo');
  await page.locator('[name=text_column]').selectOption({ label: 'said' });
  await read(page);
  await expect(page.locator('.outcome')).toContainText('4 rows were read, 1 could not be.');
  await expect(page.locator('.row-table tbody tr')).toHaveCount(4);
  await page.locator('.unreadable summary').click();
  await expect(page.locator('.unreadable tbody')).toContainText('The text is empty.');
  await expect(page.locator('.timeline .bars')).toBeVisible();

  await page.locator('[name=search]').fill('BAG');
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await expect(page.locator('.found')).toContainText('1 row');
  await expect(page.locator('.row-table .text')).toHaveText(['lost my bag, terrible service']);
  const link = await page.locator('.exports a[data-format=csv]').getAttribute('href');
  const lines = (await (await page.request.get(link!)).text()).trim().split(/\r?\n/);
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("'-,negative,");
  const french = await page.request.get((await page.locator('[data-format=csv-fr]').getAttribute('href'))!);
  expect((await french.text()).startsWith('\ufeffref;said;')).toBe(true);
});

test('a file is found again after the page was left, and can be deleted', async ({ page }) => {
  await open(page, '/files');
  await give(page);
  const address = page.url();
  await page.reload();
  await expect(page.locator('.beginning')).toBeVisible();
  await read(page);
  await open(page, '/files');
  const file = page.locator('.file-list li').first();
  await expect(file).toHaveAttribute('data-state', 'done');
  await file.getByRole('button').click();
  await expect(page.locator('main[data-page=files] h1')).toHaveText('Read a file of tweets');
  expect((await page.request.get(address)).status()).toBe(404);
});

test('an upload that broke off goes on where it stopped', async ({ page }) => {
  const announced = { name: upload.name, bytes: upload.buffer.length };
  const begun = await (await page.request.post('/api/v1/files', { data: announced })).json();
  const content = `/api/v1/files/${begun.id}/content?offset=0`;
  await page.request.patch(content, { data: upload.buffer.subarray(0, 50) });
  await open(page, `/files/${begun.id}`);
  await expect(page.locator('#file-hint')).toContainText('it goes on where it stopped');
  await give(page);
  expect(page.url()).toContain(begun.id);
  await expect(page.locator('.beginning tbody tr').first()).toContainText('worst airline ever');
});

test('a file that is gone is answered with a sentence', async ({ page }) => {
  test.info().annotations.push({ type: 'status', description: '404' });
  const answer = await page.request.get('/files/0190163d-8694-739b-aea5-966c26f8ad91');
  expect(answer.status()).toBe(404);
  expect(await answer.text()).toContain('There is no such file');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('everything works by forms and links', async ({ page }) => {
    await page.goto('/files');
    await give(page);
    await page.locator('[name=form]').selectOption('comma');
    await page.getByRole('button', { name: 'Preview again' }).click();
    await expect(page.locator('.problem, .beginning').first()).toBeVisible();
    await page.goto(page.url().split('?')[0]);
    await page.locator('.layout .primary').click();
    await expect(async () => {
      await page.reload();
      await expect(page.locator('.row-table')).toBeVisible({ timeout: 100 });
    }).toPass();
    await page.locator('[name=label]').selectOption('negative');
    await page.getByRole('button', { name: 'Show', exact: true }).click();
    await expect(page.locator('.row-table tbody tr').first()).toContainText('worst airline ever');
    const labels = await page.locator('.row-table .label-mark').evaluateAll((marks) => marks.map((mark) => mark.getAttribute('data-label')));
    expect(new Set(labels)).toEqual(new Set(['negative']));
    await page.goto('/files');
    await page.locator('.file-list li').first().getByRole('button').click();
    await expect(page.locator('main h1')).toHaveText('Read a file of tweets');
  });
});

for (const locale of ['en-GB', 'fr-FR'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}, on a phone`, () => {
      test.use({ locale, colorScheme, viewport: { width: 360, height: 740 }, reducedMotion: 'reduce' } as never);

      test('axe finds nothing and nothing is cut at any step', async ({ page }) => {
        const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        const isWell = async () => {
          expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
          expect(await page.evaluate(overflow)).toBe(0);
        };
        await open(page, '/files');
        await isWell();
        await give(page);
        await isWell();
        await read(page);
        await page.locator('.unreadable summary').click();
        await page.locator('.timeline summary').click();
        await isWell();
      });
    });
  }
}
