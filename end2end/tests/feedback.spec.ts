import { COMPLAINT, expect, history, open, otherLabels, read, requests, stored, test } from './support';

test.beforeEach(async ({ page }) => {
  await open(page);
  await read(page, COMPLAINT);
});

test('a thumb up stores the label of the verdict, with one request', async ({ page }) => {
  const sent = await requests(page, async () => {
    await page.getByRole('button', { name: 'Yes' }).click();
    await expect(page.locator('.stored')).toContainText('Stored: you said negative');
  });
  expect(sent).toHaveLength(1);
  expect((await stored(page)).feedback.label).toBe('negative');
  await expect(history(page).first()).toContainText('Confirmed');
});

test('a thumb down asks for the right class and stores it', async ({ page }) => {
  const [other] = await otherLabels(page);
  await page.locator('.feedback summary').click();
  await expect(page.locator('.choices button')).toHaveCount(2);
  await page.locator(`.choices button[value=${other}]`).click();
  await expect(page.locator('.stored')).toContainText(`you said ${other}`);
  expect((await stored(page)).feedback.label).toBe(other);
  await expect(history(page).first()).toContainText(`Corrected: ${other}`);
});

test('undo takes it back', async ({ page }) => {
  await page.getByRole('button', { name: 'Yes' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Yes' })).toBeVisible();
  expect((await stored(page)).feedback).toBeNull();
  await expect(history(page).first()).toContainText('Not checked');
});

test('what was said is still there after a reload', async ({ page }) => {
  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(page.locator('.stored')).toBeVisible();
  await page.reload();
  await expect(page.locator('.stored')).toContainText('you said negative');
});

test('what another reviewer said is shown with their name and cannot be undone here', async ({ page, request }) => {
  const { id } = await stored(page);
  await request.put(`/api/v1/analyses/${id}/feedback`, { data: { label: 'neutral', reviewer: 'alice' } });
  await page.reload();
  await expect(page.locator('.feedback')).toContainText('alice said neutral');
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(page.locator('.stored')).toContainText('you said negative');
});
