import { expect, test as base, type Locator, type Page, type Request } from '@playwright/test';

export { expect };

/** A tweet that no model of ours calls anything but negative. */
export const COMPLAINT = '@skyhopper worst airline ever. 3 hours late, lost my bag, terrible service';

/** Every test also shows that the page has nothing to complain about. */
export const test = base.extend<{ complaints: string[]; tolerated: RegExp; silent: void }>({
  /** What a test expects in the console. */
  tolerated: [/^$/, { option: true }],
  complaints: async ({}, use) => use([]),
  silent: [
    async ({ page, complaints, tolerated }, use) => {
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await use();
      const unexpected = complaints.filter((line) => !tolerated.test(line));
      expect(unexpected, 'the console is empty').toEqual([]);
    },
    { auto: true },
  ],
});

/** Opens a page and waits until it is taken over. */
export async function open(page: Page, path = '/') {
  await page.goto(path);
  await page.locator(':root[data-live]').waitFor();
}

/** The model that goes to readers' devices, wherever the page asks for its weights. */
export const WEIGHTS = '**/device/model.safetensors*';

export const deviceSwitch = (page: Page) => page.getByRole('switch');

/** Lets tweets be read on this device, and waits until its model is there. */
export async function readOnDevice(page: Page) {
  await deviceSwitch(page).check();
  await expect(page.locator('.device')).toHaveAttribute('data-state', 'ready');
}

export const textBox = (page: Page) => page.locator('#text');
export const submit = (page: Page) => page.locator('.tweet-form button');
export const verdict = (page: Page) => page.locator('.verdict-card');
export const history = (page: Page) => page.locator('.history li');

/** Reads a tweet through the page and answers its verdict. */
export async function read(page: Page, text: string): Promise<Locator> {
  await textBox(page).fill(text);
  await submit(page).click();
  await expect(verdict(page).locator('blockquote')).toHaveText(text);
  return verdict(page);
}

/** The requests that a page sends while something is done with it. */
export async function requests(page: Page, action: () => Promise<unknown>): Promise<Request[]> {
  const sent: Request[] = [];
  const note = (request: Request) => sent.push(request);
  page.on('request', note);
  await action();
  await page.waitForLoadState('networkidle');
  page.off('request', note);
  return sent;
}

/** An analysis as the REST interface gives it. */
export async function stored(page: Page) {
  const id = await verdict(page).getAttribute('data-analysis');
  const answer = await page.request.get(`/api/v1/analyses/${id}`);
  expect(answer.status()).toBe(200);
  return answer.json();
}

/** The two labels that the verdict is not. */
export async function otherLabels(page: Page): Promise<string[]> {
  const label = await verdict(page).getAttribute('data-label');
  return ['negative', 'neutral', 'positive'].filter((other) => other !== label);
}

export const incidents = (page: Page) => page.locator('.incident');

/** Opens the simulated watch, whether another test has made it or not, and waits for what it has to show. */
export async function openDemo(page: Page, range = 'day') {
  await page.goto('/watch');
  const button = page.locator('[data-do=demo]');
  if (await button.count()) {
    if (!(await button.isVisible())) await page.locator('.new-watch summary').click();
    await button.click();
  }
  await page.getByRole('link', { name: /Vigie Air/ }).click();
  const address = new URL(page.url());
  address.searchParams.set('range', range);
  await expect(async () => {
    await page.goto(address.href);
    await expect(incidents(page).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 25_000 });
}
