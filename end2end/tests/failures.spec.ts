import { COMPLAINT, expect, open, read, stored, submit, test, textBox, verdict } from './support';

// The browser itself reports a request that failed.
test.use({ tolerated: /Failed to load resource/ });

const WITHOUT_STORE = { status: 503, contentType: 'application/json', body: '"store_unavailable"' };

test('a service that does not answer is said, and the text stays', async ({ page }) => {
  await open(page);
  await page.route('**/api/fn/analyse', (route) => route.abort());
  await textBox(page).fill(COMPLAINT);
  await submit(page).click();
  await expect(page.getByRole('alert')).toContainText('The service does not answer');
  await expect(page.locator('.status')).toHaveText('Service out of reach');
  await expect(textBox(page)).toHaveValue(COMPLAINT);
  await expect(verdict(page)).toHaveCount(0);

  await page.unroute('**/api/fn/analyse');
  await submit(page).click();
  await expect(verdict(page)).toBeVisible();
  await expect(page.locator('.status')).toHaveText('Ready');
});

test('a database that is down is said with what to do', async ({ page }) => {
  await open(page);
  await page.route('**/api/fn/analyse', (route) => route.fulfill(WITHOUT_STORE));
  await textBox(page).fill(COMPLAINT);
  await submit(page).click();
  await expect(page.getByRole('alert')).toContainText('The database cannot be reached');
  await expect(page.locator('.status')).toHaveText('Database out of reach');
});

test('an answer that comes from something else does not break the page', async ({ page }) => {
  await open(page);
  await page.route('**/api/fn/analyse', (route) => route.fulfill({ status: 502, body: '<h1>Bad gateway</h1>' }));
  await textBox(page).fill(COMPLAINT);
  await submit(page).click();
  await expect(page.getByRole('alert')).toContainText('The service does not answer');
});

test('feedback that was not stored says so and can be sent again', async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
  await page.route('**/api/fn/give_feedback', (route) => route.fulfill(WITHOUT_STORE));
  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(page.locator('.not-stored')).toContainText('Your answer was not stored.');
  expect((await stored(page)).feedback).toBeNull();

  await page.unroute('**/api/fn/give_feedback');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.locator('.stored')).toContainText('you said negative');
  await expect(page.locator('.not-stored')).toHaveCount(0);
  expect((await stored(page)).feedback.label).toBe('negative');
});
