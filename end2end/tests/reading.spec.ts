import { COMPLAINT, expect, history, open, read, requests, stored, submit, test, textBox, verdict } from './support';

test('a pasted tweet gets a verdict that is in the database', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  await expect(verdict(page)).toHaveAttribute('data-label', 'negative');
  await expect(verdict(page).locator('.headline')).toContainText('Negative');
  const analysis = await stored(page);
  expect(analysis.text).toBe(COMPLAINT);
  expect(analysis.label).toBe('negative');
  await expect(verdict(page).locator('.facts')).toContainText(analysis.id);
  await expect(verdict(page).locator('.facts')).toContainText(analysis.model_version);
});

test('the bars show the calibrated probabilities, which sum to one', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  const { probabilities } = await stored(page);
  for (const label of ['negative', 'neutral', 'positive']) {
    const share = await verdict(page).locator(`.bars li[data-label=${label}]`).getAttribute('data-hundredths');
    expect(Number(share) / 10_000).toBeCloseTo(probabilities[label], 3);
  }
  expect(probabilities.negative + probabilities.neutral + probabilities.positive).toBeCloseTo(1, 3);
});

test('a submit is exactly one request', async ({ page }) => {
  await open(page);
  await page.waitForLoadState('networkidle');
  const sent = await requests(page, () => read(page, COMPLAINT));
  expect(sent.map((request) => `${request.method()} ${new URL(request.url()).pathname}`)).toEqual([
    'POST /api/fn/analyse',
  ]);
});

test('a second press while the first is under way sends nothing', async ({ page }) => {
  await open(page);
  let release = () => {};
  const gate = new Promise<void>((open) => (release = open));
  await page.route('**/api/fn/analyse', async (route) => {
    await gate;
    await route.continue();
  });
  await textBox(page).fill(COMPLAINT);
  const sent = await requests(page, async () => {
    await submit(page).click();
    await submit(page).click();
    release();
    await verdict(page).waitFor();
  });
  expect(sent).toHaveLength(1);
});

test('the newest verdict stands first in the history and counts in the session', async ({ page }) => {
  await open(page);
  await read(page, `${COMPLAINT} one`);
  await read(page, `${COMPLAINT} two`);
  await expect(history(page).nth(0)).toContainText('two');
  await expect(history(page).nth(1)).toContainText('one');
  await expect(page.locator('.session [data-count=all]')).toHaveText('2');
  await expect(page.locator('.session [data-count=negative]')).toHaveText('2');
});

test('an old verdict opens from the history without a request when it is known', async ({ page }) => {
  await open(page);
  await read(page, `${COMPLAINT} first`);
  await read(page, `${COMPLAINT} second`);
  const sent = await requests(page, async () => {
    await history(page).nth(1).locator('a').click();
    await expect(verdict(page).locator('blockquote')).toContainText('first');
  });
  expect(sent).toEqual([]);
});

test('a verdict has an address that opens it again', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  const id = await verdict(page).getAttribute('data-analysis');
  expect(new URL(page.url()).search).toBe(`?analysis=${id}`);
  await page.reload();
  await expect(verdict(page)).toHaveAttribute('data-analysis', id!);
});

test('a click on an example fills the box', async ({ page }) => {
  await open(page);
  const example = page.locator('.examples a').nth(2);
  const text = await example.innerText();
  await example.click();
  await expect(textBox(page)).toHaveValue(text);
  await expect(page.locator('#text-count')).toContainText(String([...text].length));
});

test('words that the model does not know are said to be a guess', async ({ page }) => {
  await open(page);
  await read(page, 'qsdfghjk wxcvbnqs zzyzxqw');
  await expect(page.locator('[data-notice=known-words]')).toContainText('None of these words is known');
});

test('what is typed before the page is taken over is kept', async ({ page }) => {
  let release = () => {};
  const gate = new Promise<void>((open) => (release = open));
  await page.route('**/*.wasm', async (route) => {
    await gate;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'domcontentloaded' });
  await textBox(page).fill('typed early');
  release();
  await page.locator(':root[data-live]').waitFor();
  await expect(textBox(page)).toHaveValue('typed early');
  await expect(page.locator('#text-count')).toContainText('11');
});

test('an unknown analysis and an unknown path say so', async ({ page }) => {
  await open(page, '/?analysis=01890000-0000-7000-8000-000000000000');
  await expect(page.getByRole('alert')).toContainText('no such analysis');
});
