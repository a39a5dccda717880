import AxeBuilder from '@axe-core/playwright';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Page } from '@playwright/test';

import { expect, open, read, test } from './support';

const PASSWORD = 'the gate opens at nine';

/** A service of its own: accounts would shut the others out. */
class Service {
  private constructor(
    private readonly child: ChildProcess,
    private readonly folder: string,
    readonly url: string,
  ) {}

  static async start(): Promise<Service> {
    const folder = mkdtempSync(join(tmpdir(), 'vigie-access-'));
    const args = ['serve', '--listen', '127.0.0.1:0', '--database-url', `sqlite://${join(folder, 'vigie.db')}`];
    const child = spawn(process.env.VIGIE!, args, { cwd: '..', stdio: ['ignore', 'ignore', 'pipe'] });
    for await (const line of createInterface({ input: child.stderr! })) {
      const url = /ready on (http:\S+)/.exec(line)?.[1];
      if (url) {
        child.stderr!.resume();
        return new Service(child, folder, url);
      }
    }
    throw new Error('it did not start');
  }

  stop() {
    this.child.kill();
    rmSync(this.folder, { recursive: true });
  }
}

test.skip(!process.env.VIGIE, 'VIGIE names no program');
// The browser itself reports an answer of 403.
test.use({ tolerated: /Failed to load resource|preloaded using link preload/ });

let service: Service;
test.beforeEach(async () => void (service = await Service.start()));
test.afterEach(() => service.stop());

/** Makes the first account and chooses its password. */
async function firstAdmin(page: Page) {
  await page.goto(`${service.url}/accounts`);
  await page.getByLabel('Name', { exact: true }).fill('ann');
  await page.getByRole('button', { name: 'Make the account' }).click();
  await choosePassword(page);
}

async function choosePassword(page: Page) {
  await page.getByLabel('New password').fill(PASSWORD);
  await page.getByLabel('The same again').fill(PASSWORD);
  await page.getByRole('button', { name: 'Choose and log in' }).click();
}

async function logIn(page: Page, name: string) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Log in' }).click();
}

test('from nobody’s service to one with accounts, roles and keys, in a browser alone', async ({ page, browser }) => {
  await open(page, service.url);
  await expect(page.locator('.session-bar')).toContainText('Local mode');
  await firstAdmin(page);
  await expect(page.locator('.session-bar')).toContainText('ann');

  await page.getByRole('link', { name: 'Accounts' }).click();
  await page.getByLabel('Name', { exact: true }).fill('bob');
  await page.locator('.in-a-row [name=role]').selectOption('viewer');
  await page.getByRole('button', { name: 'Make the account' }).click();
  const link = await page.locator('.told-once code').innerText();
  await page.reload();
  await expect(page.locator('.told-once')).toHaveCount(0);

  // Somebody else, with the link.
  const other = await browser.newPage();
  await other.goto(link);
  await choosePassword(other);
  await expect(other.locator('.session-bar')).toContainText('bob');
  const refused = await other.goto(`${service.url}/accounts`);
  expect(refused!.status()).toBe(403);
  await other.goto(service.url);
  await other.locator('.session-bar button').click();
  await other.goto(`${service.url}/watch`);
  await logIn(other, 'bob');
  await expect(other).toHaveURL(`${service.url}/watch`);
  await other.close();

  await page.goto(`${service.url}/account`);
  await page.getByLabel('What is it for?').fill('nightly export');
  await page.getByRole('button', { name: 'Make a key' }).click();
  const key = await page.locator('.told-once code').innerText();
  const asked = (key: string) => fetch(`${service.url}/api/v1/analyses`, { headers: { authorization: `Bearer ${key}` } });
  expect((await asked(key)).status).toBe(200);
  await page.getByRole('button', { name: 'Revoke the key nightly export' }).click();
  expect((await asked(key)).status).toBe(401);

  await page.goto(`${service.url}/accounts`);
  await expect(page.locator('#changes tbody tr').first()).toContainText('/api/fn/revoke_key');
});

test('what somebody said is theirs, and they can take it back', async ({ page }) => {
  await firstAdmin(page);
  await open(page, service.url);
  await read(page, 'thanks for the great flight');
  await page.getByRole('button', { name: 'Yes' }).click();
  await expect(page.locator('.stored')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: /undo/i }).click();
  await expect(page.locator('.stored')).toHaveCount(0);
});

for (const locale of ['en-GB', 'fr-FR'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ colorScheme, reducedMotion: 'reduce' } as never);

      test('axe finds nothing on the pages of access, and a phone cuts nothing', async ({ page }) => {
        await firstAdmin(page);
        await page.goto(`${service.url}/?lang=${locale.slice(0, 2)}`);
        for (const path of ['/', '/accounts', '/account', '/login', '/invitation?token=none']) {
          await page.setViewportSize({ width: 1280, height: 720 });
          await page.goto(`${service.url}${path}`);
          expect((await new AxeBuilder({ page }).analyze()).violations, path).toEqual([]);
          await page.setViewportSize({ width: 360, height: 740 });
          const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
          expect(await page.evaluate(overflow), path).toBe(0);
        }
      });
    });
  }
}
