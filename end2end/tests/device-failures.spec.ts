import { COMPLAINT, deviceSwitch, expect, open, read, readOnDevice, requests, submit, test, textBox, verdict, WEIGHTS } from './support';

// The browser itself reports a request that failed.
test.use({ tolerated: /Failed to load resource/ });

const state = (page: Parameters<typeof open>[0]) => page.locator('.device');

test('a model that does not come is said, and no text goes elsewhere', async ({ page }) => {
  await page.route(WEIGHTS, (route) => route.abort());
  await open(page);
  await deviceSwitch(page).check();
  await expect(page.getByRole('alert')).toContainText('The model could not be fetched.');
  await textBox(page).fill(COMPLAINT);
  const sent = await requests(page, async () => {
    await submit(page).click();
    await expect(page.getByRole('alert')).toContainText('The model could not be fetched.');
  });
  expect(sent.filter((request) => request.method() === 'POST')).toEqual([]);
  await expect(verdict(page)).toHaveCount(0);

  await page.unroute(WEIGHTS);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(state(page)).toHaveAttribute('data-state', 'ready');
  await submit(page).click();
  await expect(verdict(page)).toHaveAttribute('data-place', 'device');
});

test('without a connection before the first visit the switch says so', async ({ page, context }) => {
  await open(page);
  await context.setOffline(true);
  await deviceSwitch(page).check();
  await expect(page.getByRole('alert')).toContainText('The model could not be fetched.');
});

test('one changed byte is noticed, and nothing of it is used or kept', async ({ page }) => {
  await page.route(WEIGHTS, async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    body[body.length - 1] ^= 1;
    await route.fulfill({ response, body });
  });
  await open(page);
  await deviceSwitch(page).check();
  await expect(page.getByRole('alert')).toContainText('is not the released model');

  await page.unroute(WEIGHTS);
  await open(page);
  await expect(state(page)).toHaveAttribute('data-state', 'ready');
  await read(page, COMPLAINT);
  await expect(verdict(page)).toHaveAttribute('data-label', 'negative');
});

test('a kept model that was damaged is fetched again', async ({ page }) => {
  await open(page);
  await readOnDevice(page);
  await page.evaluate(async () => {
    const cache = await caches.open('vigie-device');
    for (const request of await cache.keys()) {
      if (request.url.includes('model.safetensors')) await cache.put(request, new Response('damaged'));
    }
  });
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await open(page);
  await expect(state(page)).toHaveAttribute('data-state', 'ready');
  expect(fetched).toContain('/device/model.safetensors');
});

test('a browser without SIMD is told that it cannot run the model', async ({ page }) => {
  // A module that no browser compiles stands for one that this browser would not.
  const body = Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0xff]);
  await page.route('**/pkg/browser.wasm', (route) => route.fulfill({ contentType: 'application/wasm', body }));
  await open(page);
  await deviceSwitch(page).check();
  await expect(page.getByRole('alert')).toContainText('This browser cannot run the model.');
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('whoever chose the device sends no text before they choose the service again', async ({ page }) => {
    await page.goto('/?place=device');
    await textBox(page).fill(COMPLAINT);
    await submit(page).click();
    await expect(verdict(page)).toHaveCount(0);
    await page.getByRole('link', { name: 'Let the service read tweets' }).click();
    await textBox(page).fill(COMPLAINT);
    await submit(page).click();
    await expect(verdict(page)).toHaveAttribute('data-label', 'negative');
  });
});
