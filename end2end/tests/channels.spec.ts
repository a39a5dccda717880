import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';

import { expect, openDemo, test } from './support';

/** A receiver on this machine, and what it has heard. */
async function receive(status: number, use: (address: string, heard: string[]) => Promise<void>) {
  const heard: string[] = [];
  const take = async (request: IncomingMessage) => {
    let body = '';
    for await (const part of request) body += part;
    heard.push(body);
  };
  const server: Server = createServer(async (request, answer) => {
    await take(request);
    answer.writeHead(status).end('no_service');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, heard);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Makes a channel through the page, and answers its card. */
async function make(page: Page, name: string, kind: string, address: string): Promise<Locator> {
  await page.goto('/watch/channels');
  const form = page.locator('.make-channel');
  await form.locator('[name=name]').fill(name);
  await form.locator('[name=kind]').selectOption(kind);
  await form.locator('[name=address]').fill(address);
  if (kind === 'webhook') await form.locator('[name=secret]').fill('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
  await form.locator('[data-do=make]').click();
  const card = page.locator('.channel', { hasText: name });
  await expect(card).toBeVisible();
  return card;
}

async function remove(card: Locator) {
  await card.locator('.remove-channel summary').click();
  await card.locator('[data-do=remove]').click();
  await expect(card).toHaveCount(0);
}

test('a channel is made, tested and removed, and its secrets are not seen', async ({ page }) => {
  await receive(200, async (address, heard) => {
    const card = await make(page, `Desk ${Date.now()}`, 'webhook', `${address}?token=hidden`);
    expect(await page.content()).not.toContain('token=hidden');
    expect(await card.innerText()).not.toContain('token');
    await card.locator('[data-do=test]').click();
    await expect(card.locator('.tested')).toHaveAttribute('data-taken', 'true');
    expect(JSON.parse(heard[0]).commonLabels.alertname).toBe('test');
    await remove(card);
  });
});

test('a receiver that refuses is quoted, and a form that is wrong says what is', async ({ page }) => {
  await receive(404, async (address) => {
    const card = await make(page, `Slack ${Date.now()}`, 'slack', address);
    await card.locator('[data-do=test]').click();
    await expect(card.locator('.tested')).toContainText('The receiver answered 404 (no_service).');
    await remove(card);
  });
  const form = page.locator('.make-channel');
  await form.locator('[name=name]').fill('nowhere');
  await form.locator('[name=kind]').selectOption('email');
  await form.locator('[name=address]').fill('nobody');
  await form.locator('[data-do=make]').click();
  await expect(page.getByRole('alert')).toContainText('one mail address');
});

test('the rules of a watch are kept, and a campaign is planned and removed', async ({ page }) => {
  await openDemo(page);
  const rules = page.locator('.rules');
  await rules.locator('summary').click();
  await rules.locator('[name=cooldown]').fill('30');
  await rules.locator('[name=quiet_from]').fill('22:00');
  await rules.locator('[name=quiet_until]').fill('07:00');
  await rules.locator('[name=zone]').first().fill('Mars/Olympus');
  await rules.locator('[data-do=keep-rules]').click();
  await expect(page.getByRole('alert')).toContainText('no such time zone');
  await rules.locator('[name=cooldown]').fill('30');
  await rules.locator('[name=quiet_from]').fill('22:00');
  await rules.locator('[name=quiet_until]').fill('07:00');
  await rules.locator('[name=zone]').first().fill('Europe/Paris');
  await rules.locator('[data-do=keep-rules]').click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(rules.locator('[name=quiet_from]')).toHaveValue('22:00');
  await rules.locator('[name=name]').fill('Sale');
  await rules.locator('[name=from]').fill('2030-07-01T00:00');
  await rules.locator('[name=until]').fill('2030-07-02T00:00');
  await rules.locator('[data-do=add-campaign]').click();
  await expect(rules.locator('.campaign-list li')).toContainText('Sale');
  await rules.locator('[data-do=remove-campaign]').click();
  await expect(rules.locator('.campaign-list')).toHaveCount(0);
});

test('what people say of incidents becomes the precision of the watch', async ({ page }) => {
  await openDemo(page);
  const last = page.locator('.incident').last();
  const state = await last.getAttribute('data-state');
  if (['resolved', 'dismissed', 'snoozed'].includes(state!)) await last.locator('[data-do=reopen]').click();
  await last.locator('[data-do=dismiss]').click();
  await expect(last).toHaveAttribute('data-state', 'dismissed');
  await expect(page.locator('.precision')).not.toHaveAttribute('data-closed', '0');
  await expect(page.locator('.precision')).toContainText('95% interval');
});

test('what another threshold would have done is answered', async ({ page }) => {
  await openDemo(page);
  await page.locator('.what-if summary').click();
  await page.locator('.what-if select').selectOption('30');
  await page.locator('[data-do=what-if]').click();
  await expect(page.locator('.what-if-answer')).toContainText('With a threshold of 30', { timeout: 20_000 });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('a channel is made, tested and removed all the same', async ({ page }) => {
    await receive(200, async (address, heard) => {
      const card = await make(page, `Plain ${Date.now()}`, 'slack', address);
      await card.locator('[data-do=test]').click();
      await expect(card.locator('.tested')).toHaveAttribute('data-taken', 'true');
      expect(JSON.parse(heard[0]).text).toContain('Test message');
      await remove(card);
    });
  });
});

for (const locale of ['en-GB', 'fr-FR'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${locale}, ${colorScheme}`, () => {
      test.use({ locale, colorScheme, reducedMotion: 'reduce', tolerated: /preloaded using link preload/ } as never);

      test('axe finds nothing, and a phone cuts nothing', async ({ page }) => {
        await receive(500, async (address) => {
          const card = await make(page, `Axe ${Date.now()}`, 'webhook', address);
          await card.locator('[data-do=test]').click();
          await expect(card.locator('.tested')).toBeVisible();
          await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
          expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
          await page.setViewportSize({ width: 360, height: 740 });
          const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
          expect(await page.evaluate(overflow)).toBe(0);
          await page.goto('/watch/channels');
          await remove(card);
        });
      });
    });
  }
}
