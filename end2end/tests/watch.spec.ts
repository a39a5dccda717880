import AxeBuilder from '@axe-core/playwright';

import { expect, incidents, openDemo, test } from './support';

test('a first visit shows a past, what is usual, and an incident with its cause', async ({ page }) => {
  await openDemo(page, 'week');
  await expect(page.locator('main')).toHaveAttribute('data-page', 'watch');
  await expect(page.locator('.simulated')).toBeVisible();
  await expect(page.locator('.course-chart .usual').first()).toHaveAttribute('d', /L/);
  await expect(page.locator('.course-chart .mark').first()).toBeVisible();
  await page.locator('.evidence summary').first().click();
  await expect(page.locator('.driving li').first()).toContainText('@vigieair');
  await page.locator('.course-table summary').click();
  expect(await page.locator('.course-table tbody tr').count()).toBeGreaterThan(80);
});

test('what one does about an incident the other sees within a second', async ({ page, context }) => {
  await openDemo(page);
  const other = await context.newPage();
  await other.goto(page.url());
  const [mine, theirs] = [incidents(page).last(), incidents(other).last()];
  if ((await mine.getAttribute('data-state')) !== 'new') {
    await mine.locator('[data-do=reopen]').click();
  } else {
    await mine.locator('[data-do=acknowledge]').click();
  }
  await expect(theirs).toHaveAttribute('data-state', 'acknowledged', { timeout: 1_000 });
  await theirs.locator('.evidence summary').click();
  await mine.locator('.more-steps summary').click();
  await mine.locator('.step-field input[name=words]').first().fill('on it');
  await mine.locator('.step-field [data-do=note]').click();
  await expect(theirs.locator('.entries')).toContainText('on it');
  await expect(theirs.locator('.evidence')).toHaveAttribute('open', '', { timeout: 1_000 });
  await mine.locator('[data-do=dismiss]').click();
  await expect(theirs).toHaveAttribute('data-state', 'dismissed', { timeout: 1_000 });
});

test('a watch is made, gets its tweets while it is looked at, and is removed', async ({ page }) => {
  const name = `Lisbon ${Date.now()}`;
  await openDemo(page);
  await page.locator('.new-watch summary').click();
  await page.locator('.make-watch input[name=name]').fill(name);
  await page.locator('.make-watch input[name=query]').fill('"open');
  await page.locator('.make-watch button').click();
  await expect(page.getByRole('alert')).toContainText('quote');
  await page.locator('.make-watch input[name=name]').fill(name);
  await page.locator('.make-watch input[name=query]').fill(name.replace(' ', ''));
  await page.locator('.make-watch button').click();
  await expect(page.locator('.watch-head h2')).toHaveText(name);
  await expect(page.getByText('No tweet has come yet')).toBeVisible();
  const tweet = { at: new Date().toISOString(), text: `${name.replace(' ', '')} lost my bag`, label: 'negative' };
  await page.request.post('/api/v1/tweets', { data: tweet });
  await expect(page.locator('.negatives li')).toContainText('lost my bag');
  await page.locator('.remove-watch summary').click();
  await page.locator('.remove-watch button').click();
  await expect(page.getByRole('link', { name })).toHaveCount(0);
});

test('a stretch that is drawn on the chart is looked at alone, and one that is written too', async ({ page }) => {
  await openDemo(page, 'week');
  const all = await incidents(page).count();
  const box = (await page.locator('.course-chart svg').boundingBox())!;
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.3, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.35, y);
  await page.mouse.move(box.x + box.width * 0.4, y);
  await page.mouse.up();
  await expect(page).toHaveURL(/from=\d{4}-.*&to=\d{4}-/);
  await expect(page.locator('.course-chart .stretch')).toBeVisible();
  const { from, to } = Object.fromEntries(new URL(page.url()).searchParams);
  const times = await page.locator('.negatives time').evaluateAll((all) => all.map((time) => (time as HTMLTimeElement).dateTime));
  expect(times.every((time) => time >= from && time < `${to}:59`)).toBe(true);
  await page.locator('.stretch-form').getByRole('link', { name: 'All of the time' }).click();
  await expect(page.locator('.course-chart .stretch')).toHaveCount(0);
  expect(await incidents(page).count()).toBe(all);

  // An hour in which nothing was yet.
  await page.locator('.stretch-form [name=from]').fill('2001-01-01T00:00');
  await page.locator('.stretch-form [name=to]').fill('2001-01-01T01:00');
  await page.locator('[data-do=stretch]').click();
  await expect(page.locator('.negatives li')).toHaveCount(0);
  await expect(incidents(page)).toHaveCount(0);
});

test.describe('a watch that is not there', () => {
  test.use({ tolerated: /404/ } as never);

  test('is a page that says so', async ({ page }) => {
    const answer = await page.goto('/watch?watch=0190b3a5-0000-7000-8000-000000000000');
    expect(answer!.status()).toBe(404);
    await expect(page.getByRole('alert')).toContainText('no such watch');
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('links and forms do the same', async ({ page }) => {
    await openDemo(page);
    const first = incidents(page).first();
    const isNew = (await first.getAttribute('data-state')) === 'new';
    await first.locator(isNew ? '[data-do=acknowledge]' : '.steps button').first().click();
    await expect(first).not.toHaveAttribute('data-state', 'new');
    await page.getByRole('link', { name: '7 days' }).click();
    await expect(page.getByRole('link', { name: '7 days' })).toHaveAttribute('aria-current', 'true');
  });
});

for (const locale of ['en-GB', 'fr-FR'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      // A page that is loaded again takes its font from memory, which Chromium then calls unused.
      test.use({ locale, colorScheme, reducedMotion: 'reduce', tolerated: /preloaded using link preload/ } as never);

      test('axe finds nothing, and a phone cuts nothing', async ({ page }) => {
        await openDemo(page);
        await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
        expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
        await page.setViewportSize({ width: 360, height: 740 });
        const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
        expect(await page.evaluate(overflow)).toBe(0);
      });
    });
  }
}
