import { COMPLAINT, deviceSwitch, expect, history, open, read, readOnDevice, requests, submit, test, textBox, verdict, WEIGHTS } from './support';

test('a tweet is read on the device, and that is said', async ({ page }) => {
  await open(page);
  await readOnDevice(page);
  await expect(page.locator('.device')).toContainText('Its model knows English. Your browser keeps it');
  await read(page, COMPLAINT);
  await expect(verdict(page)).toHaveAttribute('data-place', 'device');
  await expect(verdict(page)).toHaveAttribute('data-label', 'negative');
  await expect(verdict(page)).toContainText('The text was not sent and is not stored');
  await expect(verdict(page)).toContainText('bilstm-device');
  await expect(verdict(page).locator('.feedback')).toHaveCount(0);
  await expect(page.locator('[data-announcer]')).toContainText('Verdict: Negative');
  await expect(page.locator('[data-count=all]')).toHaveText('1');
});

test('once the model is there, nothing is sent and no connection is needed', async ({ page, context }) => {
  const text = 'The crew of my secret flight was wonderful, thank you!';
  await open(page);
  await readOnDevice(page);
  const sent = await requests(page, () => read(page, text));
  expect(sent.map((request) => request.url())).toEqual([]);
  await context.setOffline(true);
  await read(page, COMPLAINT);
  await context.setOffline(false);
  const { items } = await (await page.request.get('/api/v1/analyses?limit=20')).json();
  expect(JSON.stringify(items)).not.toContain('secret flight');
  await expect(history(page).filter({ hasText: 'secret flight' })).toHaveCount(0);
});

test('a later visit reads on the device again, without fetching the model', async ({ page }) => {
  await open(page);
  await readOnDevice(page);
  const fetched: string[] = [];
  page.on('request', (request) => fetched.push(new URL(request.url()).pathname));
  await open(page);
  await expect(deviceSwitch(page)).toBeChecked();
  await expect(page.locator('.device')).toHaveAttribute('data-state', 'ready');
  expect(fetched).not.toContain('/device/model.safetensors');
  await read(page, COMPLAINT);
  await expect(verdict(page)).toHaveAttribute('data-place', 'device');

  await deviceSwitch(page).uncheck();
  await read(page, COMPLAINT);
  await expect(verdict(page)).not.toHaveAttribute('data-place');
  await open(page);
  await expect(deviceSwitch(page)).not.toBeChecked();
});

test('a tweet that is sent off before the model is there waits for it', async ({ page }) => {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await page.route(WEIGHTS, (route) => released.then(() => route.continue()));
  await open(page);
  await deviceSwitch(page).check();
  await expect(page.getByRole('progressbar', { name: 'Fetching the model' })).toBeVisible();
  await textBox(page).fill(COMPLAINT);
  await submit(page).click();
  await expect(submit(page)).toHaveText('Reading…');
  release();
  await expect(verdict(page)).toHaveAttribute('data-place', 'device');
});

test('a model on its way can be given up', async ({ page }) => {
  await page.route(WEIGHTS, () => {});
  await open(page);
  await deviceSwitch(page).check();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(deviceSwitch(page)).not.toBeChecked();
  await expect(deviceSwitch(page)).toBeFocused();
  await expect(page.locator('.device')).toHaveAttribute('data-state', 'absent');
  await read(page, COMPLAINT);
  await expect(verdict(page)).not.toHaveAttribute('data-place');
});

test('an analysis of the history takes the place of a verdict given on the device, and the other way', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  await readOnDevice(page);
  await read(page, 'thanks, lovely crew');
  expect(new URL(page.url()).search).toBe('');
  await history(page).first().getByRole('link').click();
  await expect(verdict(page).locator('blockquote')).toHaveText(COMPLAINT);
  await expect(verdict(page)).not.toHaveAttribute('data-place');
});

test('a text in a language that the model does not know is said', async ({ page }) => {
  await open(page);
  await readOnDevice(page);
  await read(page, 'Mon vol est encore en retard, c’est la honte');
  await expect(verdict(page).locator('[data-notice]').first()).toContainText(/French|words/);
});

test('the switch is reached and pressed by keyboard', async ({ page }) => {
  await open(page);
  await textBox(page).focus();
  for (let step = 0; step < 5; step += 1) {
    await page.keyboard.press('Tab');
    if (await deviceSwitch(page).evaluate((element) => element === document.activeElement)) break;
  }
  await expect(deviceSwitch(page)).toBeFocused();
  await page.keyboard.press('Space');
  await expect(page.locator('.device')).toHaveAttribute('data-state', 'ready');
  await textBox(page).fill(COMPLAINT);
  await textBox(page).press('Control+Enter');
  await expect(verdict(page)).toHaveAttribute('data-place', 'device');
});
