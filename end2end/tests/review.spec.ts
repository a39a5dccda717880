import { readFile } from 'node:fs/promises';

import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { expect, open, test } from './support';

const KEYS = { negative: '1', neutral: '2', positive: '3', skip: '0' } as const;

const items = (page: Page) => page.locator('.queue > .item');
const lastAct = (page: Page) => page.locator('.last-act [role=status]');

interface Entry { reviewer: string; label: string | null; undone: boolean }
interface Item { id: string; text: string; said: Entry[] }

/** Texts that no other test has, and the search that finds them alone. */
async function analysed(page: Page, count: number): Promise<string> {
  const name = `flight${Date.now()}`;
  const moods = ['late and rude', 'boards at gate', 'was lovely, thanks'];
  for (let number = 0; number < count; number += 1) {
    const text = `${name} ${moods[number % 3]} ${number}`;
    const answer = await page.request.post('/api/v1/analyses', { data: { text } });
    expect(answer.status()).toBe(201);
  }
  return name;
}

/** What is stored of these texts, in the order of the queue. */
async function stored(page: Page, search: string): Promise<Item[]> {
  const answer = await page.request.get('/api/v1/review/queue', { params: { search, seen: true, limit: 200 } });
  return (await answer.json()).items;
}

/** The label that counts for each text, by reviewer. */
async function inForce(page: Page, search: string) {
  const said = (item: Item) => Object.fromEntries(item.said.filter((entry) => !entry.undone).map(({ reviewer, label }) => [reviewer, label]));
  return Object.fromEntries((await stored(page, search)).map((item) => [item.text, said(item)]));
}

async function reach(page: Page, selector: string, key = 'Tab') {
  for (let step = 0; step < 60; step += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not reach ${selector}`);
}

async function openQueue(page: Page, search: string, more = '') {
  await open(page, `/review?search=${search}${more}`);
  await reach(page, '.queue > .item');
}

async function typeKeys(page: Page, keys: string) {
  for (const key of keys) await page.keyboard.press(key);
}

test('a hundred texts are labelled by keyboard alone', async ({ page }) => {
  test.slow();
  const name = await analysed(page, 100);
  const texts = (await stored(page, name)).map(({ text }) => text);
  await openQueue(page, name);
  await expect(items(page)).toHaveCount(50);
  const label = (text: string) => (text.includes('late') ? 'negative' : text.includes('lovely') ? 'positive' : 'neutral');
  for (const text of texts) {
    await expect(page.locator('.item:focus .text')).toHaveText(text);
    await page.keyboard.press(KEYS[label(text)]);
  }
  await expect(page.locator('.none')).toContainText('Nothing is left to review');
  const expected = Object.fromEntries(texts.map((text) => [text, { local: label(text) }]));
  expect(await inForce(page, name)).toEqual(expected);
});

test('keys typed faster than the service answers mean the texts that were seen', async ({ page }) => {
  const name = await analysed(page, 12);
  const texts = (await stored(page, name)).map(({ text }) => text);
  await openQueue(page, name);
  await typeKeys(page, '12301');
  await expect(items(page)).toHaveCount(7);
  const said = await inForce(page, name);
  const labels = texts.map((text) => said[text].local);
  expect(labels).toEqual(['negative', 'neutral', 'positive', null, 'negative', ...Array(7).fill(undefined)]);
  await expect(page.locator('.item:focus .text')).toHaveText(texts[5]);
  await typeKeys(page, '1uU');
  await expect(page.locator('.item:focus .text')).toHaveText(texts[4]);
  await page.keyboard.press('2');
  await expect(lastAct(page)).toContainText('Neutral');
  await expect(items(page)).toHaveCount(7);
  expect((await inForce(page, name))[texts[4]].local).toBe('neutral');
});

test('a selection and a whole filter are labelled at once, and undo restores exactly', async ({ page }) => {
  const name = await analysed(page, 60);
  await openQueue(page, name);
  await typeKeys(page, 'jj3');
  await expect(items(page)).toHaveCount(50);
  await expect(lastAct(page)).toContainText('1 text: Positive');
  const before = await inForce(page, name);

  // Five in a row, from the fifth to the first.
  await page.keyboard.press('k');
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('j');
  await page.keyboard.press('x');
  for (let step = 0; step < 4; step += 1) await page.keyboard.press('k');
  await page.keyboard.press('Shift+X');
  await expect(page.locator('.selected .count')).toHaveText('5');
  await page.keyboard.press('1');
  await expect(lastAct(page)).toContainText('5 texts: Negative');
  await expect(page.locator('.selected .count')).toHaveText('0');
  const selected = await inForce(page, name);
  expect(Object.values(selected).filter(({ local }) => local === 'negative')).toHaveLength(5);

  // All that is left: a question first, with its number.
  await reach(page, '.whole summary', 'Shift+Tab');
  await page.keyboard.press('Enter');
  await reach(page, '.whole button[value=neutral]');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Label 54 texts as “Neutral”?' })).toBeVisible();
  expect(await inForce(page, name), 'nothing is done before the answer').toEqual(selected);
  await page.locator(':root[data-live]').waitFor();
  await reach(page, '.confirm button');
  await page.keyboard.press('Enter');
  await expect(lastAct(page)).toContainText('54 texts: Neutral');
  await expect(page.locator('.none')).toBeVisible();
  expect(Object.values(await inForce(page, name)).filter(({ local }) => local === 'neutral')).toHaveLength(54);

  await reach(page, '.undo button');
  await page.keyboard.press('Enter');
  await expect(lastAct(page)).toContainText('5 texts: Negative');
  expect(await inForce(page, name)).toEqual(selected);
  await reach(page, '.queue > .item');
  await page.keyboard.press('u');
  await expect(lastAct(page)).toContainText('1 text: Positive');
  expect(await inForce(page, name)).toEqual(before);
});

test('single keys are listed under a key, live in the list alone and can be turned off', async ({ page }) => {
  const name = await analysed(page, 3);
  await openQueue(page, name);
  await page.keyboard.press('?');
  await expect(page.locator('.keys dl')).toBeVisible();
  await page.keyboard.press('1');
  await page.keyboard.press('Escape');
  await expect(page.locator('.item:focus')).toHaveCount(1);
  await page.locator('.filter [name=search]').focus();
  await page.keyboard.press('1');
  await expect(items(page)).toHaveCount(3);
  await page.locator('.keys summary').click();
  await page.getByLabel('Single keys are on').uncheck();
  await open(page, `/review?search=${name}`);
  await reach(page, '.queue > .item');
  await page.keyboard.press('1');
  await page.keyboard.press('j');
  expect(Object.values(await inForce(page, name))).toEqual([{}, {}, {}]);
  await page.locator('.keys summary').click();
  await page.getByLabel('Single keys are on').check();
  await items(page).first().focus();
  await page.keyboard.press('1');
  await expect(items(page)).toHaveCount(2);
});

test('two reviewers disagree, agree on the rest, and their labels are a training set', async ({ page }) => {
  const name = await analysed(page, 31);
  const become = async (reviewer: string) => {
    await page.locator('.who [name=name]').fill(reviewer);
    await page.locator('.who button').click();
    await expect(page.locator('.who [name=name]')).toHaveValue(reviewer);
  };
  await open(page, `/review?search=${name}`);
  await become(`Zoé ${name}`);
  await items(page).first().focus();
  await page.keyboard.press('1');
  await expect(items(page)).toHaveCount(30);
  for (const label of ['positive', 'negative'] as const) {
    await page.locator('.queue .item').first().focus();
    for (let step = 0; step < 15; step += 1) {
      await page.keyboard.press('x');
      await page.keyboard.press('j');
    }
    await page.keyboard.press(KEYS[label]);
    await expect(lastAct(page)).toContainText('15 texts');
    await expect(items(page)).toHaveCount(label === 'positive' ? 15 : 0);
  }
  await become(`Ana ${name}`);
  await expect(items(page)).toHaveCount(31);
  await items(page).first().focus();
  await page.keyboard.press('3');
  await expect(items(page)).toHaveCount(30);
  await page.locator('.filter [name=order]').selectOption('disputed');
  await page.getByLabel('also what I have seen').check();
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(items(page).filter({ hasText: '2 entries' })).toHaveCount(1);
  await page.locator('.log summary', { hasText: '2 entries' }).click();
  await expect(page.locator('.log li').filter({ hasText: `Ana ${name}, Positive` })).toBeVisible();
  await page.getByRole('link', { name: 'Agreement and export' }).click();
  await expect(page.getByRole('row').filter({ hasText: `Ana ${name} · Zoé ${name}` })).toContainText('too few: it takes 30');
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'What nobody disputes' }).click()]);
  const lines = (await readFile((await download.path())!, 'utf8')).split('\n');
  expect(lines[0]).toBe('label\ttext\treviewers\tshare');
  const mine = lines.filter((line) => line.includes(name));
  expect(mine).toHaveLength(30);
  for (const line of mine) expect(line).toMatch(/^(negative|neutral|positive)\t[^\t]+\t1\t1\.000$/);
});

test('tweets of a watch are a queue of their own', async ({ page }) => {
  const name = `Lisbon${Date.now()}`;
  const made = await page.request.post('/api/v1/watches', { data: { name, query: name } });
  const watch = (await made.json()).id;
  const at = new Date().toISOString();
  for (const text of [`${name} lost my bag`, `${name} thanks`]) await page.request.post('/api/v1/tweets', { data: { at, text } });
  await open(page, '/review');
  await page.getByLabel('Texts of').selectOption({ label: name });
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(items(page)).toHaveCount(2);
  await items(page).first().focus();
  await page.keyboard.press('3');
  await expect(items(page)).toHaveCount(1);
  await page.keyboard.press('u');
  await expect(items(page)).toHaveCount(2);
  await page.request.delete(`/api/v1/watches/${watch}`);
});

test.describe('texts of a watch that is not there', () => {
  test.use({ tolerated: /404/ } as never);

  test('are a page that says so', async ({ page }) => {
    const answer = await page.goto('/review?source=0190b3a5-0000-7000-8000-000000000000');
    expect(answer!.status()).toBe(404);
    await expect(page.getByRole('alert')).toContainText('no such watch');
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('forms label one text, those that are ticked and all of a filter, and undo', async ({ page }) => {
    const name = await analysed(page, 4);
    await page.goto(`/review?search=${name}`);
    await items(page).first().locator('[data-say=positive]').click();
    await expect(items(page)).toHaveCount(3);
    await page.locator('.selected button[value=negative]').click();
    await expect(page.getByRole('alert')).toContainText('Nothing is ticked');
    await items(page).nth(0).getByRole('checkbox').check();
    await items(page).nth(1).getByRole('checkbox').check();
    await page.locator('.selected button[value=negative]').click();
    await expect(lastAct(page)).toContainText('2 texts: Negative');
    await page.locator('.undo button').click();
    await expect(items(page)).toHaveCount(3);
    await page.locator('.whole summary').click();
    await page.locator('.whole button[value=skip]').click();
    await page.locator('.confirm button').click();
    await expect(page.locator('.none')).toBeVisible();
    await page.locator('.who [name=name]').fill('  ');
    await page.locator('.who button').click();
    await expect(page.getByRole('alert')).toContainText('A name has 1 to 100 characters');
  });

  test('what was confirmed is done to no other number of texts', async ({ page }) => {
    const name = await analysed(page, 2);
    await page.goto(`/review?search=${name}&apply=neutral`);
    await page.request.post('/api/v1/analyses', { data: { text: `${name} one more` } });
    await page.locator('.confirm button').click();
    await expect(page.getByRole('alert')).toContainText('there are now 3 texts of this filter');
    expect(Object.values(await inForce(page, name))).toEqual([{}, {}, {}]);
  });
});

for (const locale of ['en-GB', 'fr-FR'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`review in ${locale}, ${colorScheme}`, () => {
      // A page that is loaded again takes its font from memory, which Chromium then calls unused.
      test.use({ locale, colorScheme, reducedMotion: 'reduce', tolerated: /preloaded using link preload/ } as never);

      test('axe finds nothing, and a phone cuts nothing', async ({ page }) => {
        const name = await analysed(page, 3);
        const isSound = async () => {
          await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
          expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
          await page.setViewportSize({ width: 360, height: 740 });
          const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
          expect(await page.evaluate(overflow)).toBe(0);
          await page.setViewportSize({ width: 1280, height: 720 });
        };
        await open(page, `/review?search=${name}`);
        await items(page).first().focus();
        await page.keyboard.press('3');
        await expect(items(page)).toHaveCount(2);
        await open(page, `/review?search=${name}&seen=true&apply=positive`);
        await expect(page.locator('.confirm')).toBeVisible();
        await isSound();
        await open(page, '/review?view=agreement');
        await isSound();
        await open(page, `/review?search=nothing${name}`);
        await isSound();
      });
    });
  }
}
